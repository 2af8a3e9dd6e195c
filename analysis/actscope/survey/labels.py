"""Words in columns that the user names, however the file stores them."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from actscope.acts.reading import TableRefusedError, read_columns
from actscope.acts.schema import Column, Type
from actscope.survey.answers import EMPTY_WORDS

Labels = tuple[str | None, ...]


def read_labels(
    source: pa.Table | str | Path, names: Sequence[str], *, unique: str | None = None
) -> dict[str, Labels]:
    """The columns as text; ``None`` for an empty cell and ``NA``. Numbers that the file stores as
    such are written out, whole ones without a point. In the column ``unique`` every row must hold
    a word of its own, and ``NA`` is one. Raises ``TableRefusedError``."""
    try:
        table = _read(source, dict.fromkeys(names, "text"), unique)
    except TableRefusedError as refusal:
        stored = {i.field for i in refusal.report.issues if i.code == "text_as_number"}
        if not stored:
            raise
        table = _read(source, {n: "number" if n in stored else "text" for n in names}, unique)
    return {name: tuple(map(_written, table[name].to_pylist())) for name in names}


def _read(source: pa.Table | str | Path, types: dict[str, Type], unique: str | None) -> pa.Table:
    columns = {
        name: Column(
            name=name,
            type=type_,
            en="label",
            zh="标签",
            required=True,
            filled=name == unique,
            unique=name == unique,
            empty_words=() if name == unique else EMPTY_WORDS,
        )
        for name, type_ in types.items()
    }
    return read_columns(source, columns).table


def _written(value: str | float | None) -> str | None:
    return repr(value).removesuffix(".0") if isinstance(value, float) else value
