"""Quotes and their speakers: F1 over all kinds, and over what stands in quotation marks."""
import json
import os
import subprocess

from common import data, decimals, hearsay, megabytes, out, run_peer, scorer, speed, table


def quotes():
    gold, scores = os.path.join(data, "quotes", "polnear-dev.jsonl"), scorer("score_quotes")
    if not (scores and os.path.exists(gold)):
        print("compare: quotes skipped, no development data or scorer at hand")
        return
    with open(gold) as file:
        texts = [{"id": document["id"], "text": document["text"]} for document in map(json.loads, file)]
    with open(f"{out}/quote-texts.jsonl", "w") as file:
        file.writelines(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)

    def figures(predicted):
        row = scores.score(scores.read(gold), scores.read(predicted))
        everything, marked = row["all"], row["in quotation marks"]
        values = [
            everything["found"], marked["found"], marked["content exact"], everything["content overlap"],
            everything["attributed"], marked["attributed"],
        ]
        return [decimals(value["f1"]) for value in values] + [decimals(row["speaker_accuracy"])]

    def ours(options):
        predicted = f"{out}/hearsay-quotes.jsonl"
        given = [f"--set=extract-quotes.{key}={value}" for key, value in options.items()]
        command = [hearsay, "run", "pipelines/quotes.yaml", f"{out}/quote-texts.jsonl", "-o", predicted, "--quiet"]
        subprocess.run(command + given, check=True)
        bare = [{"text": text["text"]} for text in texts]
        rate = speed("extract-quotes", bare, 20, before=["split-sentences"], options=options)
        return [*figures(predicted), rate, f"0/{len(texts)}"]

    def rows():
        yield ["**Hearsay**", *ours({})]
        yield ["Hearsay, rules alone", *ours({"model": "none"})]
        for name in ("regular-expressions", "textacy"):
            predicted = f"{out}/{name}-quotes.jsonl"
            run = run_peer("quote_peers.py", name, f"{out}/quote-texts.jsonl", predicted)
            if run:
                failed = f"{run['failed']}/{len(texts)}"
                yield [name, *figures(predicted), megabytes(run["mb_per_s"]), failed]

    header = [
        "quotes", "found, all", "in marks", "exact, in marks", "overlap, all", "attributed, all", "in marks",
        "speaker right where found", "MB/s", "texts failed",
    ]
    table(header, rows())
