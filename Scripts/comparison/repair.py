"""Repair of characters: how many of the texts that a known damage has changed come back as they were."""
import html
import json
import os
import subprocess

from common import data, hearsay, megabytes, out, run_peer, speed, table


def misread(codec):
    """Text whose UTF-8 is read as another encoding; bytes that stand for nothing there are read as Latin-1 has them."""

    def damage(text):
        return "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode())

    return damage


def twice(damage):
    return lambda text: damage(damage(text))


def every_third_word(damage):
    """Damages a part of a text, as where a page joins text of two sources."""
    return lambda text: " ".join(damage(word) if k % 3 == 0 else word for k, word in enumerate(text.split(" ")))


def entities(text):
    return html.escape(text).replace("’", "&rsquo;").replace("“", "&ldquo;").replace("”", "&#8221;")


DAMAGES = {
    "none": lambda text: text,
    "read as Windows-1252": misread("cp1252"),
    "as Latin-1": misread("latin-1"),
    "as Mac Roman": misread("mac_roman"),
    "as Windows-1250": misread("cp1250"),
    "as Windows-1251": misread("cp1251"),
    "as Windows-1252, twice": twice(misread("cp1252")),
    "as Windows-1252, in part": every_third_word(misread("cp1252")),
    "character references": entities,
    "the same, twice": twice(entities),
    "soft hyphens": lambda text: text.replace("tion", "\u00adtion"),
}


def repair():
    source = os.path.join(data, "quotes", "polnear-dev.jsonl")
    if not os.path.exists(source):
        print("compare: repair skipped, no development data at hand")
        return
    # The texts as `clean` leaves them: of lines it may have its own opinion, this is on characters.
    cleaned = subprocess.run([hearsay, "stage", "clean", source, "--quiet"], capture_output=True, text=True, check=True)
    texts = [json.loads(line)["text"] for line in cleaned.stdout.split("\n") if line]
    damaged = {name: [(text, damage(text)) for text in texts] for name, damage in DAMAGES.items()}
    cases = [
        {"id": f"{name} {k}", "text": after, "before": before}
        for name, pairs in damaged.items()
        for k, (before, after) in enumerate(pairs)
        if name == "none" or before != after
    ]
    given = f"{out}/damaged.jsonl"
    with open(given, "w") as file:
        file.writelines(json.dumps({"id": case["id"], "text": case["text"]}, ensure_ascii=False) + "\n" for case in cases)

    def figures(predicted):
        with open(predicted) as file:
            made = {document["id"]: document["text"] for document in map(json.loads, file)}
        for name in DAMAGES:
            own = [case for case in cases if case["id"].rpartition(" ")[0] == name]
            yield f"{sum(made[case['id']] == case['before'] for case in own)}/{len(own)}"

    with open(f"{out}/hearsay-repaired.jsonl", "w") as file:
        subprocess.run([hearsay, "stage", "clean", given, "--quiet"], stdout=file, check=True)
    bare = [{"text": case["text"]} for case in cases]
    columns = {"**Hearsay**": [*figures(f"{out}/hearsay-repaired.jsonl"), speed("clean", bare, 5)]}
    run = run_peer("repair_peers.py", "ftfy", given, f"{out}/ftfy-repaired.jsonl")
    if run:
        columns["ftfy"] = [*figures(f"{out}/ftfy-repaired.jsonl"), megabytes(run["mb_per_s"])]
    rows = zip([*DAMAGES, "*MB/s over all these texts*"], *columns.values())
    table(["damage", *columns], rows)
