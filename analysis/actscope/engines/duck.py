"""The embedded engine: DuckDB, in this process."""

from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from actscope.engines.engine import Engine, require_columns
from actscope.engines.statements import REQUIRED


class DuckEngine(Engine):
    """``with DuckEngine(acts) as engine:`` – a table of acts in memory, or in a Parquet file."""

    def __init__(self, acts: pa.Table | str | Path) -> None:
        """Raises ``ColumnMissingError``, ``NotAnInstantError``."""
        held = acts if isinstance(acts, pa.Table) else None
        require_columns(held.schema if held is not None else pq.read_schema(acts))
        self._base = duckdb.connect(":memory:")
        self._base.execute("SET TimeZone = 'UTC'")
        if held is not None:
            self._base.register("loaded", held.select(list(REQUIRED)))
            source = self._base.table("loaded")
        else:
            source = self._base.read_parquet(str(acts))
        source.select('*, epoch_us("at") AS at_us').create_view("acts")

    def answer(self, statement: str) -> pa.Table:
        return self._base.sql(statement).to_arrow_table()

    def __enter__(self) -> "DuckEngine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._base.close()
