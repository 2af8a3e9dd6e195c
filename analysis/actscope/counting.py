"""How many acts a figure rests on, and how many could not be used."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.schema import ACTS
from actscope.errors import InputError

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """``n`` acts were used; ``missing_by`` gives per reason how many should have been and lack
    something (an act counts under the first reason that holds); ``set_aside`` acts were not asked
    about. The three together are all rows."""

    n: int
    missing_by: tuple[tuple[str, int], ...]
    set_aside: int

    @property
    def missing(self) -> int:
        """How many acts should have been used and could not."""
        return sum(number for _, number in self.missing_by)

    def counts_dict(self) -> dict[str, Any]:
        """``{n, missing, missing_by: {reason: number}, set_aside}``."""
        return {
            "n": self.n,
            "missing": self.missing,
            "missing_by": dict(self.missing_by),
            "set_aside": self.set_aside,
        }


class ColumnMissingError(InputError):
    """A table without a column that the analysis requires."""

    code = "column_missing"
    en = "The column “{field}” is required and is not there."
    zh = "缺少必需的列“{field}”。"


def column_of(acts: pa.Table, name: str) -> pa.ChunkedArray:
    """The column ``name`` of a table of acts; an optional column that is absent is all empty.

    Raises ``ColumnMissingError`` when the schema requires it.
    """
    if name in acts.column_names:
        return acts[name]
    if name in ACTS.required:
        raise ColumnMissingError(field=name)
    return pa.chunked_array([pa.nulls(acts.num_rows, pa.string())])


def asked_about(acts: pa.Table, kinds: Collection[str] | None) -> Mask:
    """Which acts a question is about: those of ``kinds``, or, when it is ``None``, all that are
    collaboration (their kind is not empty)."""
    kind = column_of(acts, "kind")
    if kinds is None:
        return mask_of(pc.is_valid(kind))
    return mask_of(pc.is_in(kind, value_set=pa.array(sorted(kinds), pa.string())))


def mask_of(column: pa.ChunkedArray) -> Mask:
    """A column of booleans without empty values, as an array."""
    mask: Mask = column.to_numpy().astype(np.bool_, copy=False)
    return mask


def split_by_reason(
    asked: Mask, reasons: Collection[tuple[str, Mask]]
) -> tuple[Mask, tuple[tuple[str, int], ...]]:
    """Which of the ``asked`` acts no reason keeps out, and how many each reason keeps out, an act
    counting under the first that holds."""
    used = asked.copy()
    numbers = []
    for reason, lacking in reasons:
        numbers.append((reason, int(np.count_nonzero(used & lacking))))
        used &= ~lacking
    return used, tuple(numbers)
