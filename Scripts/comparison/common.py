"""What the tables of `compare` share. DATA, EVAL and PEERS say where the development data, the scorers and the peers'
runners are; PYTHON is the interpreter that has the peers' packages."""
import importlib.util
import json
import os
import re
import subprocess
import sys

data, evaluation, peers = (os.environ.get(key, f"../shared/{key.lower()}") for key in ("DATA", "EVAL", "PEERS"))
python = os.environ.get("PYTHON", sys.executable)
hearsay, out = ".build/release/hearsay", "out/compare"


def scorer(name):
    """A scorer as a module; None where it is not at hand."""
    path = os.path.join(evaluation, f"{name}.py")
    if not os.path.exists(path):
        return None
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def decimals(value):
    return f"{value:.3f}".lstrip("0")


def megabytes(per_second):
    return f"{per_second:.0f}" if per_second >= 10 else f"{per_second:.1f}" if per_second >= 0.1 else f"{per_second:.3f}"


def speed(stage, lines, repeats, before=(), options=None):
    """MB/s of one stage on one worker, by the table of the run, the best of three; the lines are written anew as documents
    without ids. `before` are the stages whose layers it reads."""
    stages = [*before, {stage: options} if options else stage]
    with open(f"{out}/long.jsonl", "w") as long, open(f"{out}/{stage}.yaml", "w") as pipeline:
        for _ in range(repeats):
            long.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        pipeline.write(f"name: compare\nstages: {json.dumps(stages)}\n")
    command = [hearsay, "run", f"{out}/{stage}.yaml", f"{out}/long.jsonl", "--workers", "1", "-o", f"{out}/long-out.jsonl"]
    best = 0.0
    for _ in range(3):
        report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        found = re.search(rf"^{stage} .*?([\d.,]+) ([kMG])B/s", report, re.MULTILINE)
        if found:
            best = max(best, float(found.group(1).replace(",", "")) * {"k": 1e-3, "M": 1, "G": 1e3}[found.group(2)])
    return megabytes(best) if best else "?"


def run_peer(runner, name, inputs, output):
    """Takes one input through a peer by a runner of ours that prints its figures as JSON; None where it is not installed."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), runner)
    result = subprocess.run([python, path, inputs, "--peer", name, "--out", output], capture_output=True, text=True)
    if result.returncode != 0:
        left_out(name, result)
        return None
    return json.loads(result.stdout)


def left_out(name, result):
    reason = (result.stderr.strip().splitlines() or ["?"])[-1]
    print(f"compare: {name} left out: {reason}", file=sys.stderr)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("| --- |" + " --- |" * (len(header) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print()
