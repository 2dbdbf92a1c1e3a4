"""Sentences: boundary F1, or texts right where a set is of rules; the speed is that over the first set's texts. Peers get one
paragraph at a time."""
import glob
import json
import os
import re
import subprocess

from common import data, decimals, hearsay, left_out, out, peers, python, scorer, speed, table


def sentences():
    runner = os.path.join(peers, "run_sentence_peers.py")
    names = ["blingfire", "sentencex", "syntok", "pysbd", "spacy", "segtok", "punkt", "icu"]
    sets = sorted(
        glob.glob(os.path.join(data, "sentences", "*.jsonl")), key=lambda path: ("golden" in path, "gum" not in path, path)
    )
    scores = scorer("score_sentences")
    if not (sets and scores and os.path.exists(runner)):
        print("compare: sentences skipped, no development data, scorer or peers at hand")
        return

    def figure(gold, predicted):
        """The score of one file: F1, or how many texts are right."""
        row = scores.score(scores.read(gold), scores.read(predicted))["groups"]["all"]
        return f"{row['whole']}/{row['texts']}" if "golden" in gold else decimals(row["boundary"]["f1"])

    def ours():
        cells = []
        for gold in sets:
            predicted = f"{out}/hearsay-{os.path.basename(gold)}"
            with open(predicted, "w") as file:
                subprocess.run([hearsay, "stage", "split-sentences", gold, "--quiet"], stdout=file, check=True)
            cells.append(figure(gold, predicted))
        with open(sets[0]) as file:
            texts = [{"text": json.loads(line)["text"]} for line in file]
        return cells + [speed("split-sentences", texts, 200)]

    def peer(name):
        cells, rate = [], "?"
        for gold in sets:
            predicted = f"{out}/{name}-{os.path.basename(gold)}"
            command = [python, runner, gold, "--peer", name, "--out", predicted, "--paragraphs"]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode != 0:
                left_out(name, result)
                return None
            if gold == sets[0]:
                rate = re.search(r"([\d.]+) MB/s", result.stdout).group(1)
            cells.append(figure(gold, predicted))
        return cells + [rate]

    def rows():
        yield ["**Hearsay**", *ours()]
        for name in names:
            row = peer(name)
            if row:
                yield [name, *row]

    table(["splitter", *(os.path.basename(path)[:-6] for path in sets), "MB/s"], rows())
