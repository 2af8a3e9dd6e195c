"""The distributed engine: Spark, for what outgrows a machine."""

from pathlib import Path

import pyarrow as pa
import sqlglot
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import types as spark_types
from sqlglot import exp

from actscope.engines.engine import Engine, require_columns
from actscope.engines.statements import REQUIRED

VIEW = "acts"


class SparkEngine(Engine):
    """A table of acts as a frame of a running session, as Parquet that the session can read, or
    in memory. The session's time zone must be UTC: times are shown in it."""

    def __init__(self, session: SparkSession, acts: DataFrame | pa.Table | str | Path) -> None:
        """Raises ``ColumnMissingError``, ``NotAnInstantError``."""
        self._session = session
        session.conf.set("spark.sql.session.timeZone", "UTC")
        if isinstance(acts, pa.Table):
            require_columns(acts.schema)
            frame = session.createDataFrame(acts.select(list(REQUIRED)))
        else:
            frame = acts if isinstance(acts, DataFrame) else session.read.parquet(str(acts))
            require_columns(_arrow(frame))
        self._acts = frame.selectExpr("*", "unix_micros(at) AS at_us")

    def answer(self, statement: str) -> pa.Table:
        self._acts.createOrReplaceTempView(VIEW)
        return self._session.sql(translated(statement)).toArrow()


def translated(statement: str) -> str:
    """The statement in the dialect of Spark."""
    tree = sqlglot.parse_one(statement, read="duckdb")
    for node in tree.find_all(exp.PercentileCont):
        # Spark writes it with WITHIN GROUP or, as here, under another name.
        node.replace(exp.func("percentile", node.this, node.expression))
    return tree.sql(dialect="spark")


def _arrow(frame: DataFrame) -> pa.Schema:
    """The names of a frame's columns, and whether they are instants."""
    instant = pa.timestamp("us", "UTC")
    return pa.schema(
        [
            (field.name, instant)
            if isinstance(field.dataType, spark_types.TimestampType)
            else (field.name, pa.string())
            for field in frame.schema.fields
        ]
    )
