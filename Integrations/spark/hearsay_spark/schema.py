"""The document format as Spark types. Offsets are code points of `text`."""

import json

from pyspark.sql import types as T

SPANS = T.ArrayType(T.ArrayType(T.IntegerType()))

_MENTION = T.StructType([T.StructField("spans", SPANS), T.StructField("text", T.StringType())])

_SPEAKER = T.StructType(
    [
        T.StructField("spans", SPANS),
        T.StructField("text", T.StringType()),
        T.StructField("name", T.StringType()),
    ]
)

QUOTE = T.StructType(
    [
        T.StructField("id", T.IntegerType()),
        T.StructField("spans", SPANS),
        T.StructField("text", T.StringType()),
        T.StructField("kind", T.StringType()),
        T.StructField("cue", _MENTION),
        T.StructField("speaker", _SPEAKER),
        T.StructField("confidence", T.DoubleType()),
    ]
)

STANCE = T.StructType(
    [
        T.StructField("target", T.StringType()),
        T.StructField("spans", SPANS),
        T.StructField("holder", T.StringType()),
        T.StructField("quote", T.IntegerType()),
        T.StructField("sentence", T.IntegerType()),
        T.StructField("label", T.StringType()),
        T.StructField("score", T.DoubleType()),
        T.StructField("evidence", SPANS),
    ]
)

#: What the pipeline found in a document. `layers` has the layers of custom stages, each as JSON.
DOCUMENT = T.StructType(
    [
        T.StructField("id", T.StringType()),
        T.StructField("text", T.StringType()),
        T.StructField("meta", T.MapType(T.StringType(), T.StringType())),
        T.StructField("sentences", SPANS),
        T.StructField("quotes", T.ArrayType(QUOTE)),
        T.StructField("stances", T.ArrayType(STANCE)),
        T.StructField("layers", T.MapType(T.StringType(), T.StringType())),
    ]
)

#: Why there is nothing for a document: `stage` is null where it could not be read, or where the process died at it.
QUARANTINE = T.StructType(
    [
        T.StructField("reason", T.StringType()),
        T.StructField("stage", T.StringType()),
        T.StructField("message", T.StringType()),
    ]
)

_OWN = {field.name for field in DOCUMENT.fields} - {"layers"}


def columns(answer):
    """The pair of values for an answer of `hearsay run --stdio`: what was found, or why nothing was."""
    if "error" in answer:
        error = answer["error"]
        return None, {"reason": "failed", "stage": error.get("stage"), "message": error.get("message")}
    if "dropped" in answer:
        dropped = answer["dropped"]
        return None, {"reason": "dropped", "stage": dropped.get("stage"), "message": dropped.get("reason")}
    document = {
        "id": answer.get("id"),
        "text": answer.get("text"),
        "meta": {key: _text(value) for key, value in (answer.get("meta") or {}).items()},
        "sentences": answer.get("sentences"),
        "quotes": answer.get("quotes"),
        "stances": answer.get("stances"),
        "layers": {key: _text(value) for key, value in answer.items() if key not in _OWN},
    }
    return document, None


def _text(value):
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
