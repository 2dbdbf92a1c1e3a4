"""A pipeline over frames and RDDs on a real cluster of two executors."""

import json
import os
import signal
import subprocess
import threading
import time

import pytest

from hearsay_spark import Pipeline

pytest.importorskip("pyspark", reason="pyspark is not installed")

ARTICLES = 240
TOO_LONG, REPEATED = 17, 18


def article(number):
    if number == TOO_LONG:
        return "Too long. " * 5000
    if number == REPEATED:
        number -= 2
    return f'The council met on day {number}. "We lost {number} votes," Ann Lee said. She criticized the Harbour Board.'


def rows():
    return [(f"a-{number}", article(number), f"2026-03-{number % 28 + 1:02}") for number in range(ARTICLES)]


@pytest.fixture(scope="module")
def frame(spark):
    return spark.createDataFrame(rows(), ["url", "body", "date"]).repartition(8, "url").cache()


@pytest.fixture(scope="module")
def news(spark, pipeline, hearsay):
    return Pipeline(spark, pipeline, hearsay=hearsay)


def alone(hearsay, pipeline, tmp_path):
    """What the binary finds in the same documents without Spark."""
    source = tmp_path / "articles.jsonl"
    with open(source, "w") as file:
        for id, text, date in rows():
            file.write(json.dumps({"id": id, "text": text, "meta": {"date": date}}) + "\n")
    out = tmp_path / "found.jsonl"
    binary = os.path.join(hearsay, "hearsay") if os.path.isdir(hearsay) else hearsay
    subprocess.run([binary, "run", pipeline, source, "-o", out, "-q", "--set", "on_error=skip"], stderr=subprocess.DEVNULL)
    with open(out) as file:
        return {document["id"]: document for document in map(json.loads, file)}


def assert_same(found, hearsay, pipeline, tmp_path):
    """Each article once, with the quotes that the binary finds without Spark."""
    expected = alone(hearsay, pipeline, tmp_path)
    assert sorted(row["url"] for row in found) == sorted(id for id, _, _ in rows())
    for row in found:
        assert (row["hearsay"] is None) != (row["quarantine"] is None), row["url"]
        if row["hearsay"] is not None:
            document = expected.get(row["url"])
            # Of two that are the same, which partition sees both is Spark's to say.
            if document is None:
                assert row["url"] in {f"a-{REPEATED}", f"a-{REPEATED - 2}"}
                continue
            assert [quote["text"] for quote in row["hearsay"]["quotes"]] == [q["text"] for q in document["quotes"]]
            assert [quote["speaker"]["name"] for quote in row["hearsay"]["quotes"]] == [
                q["speaker"]["name"] for q in document["quotes"]
            ]


def test_a_frame_gets_its_findings(frame, news, hearsay, pipeline, tmp_path):
    found = news.over(frame, text="body", id="url", meta=["date"])
    assert found.columns == ["url", "body", "date", "hearsay", "quarantine"]
    rows = found.collect()
    assert_same(rows, hearsay, pipeline, tmp_path)
    one = next(row for row in rows if row["url"] == "a-3")
    assert one["body"] == article(3)
    assert one["hearsay"]["meta"]["date"] == "2026-03-04"
    assert one["hearsay"]["quotes"][0]["speaker"]["name"] == "Ann Lee"
    quote = one["hearsay"]["quotes"][0]
    (start, end), = quote["spans"]
    assert one["hearsay"]["text"][start:end] == quote["text"]


def test_failed_documents_are_in_the_quarantine_column(frame, news):
    found = news.over(frame, text="body", id="url")
    failed = found.where("quarantine.reason = 'failed'").collect()
    assert [row["url"] for row in failed] == [f"a-{TOO_LONG}"]
    assert failed[0]["quarantine"]["message"]


def test_a_frame_without_the_column_is_refused(frame, news):
    with pytest.raises(ValueError, match="no column 'txt'"):
        news.over(frame, text="txt")


def test_an_rdd_of_documents(spark, news):
    documents = [{"id": str(number), "text": article(number)} for number in range(20)]
    answers = news.over_rdd(spark.sparkContext.parallelize(documents, 2)).collect()
    assert [answer["id"] for answer in answers] == [document["id"] for document in documents]
    assert "error" in answers[TOO_LONG]
    assert "dropped" in answers[REPEATED]


def test_a_partition_without_rows(spark, news):
    frame = spark.createDataFrame([("a", article(1))], ["id", "text"]).repartition(4)
    assert len(news.over(frame, id="id").collect()) == 1


def test_a_wrong_pipeline_says_where(spark, hearsay, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: wrong\nstages: [claen]\n")
    frame = spark.createDataFrame([("a", "Text.")], ["id", "text"])
    with pytest.raises(Exception, match="claen"):
        Pipeline(spark, wrong, hearsay=hearsay).over(frame, id="id").collect()


def test_an_executor_that_is_killed_costs_nothing(spark, frame, news, hearsay, pipeline, tmp_path):
    def slowly(batches):
        for batch in batches:
            for row in range(batch.num_rows):
                time.sleep(0.02)
                yield batch.slice(row, 1)

    killed = []

    def kill_one():
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not killed:
            # The job is on its way when tasks have ended and others have not.
            if any(stage and stage.numCompletedTasks >= 1 for stage in active_stages(spark)):
                pid = executors(spark.sparkContext.applicationId)[0]
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
            time.sleep(0.05)

    killer = threading.Thread(target=kill_one)
    killer.start()
    found = news.over(frame.mapInArrow(slowly, frame.schema), text="body", id="url", meta=["date"]).collect()
    killer.join()
    assert killed, "the job was over before an executor could be killed"
    assert_same(found, hearsay, pipeline, tmp_path)


def active_stages(spark):
    tracker = spark.sparkContext.statusTracker()
    return [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]


def executors(application):
    """The processes of the executors of this application."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and application.encode() in words:
            found.append(int(pid))
    return found
