"""A stage in Python: finds the numbers in a text."""

import re

from hearsay_stage import stage


@stage
def numbers(document):
    found = re.finditer(r"\d+(?:[.,]\d+)*", document["text"])
    return {"numbers": [{"span": match.span(), "text": match[0]} for match in found]}
