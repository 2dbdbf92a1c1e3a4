#!/usr/bin/env python3
"""Finds quotes by regular expressions, and by textacy: `quote_peers.py TEXTS.jsonl --peer NAME --out OUT.jsonl`."""
import re

from peer_runner import main

VERBS = (
    "said|says|told|tells|asked|asks|added|adds|wrote|writes|argued|argues|claimed|claims|noted|notes|warned|warns|"
    "explained|explains|insisted|insists|continued|declared|stated|states|replied|announced|tweeted"
)
NAME = r"(?:[A-Z][\w.'’-]*(?:\s+(?:of|de|van|von|the))?\s+){0,3}[A-Z][\w'’-]+|[Hh]e|[Ss]he|[Tt]hey"
MARKED = re.compile(r'["“]([^"“”]{2,2000})["”]')
BEHIND = re.compile(rf"\s*,?\s*(?:(?P<name>{NAME})\s+(?P<cue>{VERBS})\b|(?P<inverted>{VERBS})\s+(?P<namelast>{NAME}))")
BEFORE = re.compile(rf"(?P<name>{NAME})\s+(?P<cue>{VERBS})\b[^.\"“”]{{0,40}}$")


def regular_expressions():
    """The obvious baseline: what stands in marks, a said-verb with a name beside it on the same line."""

    def span(match, *groups):
        return next(([list(match.span(group))] for group in groups if match.group(group)), None)

    def run(document):
        text, found = document["text"], []
        for marked in MARKED.finditer(text):
            behind = BEHIND.match(text, marked.end())
            line = max(text.rfind("\n", 0, marked.start()) + 1, marked.start() - 200)
            cue = behind or BEFORE.search(text[line : marked.start()])
            quote = {"spans": [list(marked.span(1))], "kind": "direct"}
            if behind:
                quote["cue"] = {"spans": span(behind, "cue", "inverted")}
                quote["speaker"] = {"spans": span(behind, "name", "namelast")}
            elif cue:
                for key, group in (("cue", "cue"), ("speaker", "name")):
                    quote[key] = {"spans": [[line + offset for offset in cue.span(group)]]}
            if cue or len(marked.group(1).split()) > 3:  # fewer words that nobody says are a title, or irony
                found.append(quote)
        return {"quotes": found}

    return run


def textacy():
    """`direct_quotations` over spaCy's small English pipeline, under whichever of its names that is installed."""
    import spacy
    from textacy.extract import direct_quotations

    names = [name for name in spacy.util.get_installed_models() if name.startswith("en_core_web_sm")]
    if not names:
        raise SystemExit("spaCy's small English pipeline, en_core_web_sm, is not installed")
    pipeline = spacy.load(names[0], exclude=["ner"])

    def mention(tokens):
        return {"spans": [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]]}

    def run(document):
        found = []
        for quote in direct_quotations(pipeline(document["text"])):
            content = quote.content
            found.append(
                {
                    "spans": [[content.start_char, content.end_char]],
                    "kind": "direct",
                    "cue": mention(quote.cue),
                    "speaker": mention(quote.speaker),
                }
            )
        return {"quotes": found}

    return run


if __name__ == "__main__":
    main({"regular-expressions": regular_expressions, "textacy": textacy})
