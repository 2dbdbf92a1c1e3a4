"""A Spark cluster of two executors on this machine, each a process of its own, and the `hearsay` to run there."""

import os
import sys

import pytest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))


@pytest.fixture(scope="session")
def hearsay():
    path = os.environ.get("HEARSAY", os.path.join(ROOT, "dist", "hearsay"))
    if not os.path.exists(path):
        pytest.skip(f"there is no {path}: run `make dist`, or name a binary in HEARSAY")
    return path


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory):
    """Fails at a text that is too long; drops texts that were there before."""
    path = tmp_path_factory.mktemp("pipelines") / "spark.yaml"
    path.write_text(
        "name: spark\n"
        "stages: [clean, deduplicate, split-sentences, extract-quotes, score-stance]\n"
        "input: { max_document_bytes: 20000 }\n"
        "on_error: skip\n"
    )
    return path


@pytest.fixture(scope="session")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    package = os.path.dirname(os.path.dirname(__file__))
    session = (
        sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("hearsay")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executorEnv.PYTHONPATH", package)
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
