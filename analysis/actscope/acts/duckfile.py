"""Loading a table out of a DuckDB file."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from actscope.acts.loaded import Source, UnreadableError


def load(path: Path, *, table_name: str, wanted: Collection[str]) -> Source:
    """Load the columns of ``wanted`` from the table or view ``table_name``, in the order in which
    they were inserted. The file is opened read-only. Raises ``UnreadableError``."""
    try:
        with duckdb.connect(str(path), read_only=True) as base:
            if (table_name,) not in base.sql("SELECT name FROM (SHOW TABLES)").fetchall():
                raise UnreadableError("file_without_table", value=table_name)
            relation = base.table(table_name)
            names = tuple(relation.columns)
            chosen = [name for name in names if name in wanted]
            columns = relation.select(*(duckdb.ColumnExpression(name) for name in chosen))
            return Source(names, columns.to_arrow_table())
    except duckdb.Error as error:
        raise UnreadableError("file_unreadable", value=str(error).partition("\n")[0]) from error
