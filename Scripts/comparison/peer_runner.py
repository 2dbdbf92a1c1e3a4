"""Runs one peer over JSON Lines on one thread, and prints its speed and its failures as JSON. Standard library only."""
import argparse
import json
import sys
import time


def main(peers):
    """`peers`: what makes each peer, a function from a document to the members that it adds. A document on which it raises
    an error has none, and counts as failed; the best of three passes is the speed, loading and the first document aside."""
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("--peer", required=True, choices=sorted(peers))
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    with open(options.texts, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file if line.strip()]
    size = sum(len(document["text"].encode()) for document in documents)
    peer = peers[options.peer]()
    errors = {}

    def one(document):
        try:
            return peer(document)
        except Exception as error:  # what a peer cannot do is its result
            errors[document["id"]] = f"{type(error).__name__}: {error}"
            return {}

    results, best = [], float("inf")
    if documents:
        one(documents[0])
    for _ in range(3):
        start = time.perf_counter()
        results = [one(document) for document in documents]
        best = min(best, time.perf_counter() - start)
        if best > 20:
            break  # it is slow enough to be measured by one pass
    with open(options.out, "w", encoding="utf-8") as file:
        for document, found in zip(documents, results):
            json.dump({"id": document["id"], "text": document["text"], **found}, file, ensure_ascii=False)
            file.write("\n")
    for message in sorted(set(errors.values()))[:3]:
        print(f"{options.peer}: {message}", file=sys.stderr)
    json.dump({"mb_per_s": size / best / 1e6, "failed": len(errors)}, sys.stdout)
