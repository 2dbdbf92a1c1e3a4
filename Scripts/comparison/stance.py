"""Stance toward given targets: macro F1 of favor, neutral and against."""
import glob
import json
import os
import subprocess

from common import data, decimals, hearsay, megabytes, out, run_peer, scorer, speed, table


def stance():
    sets, scores = sorted(glob.glob(os.path.join(data, "stance", "*dev*.jsonl"))), scorer("score_stance")
    if not (sets and scores):
        print("compare: stance skipped, no development data or scorer at hand")
        return

    def unlabelled(path):
        """The documents of a set without what is to be found out."""
        with open(path) as file:
            for document in map(json.loads, file):
                targets = [{"spans": target["spans"]} for target in document["targets"]]
                yield {"id": document["id"], "text": document["text"], "targets": targets}

    inputs = []
    for path in sets:
        inputs.append(f"{out}/{os.path.basename(path)}")
        with open(inputs[-1], "w") as file:
            file.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in unlabelled(path))

    def figure(gold, predicted):
        return decimals(scores.score(scores.read(gold), scores.read(predicted))["macro_f1"])

    def ours():
        cells = []
        for gold, given in zip(sets, inputs):
            with open(f"{out}/hearsay-stance.jsonl", "w") as file:
                subprocess.run([hearsay, "stage", "score-stance", given, "--quiet"], stdout=file, check=True)
            cells.append(figure(gold, f"{out}/hearsay-stance.jsonl"))
        bare = [{key: document[key] for key in ("text", "targets")} for document in unlabelled(sets[0])]
        return [*cells, speed("score-stance", bare, 100)]

    def peer(name):
        cells, rate = [], None
        for gold, given in zip(sets, inputs):
            run = run_peer("stance_peers.py", name, given, f"{out}/{name}-stance.jsonl")
            if not run:
                return None
            rate = rate or megabytes(run["mb_per_s"])
            cells.append(figure(gold, f"{out}/{name}-stance.jsonl"))
        return [*cells, rate]

    def rows():
        yield ["**Hearsay**", *ours()]
        for name in ("neutral", "vader-sentence", "vader-window"):
            cells = peer(name)
            if cells:
                yield [name, *cells]

    table(["stance", *(os.path.basename(path)[:-6] for path in sets), "MB/s"], rows())
