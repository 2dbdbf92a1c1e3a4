#!/usr/bin/env python3
"""Judges targets by VADER: `stance_peers.py TEXTS.jsonl --peer NAME --out OUT.jsonl`.

VADER (Hutto and Gilbert, 2014) scores a text, not what it says of someone: the sentence's score is each target's, or
that of the words around the mention. Its authors' thresholds part the three classes.
"""

from peer_runner import main

WINDOW = 10  # words to either side of the mention
THRESHOLD = 0.05


def vader(window):
    def make():
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        analyzer = SentimentIntensityAnalyzer()

        def part(text, start, end):
            before, behind = text[:start].split(), text[end:].split()
            return " ".join(before[-window:] + [text[start:end]] + behind[:window])

        def judge(text, spans):
            start, end = spans[0][0], spans[-1][1]
            return analyzer.polarity_scores(part(text, start, end) if window else text)["compound"]

        return judge

    return make


PEERS = {"neutral": lambda: lambda text, spans: 0.0, "vader-sentence": vader(None), "vader-window": vader(WINDOW)}


def stances(judge):
    def run(document):
        found = []
        for target in document["targets"]:
            score = judge(document["text"], target["spans"])
            label = "favor" if score >= THRESHOLD else "against" if score <= -THRESHOLD else "neutral"
            found.append({"spans": target["spans"], "label": label, "score": score})
        return {"stances": found}

    return run


if __name__ == "__main__":
    main({name: lambda make=make: stances(make()) for name, make in PEERS.items()})
