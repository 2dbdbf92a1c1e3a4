#!/usr/bin/env python3
"""Compares the polarity list with public lexicons, as a table in Markdown, and lists where they contradict each other most.

usage: check_polarity.py [-n CONTRADICTIONS] [NAME=LEXICON.txt …]

A lexicon is a file with a word and a number a line, parted by a tab. Without one, VADER's and AFINN's are looked for in the
Python packages vaderSentiment and afinn:

    pip install vaderSentiment==3.3.2 afinn==0.1

VADER's is under the MIT licence, AFINN's under the Open Database License. Neither ships, and no record of how the list was
made names either.
"""

import importlib.metadata
import importlib.util
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from make_polarity import POLARITY

PACKAGES = {
    "VADER": ("vaderSentiment", "vader_lexicon.txt"),
    "AFINN": ("afinn", os.path.join("data", "AFINN-en-165.txt")),
}


def read(path):
    """Words of letters, apostrophes and hyphens with their number; phrases, emoticons and comments are passed over."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            word = fields[0].lower()
            if not line.startswith("#") and len(fields) > 1 and word.replace("-", "").replace("'", "").isalpha():
                found[word] = float(fields[1])
    return found


def lexicons(arguments):
    """Names with paths: those of the command line, else those of installed packages."""
    for argument in arguments:
        name, _, path = argument.partition("=")
        yield name, path
    for name, (package, file) in PACKAGES.items() if not arguments else []:
        spec = importlib.util.find_spec(package)
        if spec is None:
            print(f"{name} is skipped: the package {package} is not installed", file=sys.stderr)
        else:
            folder = spec.submodule_search_locations[0]
            yield f"{name} ({package} {importlib.metadata.version(package)})", os.path.join(folder, file)


def ranks(values):
    """The rank of each value; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            found[index] = (start + end - 1) / 2
        start = end
    return found


def correlation(pairs):
    """Spearman's rank correlation."""
    first, second = (ranks(list(column)) for column in zip(*pairs))
    mean = (len(first) - 1) / 2
    product = sum((a - mean) * (b - mean) for a, b in zip(first, second))
    squares = [sum((a - mean) ** 2 for a in column) for column in (first, second)]
    return product / (squares[0] * squares[1]) ** 0.5


def main():
    arguments, count = sys.argv[1:], 20
    if arguments[:1] == ["-n"] and len(arguments) > 1 and arguments[1].isdigit():
        count, arguments = int(arguments[1]), arguments[2:]
    if any("=" not in argument for argument in arguments):
        sys.exit(__doc__.strip())
    ours = read(POLARITY)
    print(f"{len(ours):,} words of the list\n")
    print("| lexicon | words | in both | same sign | strong in both, same sign | rank correlation |")
    print("| --- | --- | --- | --- | --- | --- |")
    contradictions = []
    for name, path in lexicons(arguments):
        theirs = read(path)
        most = max(map(abs, theirs.values()))
        # A word that judges by neither sign says nothing of the other's.
        both = sorted(word for word in ours.keys() & theirs.keys() if theirs[word] != 0)
        same = [word for word in both if (ours[word] > 0) == (theirs[word] > 0)]
        strong = [word for word in both if abs(ours[word]) >= 2 and abs(theirs[word]) >= most / 2]
        agreeing = [word for word in strong if (ours[word] > 0) == (theirs[word] > 0)]
        rho = correlation([(ours[word], theirs[word]) for word in both])
        print(f"| {name} | {len(theirs):,} | {len(both):,} | {len(same):,} ({len(same) / len(both):.1%}) | "
            f"{len(agreeing):,} of {len(strong):,} ({len(agreeing) / len(strong):.1%}) | {rho:.3f} |")
        apart = [(abs(ours[word] / 3 - theirs[word] / most), word) for word in both if word not in set(same)]
        contradictions += [(size, word, name, theirs[word]) for size, word in apart]
    print(f"\nThe clearest contradictions, of {len(contradictions)}:")
    for _, word, name, value in sorted(contradictions, key=lambda one: (-one[0], one[1]))[:count]:
        print(f"  {word}: {ours[word]:+.0f}, {name.split()[0]} {value:+g}")


if __name__ == "__main__":
    main()
