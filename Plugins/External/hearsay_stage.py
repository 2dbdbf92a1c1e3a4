"""Makes a Hearsay stage of a Python function.

    from hearsay_stage import stage

    @stage
    def shout(document):
        return {"text": document["text"].upper()}

The function gets a document as a dict, with offsets in code points, which are Python's own. It returns the members that
it adds or changes; what it returns nothing for stays as it is. `{"dropped": "spam"}` drops the document for that reason. An
exception fails that document alone. `print` goes to
Hearsay's log. See Documentation/WritingAStage.md.
"""

import json
import sys
import traceback


def stage(function):
    """Runs the function over all documents that come on standard input."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    for line in sys.stdin.buffer:
        document = json.loads(line)
        answer = {"id": document["id"]}
        try:
            answer.update(function(document) or {})
            encoded = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        except Exception as error:
            traceback.print_exc()
            encoded = json.dumps({"id": answer["id"], "error": f"{type(error).__name__}: {error}"}).encode()
        answers.write(encoded + b"\n")
        answers.flush()
    return function
