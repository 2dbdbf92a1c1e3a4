#!/usr/bin/env python3
"""Makes the word vectors that `train-stance` learns with. Run by hand, before training; nothing of it ships.

usage: word_vectors.py MODEL OUT.txt [TEXTS.jsonl …]

MODEL is all-MiniLM-L6-v2 (Apache-2.0): a folder that holds it, or `sentence-transformers/all-MiniLM-L6-v2`, which is
fetched. The words are those of its vocabulary and of the texts, lower case. A word's vector is the mean of what the model
makes of the word alone, normalised, less the mean of all, turned to the axes along which the words differ most.

OUT has a word a line and its numbers after it. The same input gives the same vectors on the same machine.
"""
import json
import re
import sys

import numpy
import torch
from transformers import AutoModel, AutoTokenizer

AXES = 64
BATCH = 512


def words_of(tokenizer, texts):
    words = {word for word in tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word)}
    for path in texts:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                for word in re.findall(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]", json.loads(line)["text"]):
                    words.add(word.lower().replace("’", "'"))
    return sorted(words)


def embed(model, tokenizer, words):
    rows = []
    with torch.inference_mode():
        for start in range(0, len(words), BATCH):
            batch = tokenizer(words[start : start + BATCH], padding=True, truncation=True, return_tensors="pt")
            states = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            means = (states * mask).sum(1) / mask.sum(1)
            rows.append(torch.nn.functional.normalize(means, dim=1).numpy())
    return numpy.concatenate(rows)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.strip())
    name, out, *texts = sys.argv[1:]
    tokenizer = AutoTokenizer.from_pretrained(name)
    model = AutoModel.from_pretrained(name).eval()
    words = words_of(tokenizer, texts)
    vectors = embed(model, tokenizer, words)
    vectors -= vectors.mean(0)
    _, _, axes = numpy.linalg.svd(vectors, full_matrices=False)
    vectors = vectors @ axes[:AXES].T
    # So that a vector is about 1 long and train-stance's scale means the same for any model.
    vectors /= numpy.sqrt((vectors**2).sum(1).mean())
    with open(out, "w", encoding="utf-8") as file:
        for word, vector in zip(words, vectors):
            print(word, *(f"{x:.3f}" for x in vector), file=file)


if __name__ == "__main__":
    main()
