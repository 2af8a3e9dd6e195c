"""Days and hours of the story: how much happens when, and that people sleep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Asia/Shanghai")
YEAR: Final = 2020
_EVENING, _MORNING = time(22, 40), time(6, 50)
_AWAKE_AT_NIGHT = 0.05


def moment(text: str) -> datetime:
    """ "01-23 15:30" of the story's year, in Zhejiang; "24:00" is the end of the day."""
    day, _, clock = text.partition(" ")
    hour, minute = map(int, (clock or "00:00").split(":"))
    return datetime.combine(day_of(day), time(0), ZONE) + timedelta(hours=hour, minutes=minute)


def day_of(text: str) -> date:
    """ "01-23" of the story's year."""
    month, day = map(int, text.split("-"))
    return date(YEAR, month, day)


def wakeful(at: datetime, chance: Random) -> datetime:
    """``at``, or where that is at night, mostly some time in the morning after."""
    local = at.astimezone(ZONE)
    if _MORNING <= local.time() < _EVENING or chance.random() < _AWAKE_AT_NIGHT:
        return at
    day = local.date() + timedelta(days=1 if local.time() >= _EVENING else 0)
    start = datetime.combine(day, time(7, 0), ZONE)
    return start + timedelta(hours=min(chance.expovariate(0.5), 6))


def half_hour(at: datetime) -> datetime:
    """The next full or half hour: due times are round."""
    whole = at.replace(minute=0, second=0, microsecond=0)
    while whole < at:
        whole += timedelta(minutes=30)
    return whole


def by_day(at: datetime) -> datetime:
    """The next full or half hour at which somebody is at work: nobody asks for anything by
    three in the morning."""
    local = half_hour(at).astimezone(ZONE)
    if time(8) <= local.time() <= time(22):
        return local
    day = local.date() + timedelta(days=1 if local.time() > time(22) else 0)
    return datetime.combine(day, time(9), ZONE)


def between(points: Mapping[str, float], day: date) -> float:
    """The value on ``day``, linear between dated points and constant outside of them."""
    known = sorted((day_of(text), float(value)) for text, value in points.items())
    if day <= known[0][0]:
        # A subject that starts with nothing is not there before.
        return known[0][1]
    for (first, low), (second, high) in pairwise(known):
        if day <= second:
            return low + (high - low) * ((day - first).days / (second - first).days)
    return known[-1][1]


@dataclass(frozen=True)
class Season:
    """The days of the story, its peak, and the shape of the curve between."""

    first: date
    last: date
    peak: date
    start_share: float
    half_life: float
    weekend: float

    @classmethod
    def of(cls, tempo: Mapping[str, Any]) -> "Season":
        """From the scenario's file."""
        return cls(
            first=tempo["from"],
            last=datetime.fromisoformat(tempo["until"]).date(),
            peak=tempo["peak"],
            start_share=float(tempo["start_share"]),
            half_life=float(tempo["half_life_days"]),
            weekend=float(tempo["weekend"]),
        )

    def days(self) -> list[date]:
        """All days, first and last included."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def share(self, day: date) -> float:
        """How much is asked for on a day, 1 at the peak: up in equal steps of the logarithm,
        down by half in each half-life."""
        before = (self.peak - day).days
        if before >= 0:
            rise = (self.peak - self.first).days
            share = float(self.start_share ** (before / rise))
        else:
            share = float(0.5 ** (-before / self.half_life))
        return share * (self.weekend if day.weekday() >= 5 else 1.0)

    def along(self, three: Sequence[float], day: date) -> float:
        """A value that has given sizes on the first day, at the peak and on the last day."""
        first, peak, last = three
        if day <= self.peak:
            done = (day - self.first).days / (self.peak - self.first).days
            return first + (peak - first) * done
        done = (day - self.peak).days / (self.last - self.peak).days
        return peak + (last - peak) * done
