"""What a worker does with a process that answers, fails, dies, hangs or cannot start."""

import os
import sys

import pytest

from hearsay_spark import HearsayError, Worker

FAKE = [sys.executable, os.path.join(os.path.dirname(__file__), "fake_hearsay.py")]


def documents(*texts):
    return [{"id": str(number), "text": text} for number, text in enumerate(texts)]


def test_every_document_is_answered_in_order():
    texts = [f"document {number}" for number in range(5000)]
    answers = list(Worker(FAKE).answers(documents(*texts)))
    assert [answer["text"] for answer in answers] == [text.upper() for text in texts]


def test_no_document_starts_no_process():
    assert list(Worker(["/nowhere/hearsay"]).answers([])) == []


def test_a_document_that_is_longer_than_pipe_and_window():
    text = "x" * 3_000_000
    answers = list(Worker(FAKE, window=1000).answers(documents("a", text, "b")))
    assert [len(answer["text"]) for answer in answers] == [1, len(text), 1]


def test_a_failed_document_is_answered_with_its_error():
    answers = list(Worker(FAKE).answers(documents("a", "fail", "b")))
    assert answers[1] == {"id": "1", "error": {"stage": "clean", "message": "no"}}


@pytest.mark.parametrize("before", [0, 1, 40])
def test_a_document_that_kills_the_process_costs_no_other(before):
    texts = ["a"] * before + ["die", "b", "die", "c"]
    answers = list(Worker(FAKE).answers(documents(*texts)))
    assert [answer["id"] for answer in answers] == [str(number) for number in range(len(texts))]
    assert [answer.get("text", "†") for answer in answers] == ["A"] * before + ["†", "B", "†", "C"]
    assert "signal 9" in answers[before]["error"]["message"]


def test_a_document_at_which_the_process_hangs_is_given_up():
    answers = list(Worker(FAKE, timeout=1).answers(documents("a", "hang", "b")))
    assert [answer.get("text", "†") for answer in answers] == ["A", "†", "B"]
    assert "gave no answer for 1 s" in answers[1]["error"]["message"]


def test_a_wrong_pipeline_is_an_error_of_the_task():
    with pytest.raises(HearsayError, match="no stage 'claen'"):
        list(Worker(FAKE).answers(documents("usage")))


def test_a_missing_binary_is_an_error_of_the_task():
    with pytest.raises(HearsayError, match="cannot start '/nowhere/hearsay'"):
        list(Worker(["/nowhere/hearsay"]).answers(documents("a")))


def test_answers_that_nobody_takes_leave_no_process_behind():
    answers = Worker(FAKE).answers(documents(*["a"] * 100))
    assert next(answers)["text"] == "A"
    answers.close()
