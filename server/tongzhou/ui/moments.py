"""Times in words: how a moment, a distance to it and a duration read in the active language."""

from datetime import datetime, timedelta

from django.utils import dateformat, timezone
from django.utils.translation import gettext, pgettext

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: Past this distance a date says more than a count of days.
FAR = 60 * DAY


def local_text(at: datetime, style: str = "minute") -> str:
    """The local time as text; ``style`` is minute, day, time, short or long."""
    local = timezone.localtime(at)
    return dateformat.format(local, _pattern(style))


def _pattern(style: str) -> str:
    """The pattern of Django's date formats for a style, in the active language."""
    match style:
        case "day":
            return pgettext("date format", "j M Y")
        case "time":
            return pgettext("date format", "H:i")
        case "short":
            return pgettext("date format", "j M, H:i")
        case "long":
            return pgettext("date format", "l, j F Y, H:i:s T")
        case "minute":
            return pgettext("date format", "j M Y, H:i")
    raise ValueError(f"unknown style of a moment: {style!r}")


def duration_text(seconds: float) -> str:
    """A length of time in its two largest units: “2 h 5 min”, “3 d 4 h”, “40 s”."""
    whole = int(abs(seconds))
    if whole < MINUTE:
        return gettext("%(n)d s") % {"n": whole}
    if whole < HOUR:
        return gettext("%(n)d min") % {"n": whole // MINUTE}
    if whole < DAY:
        hours, rest = divmod(whole, HOUR)
        if rest < MINUTE:
            return gettext("%(n)d h") % {"n": hours}
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest // MINUTE}
    days, rest = divmod(whole, DAY)
    if rest < HOUR:
        return gettext("%(n)d d") % {"n": days}
    return gettext("%(days)d d %(hours)d h") % {"days": days, "hours": rest // HOUR}


def coarse_text(distance: timedelta) -> str:
    """A distance in its largest unit only: “5 min”, “3 h”, “2 d”."""
    whole = int(abs(distance.total_seconds()))
    if whole < HOUR:
        return gettext("%(n)d min") % {"n": whole // MINUTE}
    if whole < 2 * DAY:
        return gettext("%(n)d h") % {"n": whole // HOUR}
    return gettext("%(n)d d") % {"n": whole // DAY}


def ago_text(at: datetime, now: datetime) -> str:
    """How long ago (or how far ahead) a moment is; a date when it is far."""
    distance = now - at
    seconds = distance.total_seconds()
    if abs(seconds) < MINUTE:
        return gettext("just now")
    if abs(seconds) > FAR:
        return local_text(at, "day")
    if seconds < 0:
        return gettext("in %(distance)s") % {"distance": coarse_text(distance)}
    return gettext("%(distance)s ago") % {"distance": coarse_text(distance)}


def due_text(at: datetime, now: datetime) -> str:
    """What is left until a due time, or by how much it has passed."""
    distance = at - now
    seconds = distance.total_seconds()
    if seconds < 0:
        return gettext("overdue by %(distance)s") % {"distance": coarse_text(distance)}
    if seconds > FAR:
        return gettext("due %(date)s") % {"date": local_text(at, "day")}
    if seconds < MINUTE:
        return gettext("due now")
    return gettext("due in %(distance)s") % {"distance": coarse_text(distance)}


def urgency(at: datetime, now: datetime) -> str:
    """``overdue``, ``soon`` (under two hours left), ``today`` (under a day) or ``later``."""
    left = (at - now).total_seconds()
    if left < 0:
        return "overdue"
    if left < 2 * HOUR:
        return "soon"
    return "today" if left < DAY else "later"
