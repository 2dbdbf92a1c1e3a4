#!/usr/bin/env python3
"""Makes the list of words with a polarity that `score-stance` reads, from `lemmas.txt` beside this program.

usage: make_polarity.py [--check] [POLARITY.txt]

Writes Plugins/StanceScoring/Weights/polarity.txt, or POLARITY.txt; the lines before its first word, which begin with `#`, stay.
With `--check` nothing is written: the exit status is 1 where the list is not what the lemmas give, and the differences are
shown. The same lemmas give the same list.

A line of `lemmas.txt` is a lemma, its weight from -3 to 3, and its paradigms:

    verb               -, -s, -ed, -ing, as `attack`, `accuse`, `deny`; the final consonant stays as it is
    doubling-verb      the same with the final consonant doubled, as `admit`
    noun               singular and plural
    adj                the word and its adverb in -ly
    adj:base,er,est    only these of: base, ly, er, est
    verb:ed,ing        only these of: base, s, ed, ing; of a noun: base, s
    word               the lemma alone
    +fell,fallen       irregular forms, each as it is written

Several lines may hold one lemma with different weights, where its forms differ. A form with two weights is a mistake.
"""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LEMMAS = os.path.join(HERE, "lemmas.txt")
POLARITY = os.path.normpath(os.path.join(HERE, "..", "..", "Plugins", "StanceScoring", "Weights", "polarity.txt"))

CONSONANT_Y = re.compile(r"[^aeiou]y$")
SIBILANT = re.compile(r"(s|x|z|ch|sh)$")


def plus_s(word):
    """The plural of a noun, or the third person of a verb."""
    if SIBILANT.search(word):
        return word + "es"
    return word[:-1] + "ies" if CONSONANT_Y.search(word) else word + "s"


def with_vowel(word, ending):
    """A word with -ed, -er or -est."""
    if word.endswith("e"):
        return word + ending[1:]
    return word[:-1] + "i" + ending if CONSONANT_Y.search(word) else word + ending


def plus_ing(word):
    if word.endswith("ie"):
        return word[:-2] + "ying"
    return word[:-1] + "ing" if re.search(r"[^eoy]e$", word) else word + "ing"


def plus_ly(word):
    """The adverb of an adjective."""
    if word.endswith("ic"):
        return word + "ally"
    if word.endswith("ll"):
        return word + "y"
    if word.endswith("le"):
        return word[:-1] + "y"
    return word[:-1] + "ily" if CONSONANT_Y.search(word) else word + "ly"


def doubled(word):
    return word + word[-1]


def verb(word):
    return {"base": word, "s": plus_s(word), "ed": with_vowel(word, "ed"), "ing": plus_ing(word)}


def doubling_verb(word):
    return {"base": word, "s": plus_s(word), "ed": doubled(word) + "ed", "ing": doubled(word) + "ing"}


def noun(word):
    return {"base": word, "s": plus_s(word)}


def adj(word):
    return {"base": word, "ly": plus_ly(word), "er": with_vowel(word, "er"), "est": with_vowel(word, "est")}


PARADIGMS = {"verb": verb, "doubling-verb": doubling_verb, "noun": noun, "adj": adj, "word": lambda word: {"base": word}}
SLOTS = {"adj": ["base", "ly"]}  # where not all of them are meant


def forms(lemma, paradigm):
    """The forms that one paradigm of a line stands for; raises ValueError where it cannot be read."""
    if paradigm.startswith("+"):
        return paradigm[1:].split(",")
    name, _, slots = paradigm.partition(":")
    if name not in PARADIGMS:
        raise ValueError(f"'{name}' is no paradigm")
    made = PARADIGMS[name](lemma)
    wanted = slots.split(",") if slots else SLOTS.get(name, list(made))
    for slot in wanted:
        if slot not in made:
            raise ValueError(f"'{name}' has no form '{slot}'")
    return [made[slot] for slot in wanted]


def weights(path=LEMMAS):
    """All forms with their weights."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            fields = line.split()
            if not fields or line.startswith("#"):
                continue
            try:
                lemma, weight, paradigms = fields[0], int(fields[1]), fields[2:]
                if not -3 <= weight <= 3 or weight == 0 or not paradigms:
                    raise ValueError("a line is a lemma, a weight from -3 to 3 and paradigms")
                made = [form for paradigm in paradigms for form in forms(lemma, paradigm)]
            except (IndexError, ValueError) as error:
                sys.exit(f"{path}:{number}: {error}")
            for form in made:
                if found.setdefault(form, weight) != weight:
                    sys.exit(f"{path}:{number}: '{form}' has the weights {found[form]} and {weight}")
    return found


def read(path):
    """The comment lines at the beginning of a list, and the rest."""
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.readlines()
    count = next((index for index, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:count], lines[count:]


def main():
    arguments = sys.argv[1:]
    is_check = "--check" in arguments
    paths = [argument for argument in arguments if argument != "--check"]
    if len(paths) > 1 or any(path.startswith("-") for path in paths):
        sys.exit(__doc__.strip())
    path = paths[0] if paths else POLARITY
    header, old = read(path) if os.path.exists(path) else ([], [])
    made = [f"{word}\t{weight}\n" for word, weight in sorted(weights().items(), key=lambda item: item[0].encode())]
    if not is_check:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.writelines(header + made)
        print(f"{len(made)} words")
        return
    if made == old:
        print(f"{path}: {len(made)} words, as the lemmas give them")
        return
    for sign, lines in (("-", sorted(set(old) - set(made))), ("+", sorted(set(made) - set(old)))):
        print("".join(f"{sign}{line}" for line in lines[:20]), end="")
        if len(lines) > 20:
            print(f"{sign}… and {len(lines) - 20} more")
    sys.exit(f"{path} is not what {os.path.relpath(LEMMAS)} gives: run {os.path.relpath(__file__)}")


if __name__ == "__main__":
    main()
