"""Reading tables of acts and of actors, or refusing them with every reason."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from actscope.acts.checking import LIMIT, examined
from actscope.acts.report import Report
from actscope.acts.schema import ACTORS, ACTS, Schema


class TableRefusedError(ValueError):
    """A table with errors; ``report`` lists them."""

    code = "table_refused"

    def __init__(self, report: Report) -> None:
        first = next((issue for issue in report.issues if issue.level == "error"), None)
        more = f" ({report.errors} errors in all)" if report.errors > 1 else ""
        super().__init__(f"{first.sentence() if first else self.code}{more}")
        self.report = report


@dataclass(frozen=True, slots=True)
class Reading:
    """A table that was read in the types of its schema, and the warnings that came with it."""

    table: pa.Table
    report: Report


def read_acts(
    source: pa.Table | str | Path,
    *,
    zone: str | None = None,
    columns: Collection[str] | None = None,
) -> Reading:
    """Read a table of acts from a Parquet, CSV or DuckDB file (table ``acts``), or from memory.

    ``zone``: the IANA time zone of times that carry none; without it such times are refused.
    ``columns``: read and check only these, which is faster; ``KeyError`` for an unknown name.
    The rows keep the order of the file. Raises ``TableRefusedError`` with the full report.
    """
    return _read(source, ACTS, zone, columns)


def read_actors(
    source: pa.Table | str | Path,
    *,
    zone: str | None = None,
    columns: Collection[str] | None = None,
) -> Reading:
    """Read a table of units from a Parquet, CSV or DuckDB file (table ``actors``), or from memory.

    Arguments and errors as for ``read_acts``.
    """
    return _read(source, ACTORS, zone, columns)


def check_acts(
    source: pa.Table | str | Path, *, zone: str | None = None, limit: int = LIMIT
) -> Report:
    """The dry run of ``read_acts``: what is wrong, at most ``limit`` rows listed per code and
    field. It raises for nothing that the file or the table holds."""
    return examined(source, ACTS, ACTS, zone=zone, limit=limit)[1]


def check_actors(
    source: pa.Table | str | Path, *, zone: str | None = None, limit: int = LIMIT
) -> Report:
    """The dry run of ``read_actors``."""
    return examined(source, ACTORS, ACTORS, zone=zone, limit=limit)[1]


def _read(
    source: pa.Table | str | Path,
    schema: Schema,
    zone: str | None,
    columns: Collection[str] | None,
) -> Reading:
    wanted = schema if columns is None else schema.only(columns)
    table, report = examined(source, wanted, schema, zone=zone)
    if table is None or not report.ok:
        raise TableRefusedError(report)
    return Reading(table, report)
