"""Time that counts on working days only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tongzhou.library.kinds.calendar import CalendarBody

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """A calendar made quick to ask. Time passes on working days, from midnight to midnight of
    its zone, and stands still on all others."""

    zone: ZoneInfo
    weekend: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

    @classmethod
    def of(cls, body: CalendarBody) -> "Workdays":
        """The calendar of a template."""
        off: set[date] = set()
        for holiday in body.holidays:
            last = holiday.to or holiday.day
            off.update(holiday.day + _DAY * n for n in range((last - holiday.day).days + 1))
        return cls(body.tz, frozenset(body.weekend), frozenset(off), frozenset(body.worked))

    def counts(self, day: date) -> bool:
        """True for a working day."""
        if day in self.worked:
            return True
        return day not in self.off and day.isoweekday() not in self.weekend

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The moment at which ``length`` of working time has passed since ``start``."""
        left = length
        for begin, end in self._stretches(start):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        raise AssertionError("a calendar has no end")

    def _stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The working days from ``start`` on, the first one from that moment. All in UTC, where
        a day on which the clocks are put forward has the hours that it has."""
        moment, day = start, start.astimezone(self.zone).date()
        while True:
            midnight = datetime.combine(day + _DAY, time(), self.zone).astimezone(start.tzinfo)
            if self.counts(day):
                yield moment, midnight
            moment, day = midnight, day + _DAY


def after(start: datetime, length: timedelta, calendar: Workdays | None) -> datetime:
    """The end of a length of time; without a calendar all time counts."""
    return start + length if calendar is None else calendar.after(start, length)
