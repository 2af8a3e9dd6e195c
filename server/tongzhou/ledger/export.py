"""The ledger as one Parquet file: what ``actscope`` reads."""

from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from tongzhou.ledger.canonical import FIELDS

_BATCH = 20_000
_TIMES: Final = ("at", "recorded_at", "asked_at", "due_at")
_LIST_MARK: Final = ";"
_PLAIN: Final = tuple(f for f in FIELDS if f != "audience")
_TEXT_IDS = {"id", "by_post", "by_unit", "incident", "about_id"}


def _column(name: str) -> str:
    if name in _TEXT_IDS or name == "data":
        return f"a.{name}::text"
    if name == "with_units":
        return "a.with_units::text[]"
    if name in {"kind", "phase", "area", "basis", "outcome", "evidence"}:
        return f"nullif(a.{name}, '')"
    return f"a.{name}"


def _written_column(name: str) -> str:
    """The column as text in CSV: times with their zone, a list with marks between."""
    if name == "with_units":
        return f"array_to_string(a.{name}::text[], '{_LIST_MARK}') AS {name}"
    if name in _TIMES:
        form = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
        return f"to_char(a.{name} AT TIME ZONE 'UTC', '{form}') AS {name}"
    return f"{_column(name)} AS {name}"


def _condition(incident: str, *, exercises: bool) -> sql.Composable:
    """Which acts: those of one incident, whatever it is, or all – those in exercises only
    where they are asked for."""
    if incident:
        return sql.SQL("WHERE a.incident = {}").format(sql.Literal(incident))
    return sql.SQL("" if exercises else "WHERE NOT coalesce((a.data->>'exercise')::bool, false)")


def export_csv(connection: psycopg.Connection, target: Path, *, incident: str = "") -> int:
    """As ``export``, but CSV: the database writes it, so this process stays as small as it
    is. For a process that lives long and hands the table on; ``actscope`` reads it too."""
    columns = ", ".join(["s.position", *map(_written_column, _PLAIN)])
    query = sql.SQL(
        "COPY (SELECT {} FROM ledger_seal s JOIN ledger_act a ON a.id = s.act_id {} "
        "ORDER BY s.position) TO STDOUT WITH (FORMAT csv, HEADER)"
    ).format(
        sql.SQL(columns),  # names of columns only
        _condition(incident, exercises=False),
    )
    with connection.cursor() as cursor:
        with target.open("wb") as file, cursor.copy(query) as copy:
            for chunk in copy:
                file.write(chunk)
        return cursor.rowcount


def export(
    connection: psycopg.Connection, target: Path, *, incident: str = "", exercises: bool = False
) -> int:
    """Writes all sealed acts (or those of one incident) in position order to ``target`` and
    returns their number; those in exercises only when ``exercises`` or their incident are
    asked for. The file appears whole or not at all.

    Columns: position (int64), the fields of an act but ``audience``; times in UTC with
    microseconds, ids as text, ``with_units`` a list of text, ``data`` JSON text; empty text
    is null.
    """
    import pyarrow as pa  # noqa: PLC0415 – 60 MB that only an export needs
    import pyarrow.parquet as pq  # noqa: PLC0415

    time = pa.timestamp("us", tz="UTC")
    types: dict[str, Any] = {f: pa.string() for f in _PLAIN}
    types.update(dict.fromkeys(_TIMES, time))
    types["with_units"] = pa.list_(pa.string())
    schema = pa.schema([("position", pa.int64()), *types.items()])
    columns = ", ".join(_column(name) for name in _PLAIN)
    query = sql.SQL(
        "SELECT s.position, {} FROM ledger_seal s JOIN ledger_act a ON a.id = s.act_id {} "
        "ORDER BY s.position"
    ).format(
        sql.SQL(columns),  # names of columns only
        _condition(incident, exercises=exercises),
    )
    partial = target.with_name(target.name + ".part")
    written = 0
    with connection.transaction(), connection.cursor(name="export") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(query)
        with pq.ParquetWriter(partial, schema, compression="zstd") as writer:
            while rows := cursor.fetchmany(_BATCH):
                arrays = [
                    pa.array(column, type=field.type)
                    for column, field in zip(zip(*rows, strict=True), schema, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                written += len(rows)
    partial.replace(target)
    return written
