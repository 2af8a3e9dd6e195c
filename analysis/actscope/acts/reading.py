"""Reading tables of acts and of actors, or refusing them with every reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from actscope.acts.checking import LIMIT, examined
from actscope.acts.report import Report
from actscope.acts.schema import ACTORS, ACTS, CASES, NEEDS, SCHEMAS, TIES, Column, Schema
from actscope.errors import InputError


class TableRefusedError(InputError):
    """A table with errors: ``report`` lists them; code and sentence are those of the first."""

    code = "table_refused"
    en = "The table “{value}” has {errors} errors."
    zh = "表“{value}”有 {errors} 处错误。"

    def __init__(self, report: Report) -> None:
        self.report = report
        self.code = next((i.code for i in report.issues if i.level == "error"), self.code)
        super().__init__(value=report.table, errors=report.errors)

    def sentence(self, language: str = "en") -> str:
        first = next((issue for issue in self.report.issues if issue.level == "error"), None)
        if first is None or self.report.errors > 1:
            total = super().sentence(language)
            return f"{first.sentence(language)} {total}" if first else total
        return first.sentence(language)


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


def read_ties(source: pa.Table | str | Path) -> Reading:
    """Read a table of ties; errors as for ``read_acts``."""
    return _read(source, TIES, None, None)


def read_cases(source: pa.Table | str | Path, *, zone: str | None = None) -> Reading:
    """Read a table of cases; errors as for ``read_acts``."""
    return _read(source, CASES, zone, None)


def read_needs(source: pa.Table | str | Path, *, zone: str | None = None) -> Reading:
    """Read a table of needs, or of stock; errors as for ``read_acts``."""
    return _read(source, NEEDS, zone, None)


def read_columns(
    source: pa.Table | str | Path,
    columns: Mapping[str, Column],
    *,
    table: str = "table",
    zone: str | None = None,
    some_rows: bool = True,
) -> Reading:
    """Read a table whose columns the user names.

    ``columns``: for each name in the result the column of the file (several may read one). Further
    columns of the file are left alone. ``table``: what the table is called in a report, and in a
    DuckDB file. ``some_rows``: refuse a table without rows (``file_without_rows``). Raises
    ``TableRefusedError``.
    """
    by_name = {column.name: column for column in columns.values()}
    found, report = examined(
        source, Schema(table, tuple(by_name.values())), None, zone=zone, some_rows=some_rows
    )
    if found is None or not report.ok:
        raise TableRefusedError(report)
    present = {
        name: column for name, column in columns.items() if column.name in found.column_names
    }
    chosen = pa.table({name: found[column.name] for name, column in present.items()})
    return Reading(chosen, report)


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


def check_table(
    source: pa.Table | str | Path, name: str, *, zone: str | None = None, limit: int = LIMIT
) -> Report:
    """The dry run of reading a table of the schema ``name``."""
    return examined(source, SCHEMAS[name], SCHEMAS[name], zone=zone, limit=limit)[1]


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
