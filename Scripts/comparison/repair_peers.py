#!/usr/bin/env python3
"""Repairs texts by ftfy: `repair_peers.py TEXTS.jsonl --peer ftfy --out OUT.jsonl`."""
from peer_runner import main


def ftfy():
    """With its defaults, but for curly quotation marks, which stay curly."""
    import ftfy

    config = ftfy.TextFixerConfig(uncurl_quotes=False)
    return lambda document: {"text": ftfy.fix_text(document["text"], config)}


if __name__ == "__main__":
    main({"ftfy": ftfy})
