"""Figures of pairs, found by hashing, that grow as new pairs appear. All that is kept of a pair
stands together in memory, since on large tables looking elsewhere costs more than counting."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from numba import njit

from actscope.process.onepass.names import Ints

KEY, COUNT, SUM, NUMBER = range(4)
"""The columns: the key (−1: an empty cell), how often it came, a sum (floating point), and its
number in order of first appearance."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ ÷ the golden ratio: Knuth, TAOCP 3, 6.4


def _empty(size: int) -> Ints:
    cells = np.zeros((size, 4), np.int64)
    cells[:, KEY] = -1
    return cells


@dataclass(slots=True)
class Cells:
    """A hash table with open addressing, at most half full. ``used[0]``: how many keys."""

    table: Ints = field(default_factory=lambda: _empty(64))
    used: Ints = field(default_factory=lambda: np.zeros(1, np.int64))

    def __len__(self) -> int:
        return int(self.used[0])

    @property
    def sums(self) -> npt.NDArray[np.float64]:
        """The same memory, to be read in the column ``SUM``."""
        return self.table.view(np.float64)

    def make_room(self, more: int) -> None:
        """Room for ``more`` keys."""
        if 2 * (len(self) + more) > len(self.table):
            larger = _empty(1 << (2 * (len(self) + more) - 1).bit_length())
            _move(self.rows(), larger)
            self.table = larger

    def rows(self) -> Ints:
        """The filled cells in order of first appearance."""
        filled = self.table[self.table[:, KEY] >= 0]
        return filled[np.argsort(filled[:, NUMBER])]

    def copy(self) -> "Cells":
        """The same cells, apart."""
        return Cells(self.table.copy(), self.used.copy())


def cells_of(rows: Ints) -> Cells:
    """The table with these cells (as ``Cells.rows`` gave them)."""
    cells = Cells()
    cells.make_room(len(rows))
    _move(rows, cells.table)
    cells.used[0] = len(rows)
    return cells


@njit(cache=True, nogil=True)
def first_place(key, size):  # type: ignore[no-untyped-def]
    """Where the cell of a key is looked for first in a table of ``size`` cells.

    A loop looks there itself before it calls ``place_of``: most cells are there, and handing a
    table to another compiled function costs ten times as much as looking.
    """
    hashed = np.uint64(key) * _MULTIPLIER
    return (hashed ^ (hashed >> np.uint64(32))) & np.uint64(size - 1)


@njit(cache=True, nogil=True)
def place_of(key, table, used):  # type: ignore[no-untyped-def]
    """The place of the cell of a key ≥ 0, which is added if it is new: there is room for it."""
    mask = np.uint64(len(table) - 1)
    place = first_place(key, len(table))
    while table[place, KEY] >= 0:
        if table[place, KEY] == key:
            return place
        place = (place + np.uint64(1)) & mask
    table[place, KEY] = key
    table[place, NUMBER] = used[0]
    used[0] += 1
    return place


@njit(cache=True, nogil=True)
def _move(rows, table):  # type: ignore[no-untyped-def]
    used = np.zeros(1, np.int64)
    for i in range(len(rows)):
        place = place_of(rows[i, KEY], table, used)
        table[place] = rows[i]
