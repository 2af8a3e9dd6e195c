"""Answers of people to items, as numbers, with what is missing left open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.acts.loaded import UnreadableError
from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.acts.sources import column_names
from actscope.errors import InputError

Matrix = npt.NDArray[np.float64]
Use = Literal["pairwise", "listwise"]
"""Which answers a covariance rests on: ``pairwise``, all who answered both items; ``listwise``,
only those who answered every item."""

EMPTY_WORDS = ("NA",)
"""What stands for no answer, beside an empty cell."""


class ItemsTooFewError(InputError):
    """Fewer items than the measure is defined for."""

    code = "items_too_few"
    en = "{value} items were named; at least {least} are needed."
    zh = "仅列出 {value} 个题目，至少需要 {least} 个。"


class ItemEmptyError(InputError):
    """An item that nobody answered."""

    code = "item_empty"
    en = "Nobody answered “{field}”."
    zh = "没有人回答“{field}”。"


class ItemConstantError(InputError):
    """An item to which all answers are the same varies with nothing."""

    code = "item_constant"
    en = "All answers to “{field}” are the same ({value}); it cannot vary with others."
    zh = "“{field}”的所有回答都相同（{value}），无法计算相关。"


class AnswersTooFewError(InputError):
    """Fewer people than items: the covariances are not determined."""

    code = "answers_too_few"
    en = "{value} people answered the {items} items ({use}); at least {least} are needed."
    zh = "仅 {value} 人回答了这 {items} 个题目（{use}），至少需要 {least} 人。"


class AnswerOutOfRangeError(InputError):
    """An answer under the least or over the greatest allowed."""

    code = "answer_out_of_range"
    en = "Row {row}: the answer {value} to “{field}” is not within {low} to {high}."
    zh = "第 {row} 行：“{field}”的回答 {value} 不在 {low} 至 {high} 之间。"


class RangeEmptyError(InputError):
    """A least answer that is not under the greatest."""

    code = "range_empty"
    en = "The least answer ({low}) must be under the greatest ({high})."
    zh = "最小值（{low}）必须小于最大值（{high}）。"


class OutcomeUnvaryingError(InputError):
    """An outcome that differs between nobody."""

    code = "outcome_unvarying"
    en = "All values of the outcome “{field}” are the same; there is nothing to explain."
    zh = "结果变量“{field}”没有变化，无从解释。"


@dataclass(frozen=True, slots=True)
class Answers:
    """``values[i, j]`` is the answer of person i to item j, not-a-number where there is none."""

    items: tuple[str, ...]
    values: Matrix

    @property
    def missing_by_item(self) -> dict[str, int]:
        """How many people did not answer each item."""
        return dict(zip(self.items, np.isnan(self.values).sum(axis=0).tolist(), strict=True))

    @property
    def complete(self) -> Matrix:
        """The rows without a missing answer."""
        return self.values[~np.isnan(self.values).any(axis=1)]

    @property
    def incomplete(self) -> int:
        """How many people left at least one item out."""
        return len(self.values) - len(self.complete)

    def only(self, items: Sequence[str]) -> "Answers":
        """The same answers to some of the items."""
        places = [self.items.index(item) for item in items]
        return Answers(tuple(items), self.values[:, places])

    def within(self, low: float | None, high: float | None) -> "Answers":
        """These answers, all of which lie from ``low`` to ``high``; raises
        ``AnswerOutOfRangeError`` with the first row that does not, and ``RangeEmptyError``."""
        least = -np.inf if low is None else low
        most = np.inf if high is None else high
        if least >= most:
            raise RangeEmptyError(low=_shown(least), high=_shown(most))
        outside = np.argwhere((self.values < least) | (self.values > most))
        for row, place in outside[:1].tolist():
            raise AnswerOutOfRangeError(
                field=self.items[place],
                row=row + 1,
                value=_shown(self.values[row, place]),
                low=_shown(least),
                high=_shown(most),
            )
        return self

    def turned(self, items: Collection[str], low: float, high: float) -> "Answers":
        """The answers with those to ``items`` counted from the other end: low + high − answer."""
        turn = np.isin(self.items, list(items))
        return Answers(self.items, np.where(turn, low + high - self.values, self.values))

    def varying(self, *, least: int) -> "Answers":
        """These answers, of which each item has some that differ, and of at least ``least`` items;
        raises ``ItemsTooFewError``, ``ItemEmptyError``, ``ItemConstantError``."""
        if len(self.items) < least:
            raise ItemsTooFewError(value=len(self.items), least=least)
        for item, given in zip(self.items, self.values.T, strict=True):
            given = given[~np.isnan(given)]
            if not len(given):
                raise ItemEmptyError(field=item)
            if np.ptp(given) == 0:
                raise ItemConstantError(field=item, value=_shown(given[0]))
        return self


@dataclass(frozen=True, slots=True)
class Moments:
    """``covariances`` of the items, their ``correlations`` (pairwise: with the deviations of those
    who answered both), and ``n``, on how many people the weakest of them rests."""

    covariances: Matrix
    correlations: Matrix
    n: int


def answer_columns(source: str | Path) -> tuple[str, ...]:
    """The names of all columns of a file, in order; raises ``TableRefusedError`` when it cannot be
    read."""
    try:
        return column_names(Path(source))
    except UnreadableError:
        # Reading it in earnest says in full what is wrong.
        return tuple(read_columns(source, {}).table.column_names)


def read_answers(source: pa.Table | str | Path, items: Sequence[str]) -> Answers:
    """The answers to ``items`` in a table; an empty cell and ``NA`` are no answer.

    Raises ``TableRefusedError`` for a column that is not there, for text, and for an empty table.
    """
    columns = {
        item: Column(
            name=item,
            type="number",
            en="answer",
            zh="回答",
            required=True,
            empty_words=EMPTY_WORDS,
        )
        for item in items
    }
    table = read_columns(source, columns).table
    given = [table[item].to_numpy().astype(np.float64) for item in items]
    return Answers(tuple(items), np.column_stack(given))


def moments(answers: Answers, use: Use, *, spare: int = 0) -> Moments:
    """The covariances of the items (divisor n − 1) by ``use``.

    Raises ``AnswersTooFewError`` when fewer people than items + ``spare`` answered them (pairwise:
    some two of them), and ``ItemConstantError`` when those left answer an item all alike.
    """
    values = answers.values if use == "pairwise" else answers.complete
    given = ~np.isnan(values)
    together = given.T.astype(np.float64) @ given
    least = len(answers.items) + spare
    if (n := int(together.min(initial=np.inf))) < least:
        raise AnswersTooFewError(value=n, items=len(answers.items), use=use, least=least)
    Answers(answers.items, values).varying(least=1)
    # Around the mean of each item first: else large answers would cancel each other.
    centred = np.where(given, values - np.nanmean(values, axis=0), 0.0)
    sums = centred.T @ given
    products = centred.T @ centred - sums * sums.T / together
    squares = (centred**2).T @ given - sums**2 / together
    if np.any(flat := squares <= 0):
        place = int(np.flatnonzero(flat.any(axis=1))[0])
        answer = values[given[:, place], place][0]
        raise ItemConstantError(field=answers.items[place], value=_shown(answer))
    correlations = products / np.sqrt(squares * squares.T)
    return Moments(products / (together - 1), correlations, n)


def normalised(covariances: Matrix) -> Matrix:
    """Covariances with all variances brought to one."""
    deviation = np.sqrt(np.diag(covariances))
    unit: Matrix = covariances / np.outer(deviation, deviation)
    np.fill_diagonal(unit, 1.0)
    return unit


def _shown(value: float) -> str:
    return f"{value:g}"
