"""A table of places: what was measured of each, and whether more of it is good."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from actscope.compare.sets import Floats
from actscope.errors import InputError

Constant = Literal["refuse", "drop"]

MOST = 1e100
"""No unit makes larger values sensible, or the largest smaller than one over this."""

ROUNDING = 1e-12
"""Values that differ by less, of the largest, are equal."""


class PlacesTooFewError(InputError):
    """Nothing to compare with."""

    code = "places_too_few"
    en = "Only {value} of {total} places have all indicators; it takes 2 to compare."
    zh = "{total} 个地区中仅 {value} 个具有全部指标；至少需要 2 个才能比较。"


class IndicatorsNoneError(InputError):
    """Nothing to compare by."""

    code = "indicators_none"
    en = "There is no indicator to compare by."
    zh = "没有可供比较的指标。"


class IndicatorRepeatedError(InputError):
    """One indicator twice."""

    code = "indicator_repeated"
    en = "The indicator “{field}” is given more than once."
    zh = "指标“{field}”重复给出。"


class IndicatorAllMissingError(InputError):
    """An indicator that no place has."""

    code = "indicator_all_missing"
    en = "No place has a value of “{field}”."
    zh = "所有地区均缺少指标“{field}”。"


class IndicatorConstantError(InputError):
    """An indicator in which all places are alike."""

    code = "indicator_constant"
    en = "All complete places have the same “{field}” ({value}): leave it out, or ask to drop it."
    zh = "所有数据完整地区的“{field}”相同（{value}）：请去掉该指标，或选择自动剔除。"


class IndicatorScaleError(InputError):
    """An indicator whose squares a computer cannot hold."""

    code = "indicator_scale"
    en = "The values of “{field}” reach {value}; give it in another unit."
    zh = "“{field}”的数值达到 {value}；请换用其他单位。"


@dataclass(frozen=True, slots=True)
class Indicators:
    """``values[i, j]`` is the indicator ``names[j]`` of ``places[i]``, not-a-number where it is
    missing; ``cost[j]`` says that less of it is better."""

    places: tuple[str, ...]
    names: tuple[str, ...]
    values: Floats
    cost: tuple[bool, ...]

    @property
    def complete(self) -> "Indicators":
        """Only the places that have all indicators."""
        kept = np.flatnonzero(~np.isnan(self.values).any(axis=1))
        places = tuple(self.places[i] for i in kept.tolist())
        return replace(self, places=places, values=self.values[kept])

    def only(self, names: Sequence[str]) -> "Indicators":
        """Only these indicators, in the order of the table."""
        kept = [j for j, name in enumerate(self.names) if name in names]
        return Indicators(
            self.places,
            tuple(self.names[j] for j in kept),
            self.values[:, kept],
            tuple(self.cost[j] for j in kept),
        )


def comparable(table: Indicators, *, constant: Constant) -> tuple[Indicators, tuple[str, ...]]:
    """The table without the indicators in which its complete places are alike, and the names of
    those; they are refused unless ``constant`` is ``drop``.

    Raises ``IndicatorsNoneError``, ``IndicatorRepeatedError``, ``IndicatorAllMissingError``,
    ``PlacesTooFewError``, ``IndicatorScaleError``, ``IndicatorConstantError``.
    """
    if not table.names:
        raise IndicatorsNoneError
    for j, name in enumerate(table.names):
        if table.names.count(name) > 1:
            raise IndicatorRepeatedError(field=name)
        if np.isnan(table.values[:, j]).all():
            raise IndicatorAllMissingError(field=name)
    held = table.complete
    if len(held.places) < 2:
        raise PlacesTooFewError(value=len(held.places), total=len(table.places))
    largest = np.abs(held.values).max(axis=0)
    for name, value in zip(held.names, largest.tolist(), strict=True):
        if value and not 1 / MOST < value < MOST:
            raise IndicatorScaleError(field=name, value=f"{value:g}")
    alike = np.ptp(held.values, axis=0) <= ROUNDING * largest
    dropped = tuple(table.names[j] for j in np.flatnonzero(alike).tolist())
    if dropped and constant == "refuse":
        value = held.values[0, held.names.index(dropped[0])]
        raise IndicatorConstantError(field=dropped[0], value=f"{value:g}")
    if len(dropped) == len(table.names):
        raise IndicatorsNoneError
    return table.only([name for name in table.names if name not in dropped]), dropped
