"""A table as it stands in its file, and a file that cannot be loaded."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa


class UnreadableError(Exception):
    """A file that cannot be loaded; ``code`` is one of ``sentences.SENTENCES``."""

    def __init__(self, code: str, *, field: str | None = None, value: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.value = value


@dataclass(frozen=True, slots=True)
class Source:
    """A table as it stands in its file.

    ``names``: every column of the file. ``table``: the columns that were asked for. ``misshapen``:
    numbers of the data rows (from 1) that are not in ``table`` because their cells do not fit.
    """

    names: tuple[str, ...]
    table: pa.Table
    misshapen: tuple[int, ...] = ()


def refuse_repeated(names: Collection[str]) -> None:
    """Raise ``UnreadableError`` when two columns have one name."""
    for name, times in Counter(names).items():
        if times > 1:
            raise UnreadableError("column_repeated", field=name)
