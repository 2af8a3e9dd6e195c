"""Text as small whole numbers, so that everything after it is arithmetic on arrays."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]

DENSE = 1 << 22
"""Up to this many possible keys a table with a place for each (32 MB) beats sorting."""


@dataclass(frozen=True, slots=True)
class Coded:
    """``names[codes[i]]`` is the text of row i; the code −1 stands for an empty one."""

    codes: Codes
    names: tuple[str, ...]

    @property
    def empty(self) -> npt.NDArray[np.bool_]:
        """Which rows are empty."""
        return self.codes < 0


def coded(column: pa.ChunkedArray) -> Coded:
    """The column in codes, given in order of first appearance."""
    encoded = pc.cast(column, pa.string()).dictionary_encode().unify_dictionaries()
    encoded = encoded.combine_chunks()
    codes = pc.fill_null(encoded.indices, -1).to_numpy().astype(np.int64)
    return Coded(codes, tuple(encoded.dictionary.to_pylist()))


def coded_together(columns: Iterable[pa.ChunkedArray]) -> tuple[tuple[Codes, ...], tuple[str, ...]]:
    """Several columns in codes over one list of names."""
    columns = list(columns)
    chunks = [chunk for column in columns for chunk in pc.cast(column, pa.string()).chunks]
    all_of_them = coded(pa.chunked_array(chunks, pa.string()))
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return tuple(np.split(all_of_them.codes, ends)), all_of_them.names


def distinct(keys: Codes) -> Codes:
    """The distinct keys in ascending order. (NumPy's own way hashes, which is many times slower
    when most keys differ.)"""
    ordered = np.sort(keys)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


@dataclass(frozen=True, slots=True)
class Groups:
    """``keys``: the distinct keys in ascending order. ``sizes``: how often each comes. ``place``:
    for every element the place of its key among ``keys``."""

    keys: Codes
    sizes: Codes
    place: Codes


def groups_of(keys: Codes, bound: int) -> Groups:
    """The groups of equal keys; all keys are at least 0 and less than ``bound``."""
    if bound <= max(DENSE, 4 * len(keys)):
        return _groups_by_counting(keys, bound)
    return _groups_by_sorting(keys)


def _groups_by_counting(keys: Codes, bound: int) -> Groups:
    sizes = np.bincount(keys, minlength=bound)
    found = np.flatnonzero(sizes)
    lookup = np.zeros(bound, np.int64)
    lookup[found] = np.arange(len(found))
    return Groups(found, sizes[found], lookup[keys])


def _groups_by_sorting(keys: Codes) -> Groups:
    found = distinct(keys)
    place = np.searchsorted(found, keys)
    return Groups(found, np.bincount(place, minlength=len(found)), place)
