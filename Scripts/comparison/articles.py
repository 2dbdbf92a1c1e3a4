"""Main text of web pages: F1 of shingles of four words."""
import glob
import gzip
import json
import os
import subprocess

from common import data, decimals, hearsay, left_out, out, peers, python, scorer, speed, table


def articles():
    folder, runner = os.path.join(data, "articles", "dev"), os.path.join(peers, "run_article_peers.py")
    scores, pages = scorer("score_articles"), []
    for path in sorted(glob.glob(os.path.join(folder, "html", "*.html.gz"))):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            pages.append({"id": os.path.basename(path)[: -len(".html.gz")], "html": file.read()})
    if not (pages and scores and os.path.exists(runner)):
        print("compare: articles skipped, no development data, scorer or peers at hand")
        return
    gold = scores.load_gold(os.path.join(folder, "ground-truth.json"))

    def figures(predicted):
        row = scores.score(gold, scores.load_pred(predicted, gold)[0])
        return [decimals(row[key]) for key in ("f1", "precision", "recall")]

    def rows():
        with open(f"{out}/pages.jsonl", "w") as file:
            file.writelines(json.dumps(page) + "\n" for page in pages)
        with open(f"{out}/hearsay-pages.jsonl", "w") as file:
            subprocess.run([hearsay, "stage", "clean", f"{out}/pages.jsonl", "--quiet"], stdout=file, check=True)
        bare = [{"html": page["html"]} for page in pages]
        yield ["**Hearsay**", *figures(f"{out}/hearsay-pages.jsonl"), speed("clean", bare, 5)]
        listed = subprocess.run([python, runner, "--list"], capture_output=True, text=True, check=True).stdout
        for name in (line.split()[0] for line in listed.splitlines()):
            predicted = f"{out}/{name}-pages.jsonl"
            command = [python, runner, folder, "--peer", name, "--out", predicted, "--json"]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode != 0:
                left_out(name, result)
                continue
            yield [name, *figures(predicted), f"{json.loads(result.stdout)['mb_per_s']:.0f}"]

    table(["pages", "F1", "precision", "recall", "MB/s"], rows())
