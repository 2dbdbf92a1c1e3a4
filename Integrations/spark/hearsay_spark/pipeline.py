"""A pipeline on a cluster: what each task runs, and how the binary gets there."""

import glob
import hashlib
import os
import shutil
import tempfile

from pyspark import SparkFiles
from pyspark.sql import types as T
from pyspark.sql.pandas.types import to_arrow_schema

from . import schema
from .worker import Worker


class Pipeline:
    """A Hearsay pipeline, ready to run on the executors of a Spark session.

    :param spark: The `SparkSession`.
    :param pipeline: The pipeline file. Its exports are not run: what they would write is the result.
    :param hearsay: The binary to ship to the executors, or the folder that `make dist` makes, which has the libraries
        that the binary needs beside it; where it is `None`, `hearsay` must be on the executors' `PATH`.
    :param files: What else the pipeline names by a relative path: plugins, programs of `exec`.
    :param options: More of the command line, such as `["--set", "split-sentences.language=de"]`.
    :param timeout: How long a process may work on a document before the document is given up, in seconds.
    """

    def __init__(self, spark, pipeline, hearsay=None, files=(), options=(), timeout=600.0):
        context = spark.sparkContext
        self._pipeline = _ship(context, pipeline)
        libraries = []
        if hearsay and os.path.isdir(hearsay):
            libraries = glob.glob(os.path.join(glob.escape(os.fspath(hearsay)), "*.so*"))
            hearsay = os.path.join(hearsay, "hearsay")
        self._hearsay = _ship(context, hearsay) if hearsay else None
        for file in [*sorted(libraries), *map(os.fspath, files)]:
            if os.path.basename(file) not in _shipped(context):
                context.addFile(file)
        self._options = list(options)
        self._timeout = timeout

    def over(self, frame, text="text", id=None, meta=None):
        """The frame with two columns more: `hearsay`, what was found, and `quarantine`, why nothing was.

        Rows keep their order within a partition, and none is lost: exactly one of the two columns is null.

        :param text: The column of the texts, or of pages where it is named `html`.
        :param id: The column of the ids; without it a document is named for its place in the partition.
        :param meta: The columns that go into the document's `meta`; those that stages look for are `date` and `source`.
        """
        added = [T.StructField("hearsay", schema.DOCUMENT), T.StructField("quarantine", schema.QUARANTINE)]
        taken = {field.name for field in frame.schema.fields} & {field.name for field in added}
        if taken:
            raise ValueError(f"the frame has a column '{taken.pop()}' already; rename it first")
        missing = {text, *([id] if id else []), *(meta or [])} - set(frame.columns)
        if missing:
            raise ValueError(f"the frame has no column '{missing.pop()}'; it has {', '.join(frame.columns)}")
        result = T.StructType(frame.schema.fields + added)
        columns = _Columns(text, id, list(meta or []))
        worker = self._worker
        return frame.mapInArrow(lambda batches: _over_batches(batches, columns, result, worker), result)

    def over_rdd(self, documents):
        """The answer for each document of an RDD, a `dict` in the document format for a `dict`.

        A document that failed has `error` in place of findings, one that a stage dropped has `dropped`.
        """
        worker = self._worker
        return documents.mapPartitions(lambda part: worker().answers(part), preservesPartitioning=True)

    @property
    def _worker(self):
        # Only strings go to the executors; where their files are is asked there.
        pipeline, hearsay, options, timeout = self._pipeline, self._hearsay, self._options, self._timeout

        def worker():
            binary = SparkFiles.get(hearsay) if hearsay else "hearsay"
            command = [binary, "run", SparkFiles.get(pipeline), "--stdio", "--workers", "1", *options]
            return Worker(command, cwd=SparkFiles.getRootDirectory(), timeout=timeout)

        return worker


class _Columns:
    """Which columns of a frame make a document."""

    def __init__(self, text, id, meta):
        self.text, self.id, self.meta = text, id, meta

    def documents(self, batch, number):
        """The documents of an Arrow record batch, whose first row is the partition's `number`th."""
        texts = batch.column(self.text).to_pylist()
        ids = batch.column(self.id).to_pylist() if self.id else [None] * len(texts)
        metas = [batch.column(name).to_pylist() for name in self.meta]
        member = "html" if self.text == "html" else "text"
        for row, (text, id) in enumerate(zip(texts, ids)):
            document = {"id": str(number + row if id is None else id), member: "" if text is None else text}
            meta = {name: str(values[row]) for name, values in zip(self.meta, metas) if values[row] is not None}
            if meta:
                document["meta"] = meta
            yield document


def _over_batches(batches, columns, result, worker):
    import pyarrow as pa

    types = {field.name: field.type for field in to_arrow_schema(result)}
    waiting = []

    def documents():
        number = 0
        for batch in batches:
            if batch.num_rows:
                waiting.append(batch)
                yield from columns.documents(batch, number)
                number += batch.num_rows

    found, failed = [], []
    for answer in worker().answers(documents()):
        document, quarantine = schema.columns(answer)
        found.append(document)
        failed.append(quarantine)
        if len(found) == waiting[0].num_rows:
            batch = waiting.pop(0)
            arrays = batch.columns + [pa.array(found, types["hearsay"]), pa.array(failed, types["quarantine"])]
            yield pa.RecordBatch.from_arrays(arrays, names=batch.schema.names + ["hearsay", "quarantine"])
            found, failed = [], []


def _ship(context, path):
    """Adds a file to the job under a name that its content decides, so that two versions never meet.

    :returns: The name under which executors find it.
    """
    path = os.fspath(path)
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:12]
    stem, extension = os.path.splitext(os.path.basename(path))
    name = f"{stem}-{digest}{extension}"
    if name in _shipped(context):
        return name
    copy = os.path.join(tempfile.mkdtemp(prefix="hearsay-"), name)
    shutil.copy(path, copy)
    context.addFile(copy)
    return name


def _shipped(context):
    """The names of the files that the job has already: Spark refuses a second one, even where it is the same."""
    return {os.path.basename(file) for file in context.listFiles}
