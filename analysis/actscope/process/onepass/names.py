"""Text as whole numbers in order of first appearance, batch after batch, without a Python loop
over rows."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]
Kind = TypeVar("Kind", bound=np.generic)

EMPTY = np.int32(-1)
UNSEEN = np.int32(-2)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A column of text: row i holds ``words[index[i]]``, or nothing (−1); word j is the bytes from
    ``offsets[j]`` to ``offsets[j + 1]`` of ``data``. ``memo[j]`` is its code once it was met."""

    words: pa.StringArray
    index: Codes
    offsets: Codes
    data: Bytes
    memo: Codes

    @property
    def bytes(self) -> int:
        """How many bytes the words have."""
        return int(self.offsets[-1] - self.offsets[0])


@dataclass(slots=True)
class NameTable:
    """Names and their codes. ``heads`` is a hash table with open addressing: half of the hash, and
    the code plus one (0: free). A name is found by all its bytes, so two names never fall
    together."""

    heads: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(1024, np.uint64))
    hashes: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(512, np.uint64))
    ends: Ints = field(default_factory=lambda: np.empty(512, np.int64))
    data: Bytes = field(default_factory=lambda: np.empty(8192, np.uint8))
    used: Ints = field(default_factory=lambda: np.zeros(2, np.int64))
    """How many names, and how many bytes of them."""

    def __len__(self) -> int:
        return int(self.used[0])

    def make_room(self, *columns: Dictionary) -> None:
        """Room for every word of the columns, were all of them new."""
        names = len(self) + sum(len(column.memo) for column in columns)
        size = int(self.used[1]) + sum(column.bytes for column in columns)
        self.hashes = grown(self.hashes, names)
        self.ends = grown(self.ends, names)
        self.data = grown(self.data, size)
        if 2 * names > len(self.heads):
            self.heads = np.zeros(_power(2 * names), np.uint64)
            _rehash(self.heads, self.hashes, int(self.used[0]))

    def text(self, code: int) -> str:
        """The name with that code. (Names may be added meanwhile.)"""
        begin = int(self.ends[code - 1]) if code else 0
        return self.data[begin : int(self.ends[code])].tobytes().decode()

    def texts(self) -> pa.StringArray:
        """All names, in order of their codes."""
        ends = self.ends[: len(self)]
        offsets = np.concatenate([[0], ends]).astype(np.int64)
        large = pa.LargeStringArray.from_buffers(
            len(self), pa.py_buffer(offsets), pa.py_buffer(self.data[: int(self.used[1])].copy())
        )
        return pc.cast(large, pa.string())

    def copy(self) -> "NameTable":
        """The same names, apart."""
        return NameTable(
            self.heads.copy(),
            self.hashes.copy(),
            self.ends.copy(),
            self.data.copy(),
            self.used.copy(),
        )


def name_table(texts: pa.Array) -> NameTable:
    """The table in which each of the distinct ``texts`` has its place as its code."""
    table = NameTable()
    column = dictionary_of(pa.array(texts, pa.string()))
    table.make_room(column)
    code_rows(column, table)
    return table


def dictionary_of(column: pa.Array, before: Dictionary | None = None) -> Dictionary:
    """A column of text, of numbers or of a dictionary of these. Where it has the same words as the
    one ``before`` it, what is known of these is kept."""
    if not pa.types.is_dictionary(column.type):
        column = pc.cast(column, pa.string()).dictionary_encode()
    words = pc.cast(column.dictionary, pa.string())
    if words.null_count:
        column = pc.cast(column, pa.string()).dictionary_encode()
        words = column.dictionary
    index = pc.cast(column.indices, pa.int32())
    if index.null_count:
        index = pc.fill_null(index, EMPTY.item())
    index = index.to_numpy()
    if before is not None and words.equals(before.words):
        return replace(before, index=index)
    _, offsets, data = words.buffers()
    return Dictionary(
        words,
        index,
        # The words may be a slice of a longer array.
        np.frombuffer(offsets, np.int32)[words.offset : words.offset + len(words) + 1]
        if len(words)
        else np.zeros(1, np.int32),
        np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8),
        np.full(len(words), UNSEEN, np.int32),
    )


def no_text(rows: int) -> Dictionary:
    """A column that is empty throughout."""
    nothing = np.empty(0, np.int32)
    index = np.full(rows, EMPTY, np.int32)
    words = pa.array([], pa.string())
    return Dictionary(words, index, np.zeros(1, np.int32), np.empty(0, np.uint8), nothing)


def code_rows(column: Dictionary, table: NameTable) -> Codes:
    """The code of each row, −1 where it is empty; new names are added in order of the rows. Room
    was made before."""
    codes = np.empty(len(column.index), np.int32)
    _code_rows(
        codes,
        *(column.index, column.offsets, column.data, column.memo),
        *(table.heads, table.hashes, table.ends, table.data, table.used),
    )
    return codes


def grown(array: npt.NDArray[Kind], length: int) -> npt.NDArray[Kind]:
    """The array with room for ``length`` rows, at least twice as long if it must grow."""
    if length <= len(array):
        return array
    longer = np.empty((max(length, 2 * len(array)), *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer


def _power(number: int) -> int:
    return 1 << int(number - 1).bit_length()


@njit(cache=True, nogil=True)
def coded_word(word, offsets, words, memo, heads, hashes, ends, data, used):  # type: ignore[no-untyped-def]
    """The code of one word, which becomes a name if it is none yet."""
    if memo[word] != -2:
        return memo[word]
    start, end = offsets[word], offsets[word + 1]
    if start == end:
        memo[word] = -1  # no characters mean empty
        return memo[word]
    hashed = np.uint64(14695981039346656037)  # FNV-1a
    for i in range(start, end):
        hashed = (hashed ^ np.uint64(words[i])) * np.uint64(1099511628211)
    mask = np.uint64(len(heads) - 1)
    tag = hashed >> np.uint64(32)
    place = (hashed ^ tag) & mask
    while heads[place]:
        if heads[place] >> np.uint64(32) == tag:
            code = np.int64(heads[place] & np.uint64(0xFFFFFFFF)) - 1
            begin = ends[code - 1] if code else 0
            if ends[code] - begin == end - start:
                same = True
                for i in range(end - start):
                    if data[begin + i] != words[start + i]:
                        same = False
                        break
                if same:
                    memo[word] = code
                    return memo[word]
        place = (place + np.uint64(1)) & mask
    code = used[0]
    heads[place] = (tag << np.uint64(32)) | np.uint64(code + 1)
    hashes[code] = hashed
    for i in range(end - start):
        data[used[1] + i] = words[start + i]
    ends[code] = used[1] + end - start
    used[1] += end - start
    used[0] += 1
    memo[word] = code
    return memo[word]


@njit(cache=True, nogil=True)
def _code_rows(codes, index, offsets, words, memo, heads, hashes, ends, data, used):  # type: ignore[no-untyped-def]
    for i in range(len(index)):
        word = index[i]
        if word < 0:
            codes[i] = -1
        elif memo[word] != -2:
            codes[i] = memo[word]
        else:
            codes[i] = coded_word(word, offsets, words, memo, heads, hashes, ends, data, used)


@njit(cache=True, nogil=True)
def _rehash(heads, hashes, number):  # type: ignore[no-untyped-def]
    mask = np.uint64(len(heads) - 1)
    for code in range(number):
        tag = hashes[code] >> np.uint64(32)
        place = (hashes[code] ^ tag) & mask
        while heads[place]:
            place = (place + np.uint64(1)) & mask
        heads[place] = (tag << np.uint64(32)) | np.uint64(code + 1)
