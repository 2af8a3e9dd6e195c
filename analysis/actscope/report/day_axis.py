"""Days on an axis. A silence of months is drawn narrow, so that what was done stays to be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from actscope.tempo.joint import SILENCE

SILENT_PART = 0.25
"""A silence that is no greater part of all days keeps its width; so the others are few."""

TICKS = 9
"""Dates below days drawn at full width, at most; one more after each silence."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAxis:
    """``days`` in order; ``silences``: the first and the last day of each stretch drawn narrow, all
    ``narrow`` days wide."""

    days: tuple[date, ...]
    silences: tuple[tuple[date, date], ...]
    narrow: float
    ordinals: tuple[int, ...]
    places: tuple[float, ...]

    def place(self, day: date) -> float:
        """Where a day stands; at full width one day is 1 wide."""
        return float(np.interp(day.toordinal(), self.ordinals, self.places))

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Places and dates, the year below the first date in it; months where the days are more
        than a year."""
        months = self.narrow * TICKS >= 365
        before: date | None = None
        for day in self.days:
            if any(first <= day <= last for first, last in self.silences):
                continue
            if before is not None and self.place(day) - self.place(before) < self.narrow:
                continue
            new_year = before is None or day.year > before.year
            yield (
                self.place(day),
                f"{day:%Y-%m}" if months else f"{day:%m-%d}" + f"\n{day:%Y}" * new_year,
            )
            before = day


def day_axis(days: Sequence[date], seen: Sequence[bool]) -> DayAxis:
    """The axis of ``days``, on which something is to be ``seen`` or not. What comes before the
    first such day and after the last is no silence."""
    span = (days[-1] - days[0]).days + 1
    there = [day for day, something in zip(days, seen, strict=True) if something]
    silences = [
        (before + DAY, after - DAY)
        for before, after in pairwise(there)
        if (after - before).days > max(SILENCE + 1, SILENT_PART * span)
    ]
    silent = sum((last - first).days for first, last in silences)
    narrow = (span - silent) / TICKS
    knots = [(days[0].toordinal(), 0.0)]
    for first, last in silences:
        ordinal, place = knots[-1]
        begin = place + first.toordinal() - ordinal
        knots += [(first.toordinal(), begin), (last.toordinal(), begin + narrow)]
    ordinal, place = knots[-1]
    knots.append((days[-1].toordinal(), place + days[-1].toordinal() - ordinal))
    return DayAxis(
        days=tuple(days),
        silences=tuple(silences),
        narrow=narrow,
        ordinals=tuple(ordinal for ordinal, _ in knots),
        places=tuple(place for _, place in knots),
    )
