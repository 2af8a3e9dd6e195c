"""What an engine gives, whichever it is."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.counting import ColumnMissingError
from actscope.definition import Definition
from actscope.engines import statements
from actscope.errors import InputError
from actscope.results import Result
from actscope.zones import zone_named

_TEXT, _WHOLE, _FIGURE = pa.string(), pa.int64(), pa.float64()

STEP_TABLE = pa.schema(
    [
        *(("source", _TEXT), ("target", _TEXT), ("count", _WHOLE)),
        *(("mean_wait_hours", _FIGURE), ("median_wait_hours", _FIGURE)),
    ]
)
TIE_TABLE = pa.schema(
    [
        *(("phase", _TEXT), ("source", _TEXT), ("target", _TEXT)),
        *(("weight", _FIGURE), ("acts", _WHOLE)),
    ]
)
DAY_TABLE = pa.schema([("day", pa.date32()), ("kind", _TEXT), ("acts", _WHOLE)])

STEPS = Definition(
    en=(
        "Consecutive acts of one case, in order of time and then of position; hand-overs are those "
        "whose units differ. The wait is the hours between the two."
    ),
    zh=(
        "同一事项中按时间、再按位置排列的相邻行为；单位不同即为移交。等待时间为两次行为相隔的小时数。"
    ),
    source="van der Aalst, Reijers & Song 2005, Computer Supported Cooperative Work 14, 549–593.",
)
TIES = Definition(
    en="w_uv(p) = Σ over the acts of u with partner v in phase p of 1 ÷ the number of partners.",
    zh="w_uv(p)＝单位 u 在阶段 p 中与 v 共同的各次行为的“1÷伙伴数”之和。",
    source="Newman 2001, Phys. Rev. E 64, 016132.",
)
SPANS = Definition(
    en="Days from the first to the last act of a case.",
    zh="事项首个行为到最后一个行为的天数。",
    source="van der Aalst 2016, Process Mining: Data Science in Action.",
)
DAYS = Definition(
    en="Acts of collaboration by day of the time zone and kind.",
    zh="按时区日期和类型统计的协同行为数。",
    source="A count.",
)


class NotAnInstantError(InputError):
    """A column of times without a zone, or of something else."""

    code = "column_not_instants"
    en = "The column “{field}” holds {value}; an engine needs times with a zone."
    zh = "列“{field}”的类型为 {value}；此处需要带时区的时间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRows(Result):
    """``rows`` in the columns of ``STEP_TABLE``, most frequent first, then by name; ``n`` steps."""

    definition: Definition
    n: int
    rows: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFigures(Result):
    """Days from first to last act over ``n`` cases; ``None`` when there are none."""

    definition: Definition
    n: int
    mean: float | None
    median: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRows(Result):
    """``rows`` in the columns of ``TIE_TABLE``, by phase, heaviest first, then by name."""

    definition: Definition
    rows: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRows(Result):
    """``rows`` in the columns of ``DAY_TABLE``, by day and kind; ``n`` acts in ``zone``."""

    definition: Definition
    n: int
    zone: str
    rows: pa.Table


class Engine(ABC):
    """A table of acts in an engine. Every method gives the same on each engine, to the digit.

    The table has the columns ``statements.REQUIRED`` in the types of the schema of acts.
    """

    @abstractmethod
    def answer(self, statement: str) -> pa.Table:
        """The rows that one of ``statements`` gives."""

    def hand_overs(self) -> StepRows:
        """Hand-overs between units, by pair."""
        return _steps(self.answer(statements.HAND_OVERS))

    def directly_follows(self) -> StepRows:
        """Which kind of act directly follows which, by pair."""
        return _steps(self.answer(statements.FOLLOWS))

    def throughput(self) -> SpanFigures:
        """How long the cases last."""
        (row,) = self.answer(statements.THROUGHPUT).to_pylist()
        n = int(row["number"])
        mean = int(row["total"]) / n / _DAY if n else None
        median, high = (float(row[name]) / _DAY if n else None for name in ("middle", "high"))
        return SpanFigures(definition=SPANS, n=n, mean=mean, median=median, p95=high)

    def ties(self) -> TieRows:
        """The weighted ties of each phase; the phase is empty where the acts have none."""
        found = self.answer(statements.TIES)
        share = pc.divide(pc.cast(found["number"], _FIGURE), pc.cast(found["size"], _FIGURE))
        # Summed in one order, so that the last digit does not depend on the engine.
        ordered = found.append_column("share", share).sort_by([("size", "ascending")])
        keys = ["phase", "source", "target"]
        grouped = ordered.group_by(keys, use_threads=False)
        sums = grouped.aggregate([("share", "sum"), ("number", "sum")])
        weight = pc.round(sums["share_sum"], 9)
        columns = [*(sums[key] for key in keys), weight, pc.cast(sums["number_sum"], _WHOLE)]
        order = [
            *(("phase", "ascending"), ("weight", "descending")),
            *(("source", "ascending"), ("target", "ascending")),
        ]
        return TieRows(definition=TIES, rows=_table(columns, TIE_TABLE).sort_by(order))

    def per_day(self, zone: str = "UTC") -> DayRows:
        """Acts per day and kind. Raises ``UnknownZoneError``."""
        zone_named(zone)
        found = self.answer(statements.PER_DAY.format(zone=zone))
        rows = _table([found["day"], found["kind"], found["number"]], DAY_TABLE)
        return DayRows(
            definition=DAYS,
            n=int(pc.sum(rows["acts"]).as_py() or 0),
            zone=zone,
            rows=rows.sort_by([("day", "ascending"), ("kind", "ascending")]),
        )


_HOUR = 3_600_000_000
_DAY = 24 * _HOUR


def require_columns(schema: pa.Schema) -> None:
    """Raise ``ColumnMissingError`` or ``NotAnInstantError`` where a table is none of acts."""
    for name in statements.REQUIRED:
        if name not in schema.names:
            raise ColumnMissingError(field=name)
    at = schema.field("at").type
    if not (pa.types.is_timestamp(at) and at.tz):
        raise NotAnInstantError(field="at", value=str(at))


def _steps(found: pa.Table) -> StepRows:
    number = found["number"].to_numpy().astype(np.int64)
    mean = found["total"].to_numpy().astype(np.float64) / number / _HOUR
    median = found["middle"].to_numpy().astype(np.float64) / _HOUR
    rows = _table([found["source"], found["target"], number, mean, median], STEP_TABLE)
    order = [("count", "descending"), ("source", "ascending"), ("target", "ascending")]
    return StepRows(definition=STEPS, n=int(number.sum()), rows=rows.sort_by(order))


def _table(columns: list[Any], schema: pa.Schema) -> pa.Table:
    cast = [pc.cast(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(cast, schema=schema)
