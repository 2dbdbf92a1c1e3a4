"""Stands in for `hearsay run --stdio`: answers each document, and misbehaves where its text says so."""

import json
import os
import signal
import sys
import time

for line in sys.stdin:
    document = json.loads(line)
    text = document.get("text", "")
    if text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "hang":
        time.sleep(60)
    if text == "usage":
        print("error: there is no stage 'claen'", file=sys.stderr)
        sys.exit(2)
    answer = {"id": document["id"], "text": text.upper()}
    if text == "fail":
        answer = {"id": document["id"], "error": {"stage": "clean", "message": "no"}}
    print(json.dumps(answer), flush=True)
