"""Runs a Hearsay pipeline over a Spark DataFrame or RDD, partition by partition.

    from hearsay_spark import Pipeline

    news = Pipeline(spark, "pipelines/news.yaml", hearsay=".build/release/hearsay")
    found = news.over(articles, text="body", id="url")
    found.select("url", "hearsay.quotes").show()
    found.where("quarantine is not null").show()
"""

from .pipeline import Pipeline
from .worker import HearsayError, Worker

__all__ = ["HearsayError", "Pipeline", "Worker"]
