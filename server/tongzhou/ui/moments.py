"""Times in words: how a moment, a distance to it and a duration read in the active language.

A list shows hundreds of them, so the patterns of a language are looked up once, and the text of
a moment is remembered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext, pgettext

from tongzhou.kernel import clock

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: Past this distance a date says more than a count of days.
FAR = 60 * DAY


@dataclass(frozen=True)
class Patterns:
    """How times are said in one language; dates by Django's date formats."""

    styles: dict[str, str]
    seconds: str
    minutes: str
    hours: str
    hours_minutes: str
    days: str
    days_hours: str
    just_now: str
    ahead: str
    ago: str
    overdue: str
    due_on: str
    due_now: str
    due_in: str


@lru_cache(maxsize=16)
def _patterns_of(language: str | None) -> Patterns:
    """The patterns of the language, which is the active one."""
    return Patterns(
        styles={
            "minute": pgettext("date format", "j M Y, H:i"),
            "short": pgettext("date format", "j M, H:i"),
            "day": pgettext("date format", "j M Y"),
            "time": pgettext("date format", "H:i"),
            "long": pgettext("date format", "l, j F Y, H:i:s"),
        },
        seconds=gettext("%(n)d s"),
        minutes=gettext("%(n)d min"),
        hours=gettext("%(n)d h"),
        hours_minutes=gettext("%(hours)d h %(minutes)d min"),
        days=gettext("%(n)d d"),
        days_hours=gettext("%(days)d d %(hours)d h"),
        just_now=gettext("just now"),
        ahead=gettext("in %(distance)s"),
        ago=gettext("%(distance)s ago"),
        overdue=gettext("overdue by %(distance)s"),
        due_on=gettext("due %(date)s"),
        due_now=gettext("due now"),
        due_in=gettext("due in %(distance)s"),
    )


def _patterns() -> Patterns:
    return _patterns_of(get_language())


def local_text(at: datetime, style: str = "minute", now: datetime | None = None) -> str:
    """The local time as text; ``style`` is minute, short, day, time or long. The short one
    says the year where it is not that of ``now`` (or of this moment). Raises ValueError for
    another style."""
    styles = _patterns().styles
    if style not in styles:
        raise ValueError(f"unknown style of a moment: {style!r}")
    local = timezone.localtime(at)
    # Chosen before the text is remembered, which would outlive the turn of the year.
    if style == "short" and local.year != timezone.localtime(now or clock.now()).year:
        style = "minute"
    return _formatted(local, styles[style], get_language())


@lru_cache(maxsize=8192)
def _formatted(local: datetime, pattern: str, language: str | None) -> str:
    """``language`` is the active one, in which the month is named."""
    return dateformat.format(local, pattern)


def duration_text(seconds: float) -> str:
    """A length of time in its two largest units: “2 h 5 min”, “3 d 4 h”, “40 s”."""
    said = _patterns()
    whole = int(abs(seconds))
    if whole < MINUTE:
        return said.seconds % {"n": whole}
    if whole < HOUR:
        return said.minutes % {"n": whole // MINUTE}
    if whole < DAY:
        hours, rest = divmod(whole, HOUR)
        if rest < MINUTE:
            return said.hours % {"n": hours}
        return said.hours_minutes % {"hours": hours, "minutes": rest // MINUTE}
    days, rest = divmod(whole, DAY)
    if rest < HOUR:
        return said.days % {"n": days}
    return said.days_hours % {"days": days, "hours": rest // HOUR}


def _coarse(distance: timedelta, said: Patterns) -> str:
    """A distance in its largest unit only: “5 min”, “3 h”, “2 d”."""
    whole = int(abs(distance.total_seconds()))
    if whole < HOUR:
        return said.minutes % {"n": whole // MINUTE}
    if whole < 2 * DAY:
        return said.hours % {"n": whole // HOUR}
    return said.days % {"n": whole // DAY}


def ago_text(at: datetime, now: datetime) -> str:
    """How long ago (or how far ahead) a moment is; a date when it is far."""
    said = _patterns()
    distance = now - at
    seconds = distance.total_seconds()
    if abs(seconds) < MINUTE:
        return said.just_now
    if abs(seconds) > FAR:
        return local_text(at, "day")
    return (said.ahead if seconds < 0 else said.ago) % {"distance": _coarse(distance, said)}


def due_text(at: datetime, now: datetime) -> str:
    """What is left until a due time, or by how much it has passed."""
    said = _patterns()
    distance = at - now
    seconds = distance.total_seconds()
    if seconds < 0:
        return said.overdue % {"distance": _coarse(distance, said)}
    if seconds > FAR:
        return said.due_on % {"date": local_text(at, "day")}
    if seconds < MINUTE:
        return said.due_now
    return said.due_in % {"distance": _coarse(distance, said)}


def urgency(at: datetime, now: datetime) -> str:
    """``overdue``, ``soon`` (under two hours left), ``today`` (under a day) or ``later``."""
    left = (at - now).total_seconds()
    if left < 0:
        return "overdue"
    if left < 2 * HOUR:
        return "soon"
    return "today" if left < DAY else "later"
