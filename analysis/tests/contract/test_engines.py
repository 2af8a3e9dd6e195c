"""Every engine gives the same, and what the measures of the library give. The contract is written
once; each engine inherits it."""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.counting import ColumnMissingError
from actscope.engines.duck import DuckEngine
from actscope.engines.engine import Engine, NotAnInstantError
from actscope.network.ties import ties
from actscope.process.directly_follows import directly_follows
from actscope.process.events import event_log
from actscope.process.hand_overs import hand_overs
from actscope.tempo.per_day import acts_per_day
from actscope.zones import UnknownZoneError

MakeActs = Callable[..., pa.Table]
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def acts(make_acts: MakeActs) -> pa.Table:
    """Three hundred acts with all that can be missing, equal times and repeated partners."""
    rng = np.random.default_rng(11)
    units = ["health", "hospital", "street", "grid", "firm", "卫健委"]

    def one_of(values: list[Any]) -> Any:
        return values[rng.integers(len(values))]

    rows = [
        {
            "by_unit": one_of([None, *units]),
            "with_units": one_of([None, []]) or [one_of(units) for _ in range(rng.integers(5))],
            "kind": one_of([None, "ask", "answer", "serve"]),
            "phase": one_of([None, "watch", "respond"]),
            "about_kind": one_of([None, "task", "ticket"]),
            "about_id": one_of([None, *"12345678"]),
            "at": START + timedelta(minutes=int(rng.integers(4_000)) * 5),
        }
        for _ in range(300)
    ]
    return make_acts(*rows)


class EngineContract(ABC):
    """What holds on every engine."""

    @abstractmethod
    def engine(self, acts: pa.Table | Path) -> Engine:
        """The engine with these acts."""

    @pytest.fixture
    def loaded(self, acts: pa.Table) -> Engine:
        return self.engine(acts)

    def test_hand_overs_are_those_of_the_measure(self, loaded: Engine, acts: pa.Table) -> None:
        found, exact = loaded.hand_overs(), hand_overs(acts, top=None)

        assert found.n == exact.number
        assert [
            (row["source"], row["target"], row["count"], row["median_wait_hours"])
            for row in found.rows.to_pylist()
        ] == [(row.source, row.target, row.number, row.median_wait_hours) for row in exact.rows]

    def test_what_follows_what_is_that_of_the_measure(self, loaded: Engine, acts: pa.Table) -> None:
        used = [row for row in acts.to_pylist() if row["kind"] and row["about_id"]]
        log = event_log(
            pa.table(
                {
                    "case": [f"{row['about_kind']}/{row['about_id']}" for row in used],
                    "time": pa.array([row["at"] for row in used], pa.timestamp("us", "UTC")),
                    "resource": pa.array([row["by_unit"] for row in used], pa.string()),
                    "activity": [row["kind"] for row in used],
                }
            )
        )

        found, exact = loaded.directly_follows().rows.to_pylist(), directly_follows(log).rows

        assert [(r["source"], r["target"], r["count"], r["median_wait_hours"]) for r in found] == [
            (arc.source, arc.target, arc.count, arc.median_wait_hours) for arc in exact
        ]
        assert [row["mean_wait_hours"] for row in found] == pytest.approx(
            [arc.mean_wait_hours for arc in exact], rel=1e-12
        )

    def test_ties_are_those_of_the_network(self, loaded: Engine, acts: pa.Table) -> None:
        exact = {
            (network.phase, row["source"], row["target"]): (row["weight"], row["acts"])
            for network in ties(acts).phases
            for row in network.ties.to_pylist()
        }

        found = [row for row in loaded.ties().rows.to_pylist() if row["phase"]]

        assert {
            (row["phase"], row["source"], row["target"]): (row["weight"], row["acts"])
            for row in found
        } == exact

    def test_days_are_those_of_the_zone(self, loaded: Engine, acts: pa.Table) -> None:
        exact = acts_per_day(acts, zone="Asia/Shanghai", at_least=1)
        expected = {
            (day, series.kind, number)
            for series in exact.by_kind
            for day, number in zip(exact.days, series.numbers, strict=True)
            if number
        }

        found = loaded.per_day("Asia/Shanghai")

        assert found.n == exact.n
        assert {tuple(row.values()) for row in found.rows.to_pylist()} == expected
        assert isinstance(found.rows["day"][0].as_py(), date)

    def test_cases_last_from_their_first_act_to_their_last(
        self, loaded: Engine, acts: pa.Table
    ) -> None:
        spans: dict[tuple[str | None, str], list[datetime]] = {}
        for row in acts.to_pylist():
            if row["kind"] and row["about_id"]:
                spans.setdefault((row["about_kind"], row["about_id"]), []).append(row["at"])
        days = [(max(times) - min(times)) / timedelta(days=1) for times in spans.values()]

        found = loaded.throughput()

        assert found.n == len(days)
        assert found.mean == pytest.approx(np.mean(days))
        assert (found.median, found.p95) == pytest.approx(tuple(np.quantile(days, [0.5, 0.95])))

    def test_every_engine_gives_the_same(self, loaded: Engine, acts: pa.Table) -> None:
        with DuckEngine(acts) as other:
            for name in ("hand_overs", "directly_follows", "throughput", "ties", "per_day"):
                assert getattr(loaded, name)() == getattr(other, name)(), name

    def test_a_parquet_file_is_the_same_table(
        self, loaded: Engine, acts: pa.Table, tmp_path: Path
    ) -> None:
        pq.write_table(acts, tmp_path / "acts.parquet")

        assert self.engine(tmp_path / "acts.parquet").hand_overs() == loaded.hand_overs()

    def test_no_acts_give_no_figures(self, make_acts: MakeActs) -> None:
        empty = self.engine(make_acts())

        assert (empty.hand_overs().n, empty.per_day().n, empty.ties().rows.num_rows) == (0, 0, 0)
        assert (empty.throughput().n, empty.throughput().median) == (0, None)

    def test_a_table_that_is_none_of_acts_is_refused(self, acts: pa.Table) -> None:
        with pytest.raises(ColumnMissingError, match="position"):
            self.engine(acts.drop_columns(["position"]))
        with pytest.raises(NotAnInstantError, match="at"):
            self.engine(acts.set_column(3, "at", acts["at"].cast(pa.timestamp("us"))))

    def test_an_unknown_zone_is_refused(self, loaded: Engine) -> None:
        with pytest.raises(UnknownZoneError):
            loaded.per_day("Asia/Nowhere' OR TRUE")


class TestDuckEngine(EngineContract):
    """DuckDB, embedded."""

    def engine(self, acts: pa.Table | Path) -> Engine:
        return DuckEngine(acts)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One session for all tests: it takes seconds to start."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java, and there is none")
    sql = pytest.importorskip("pyspark.sql", reason="the extra “spark” is not installed")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .appName("actscope")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "512m")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.mark.xdist_group("spark")
class TestSparkEngine(EngineContract):
    """Spark, on this machine."""

    @pytest.fixture(autouse=True)
    def _session(self, spark: Any) -> None:
        self.spark = spark

    def engine(self, acts: pa.Table | Path) -> Engine:
        from actscope.engines.spark import SparkEngine  # noqa: PLC0415 – only where Spark is

        return SparkEngine(self.spark, acts)
