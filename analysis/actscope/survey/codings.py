"""What raters made of the same units: codes, in an order where they have one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from actscope.errors import InputError
from actscope.survey.answers import Matrix
from actscope.survey.labels import Labels

Level = Literal["nominal", "ordinal", "interval"]
"""What may be said of two codes: that they differ, which is more, or also by how much."""

NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")


class RatersTooFewError(InputError):
    """Nobody to agree with."""

    code = "raters_too_few"
    en = "{value} rater was named; at least two are needed."
    zh = "仅列出 {value} 名编码员，至少需要两名。"


class RaterRepeatedError(InputError):
    """A rater who would agree with oneself."""

    code = "rater_repeated"
    en = "The rater “{field}” is named more than once."
    zh = "编码员“{field}”被重复列出。"


class RaterSilentError(InputError):
    """A rater without a single code."""

    code = "rater_silent"
    en = "The rater “{field}” coded nothing."
    zh = "编码员“{field}”没有任何编码。"


class UnitsTooFewError(InputError):
    """Fewer than two units that two raters coded."""

    code = "units_too_few"
    en = "Only {value} units were coded by two raters or more; at least 2 are needed."
    zh = "仅有 {value} 个单元由两名以上编码员编码，至少需要 2 个。"


class OrderUnknownError(InputError):
    """Words of which nobody said which is more."""

    code = "order_unknown"
    en = "“{value}” is not a number: say the order of the codes, from the lowest to the highest."
    zh = "“{value}”不是数字：请给出编码由低到高的顺序。"


class CodeNotNumberError(InputError):
    """A word where distances between codes are asked for."""

    code = "code_not_number"
    en = "Row {row}: the code “{value}” of “{field}” is not a number, as the interval level needs."
    zh = "第 {row} 行：“{field}”的编码“{value}”不是数字，定距水平需要数字。"


class CodeNotInOrderError(InputError):
    """A code that the order of codes leaves out."""

    code = "code_not_in_order"
    en = "Row {row}: the code “{value}” of “{field}” is not in the order of codes."
    zh = "第 {row} 行：“{field}”的编码“{value}”不在所给顺序中。"


@dataclass(frozen=True, slots=True)
class Codings:
    """``codes[i, j]``: the place among ``labels`` of what rater j made of unit i, −1 for nothing.
    ``values``: the labels as numbers in ascending order – their places where only the order is
    known – or ``None`` where they have none."""

    raters: tuple[str, ...]
    codes: npt.NDArray[np.int64]
    labels: tuple[str, ...]
    values: Matrix | None

    @property
    def given(self) -> npt.NDArray[np.bool_]:
        """Which codes are there."""
        return self.codes >= 0

    @property
    def counts(self) -> csr_array:
        """How many raters gave each label to each unit, a row per unit."""
        units, raters = np.nonzero(self.given)
        ones = np.ones(len(units))
        size = (len(self.codes), len(self.labels))
        return coo_array((ones, (units, self.codes[units, raters])), shape=size).tocsr()

    @property
    def complete(self) -> "Codings":
        """The units that every rater coded."""
        return Codings(self.raters, self.codes[self.given.all(axis=1)], self.labels, self.values)


def codings(
    columns: Mapping[str, Labels],
    *,
    level: Level | None = None,
    order: Sequence[str] = (),
) -> Codings:
    """The codes of each rater, a row per unit.

    Codes stand in ``order`` where it is given, as numbers where all are numbers and the level is
    not ``nominal``, and are words without order else. Raises the refusals of this module.
    """
    if len(columns) < 2:
        raise RatersTooFewError(value=len(columns))
    for rater, given in columns.items():
        if not any(code is not None for code in given):
            raise RaterSilentError(field=rater)
    labels, places, values = _scale(columns, level, tuple(order))
    codes = np.array(
        [[-1 if code is None else places[code] for code in given] for given in columns.values()],
        np.int64,
    ).T
    found = Codings(tuple(columns), codes, labels, values)
    if (coded_twice := int((found.given.sum(axis=1) > 1).sum())) < 2:
        raise UnitsTooFewError(value=coded_twice)
    return found


def _scale(
    columns: Mapping[str, Labels], level: Level | None, order: tuple[str, ...]
) -> tuple[tuple[str, ...], dict[str, int], Matrix | None]:
    """The labels in order, the place of each code among them, and their values."""
    used = sorted({code for given in columns.values() for code in given if code is not None})
    words = [code for code in used if not NUMBER.fullmatch(code.strip())]
    if level == "interval" and words:
        row, field, value = _first(columns, set(words))
        raise CodeNotNumberError(row=row, field=field, value=value)
    if order and level != "interval":
        if strange := set(used) - set(order):
            row, field, value = _first(columns, strange)
            raise CodeNotInOrderError(row=row, field=field, value=value)
        places = {code: place for place, code in enumerate(order)}
        return order, places, np.arange(len(order), dtype=np.float64)
    if level == "ordinal" and words:
        raise OrderUnknownError(value=words[0])
    if words or level == "nominal":
        return tuple(used), {code: place for place, code in enumerate(used)}, None
    # “1” and “1.0” are one number.
    values = sorted({float(code) for code in used})
    labels = tuple(f"{value:g}" for value in values)
    place_of = {value: place for place, value in enumerate(values)}
    places = {code: place_of[float(code)] for code in used}
    return labels, places, np.array(values)


def _first(columns: Mapping[str, Labels], codes: set[str]) -> tuple[int, str, str]:
    """Where one of these codes comes first: row, rater, code."""
    return min(
        (row, rater, code)
        for rater, given in columns.items()
        for row, code in enumerate(given, 1)
        if code in codes
    )
