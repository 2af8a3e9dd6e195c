"""How fast an event was detected, notified and answered, against the 7-1-7 target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, cast

from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.models import Incident, Milestone, TimelinessNote
from tongzhou.kernel.errors import Sentence
from tongzhou.library import queries as library
from tongzhou.library.kinds.timeliness import TimelinessBody
from tongzhou.library.queries import NoTemplate, Version

KIND: Final = "timeliness"
KEY: Final = "717"
EMERGED, DETECTED, NOTIFIED = "emerged", "detected", "notified"
#: The three dates that every event has, in their order.
EVENT: Final[Mapping[str, Sentence]] = {
    EMERGED: _("Emergence"),
    DETECTED: _("Detection"),
    NOTIFIED: _("Notification"),
}


def target(*, on: date) -> Version | None:
    """The target in force on a day; None before there was one."""
    try:
        return library.in_force(KIND, KEY, on=on)
    except NoTemplate:
        return None


def body(version: Version) -> TimelinessBody:
    """Lengths and actions of a target."""
    return cast(TimelinessBody, version.body)


@dataclass(frozen=True)
class Interval:
    """One of the three stretches. ``length`` and ``met`` are None while a date is missing;
    where the stretch began and its target has passed, it is missed all the same."""

    key: str
    label: Sentence
    start: datetime | None
    end: datetime | None
    target: timedelta
    at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the target ends."""
        return self.start + self.target if self.start is not None else None

    @property
    def length(self) -> timedelta | None:
        """From its beginning to its end."""
        return self.end - self.start if self.start and self.end else None

    @property
    def met(self) -> bool | None:
        """True: within the target; False: beyond; None: not known yet."""
        if self.length is not None:
            return self.length <= self.target
        if self.due_at is not None and self.end is None and self.at > self.due_at:
            return False
        return None

    @property
    def share(self) -> int:
        """Its length in per cent of the target, at most 100; 0 while it is not known."""
        return min(100, round(100 * self.length / self.target)) if self.length is not None else 0


@dataclass(frozen=True)
class Action:
    """Something that gets a date, and what was recorded of it."""

    key: str
    title: str
    milestone: Milestone | None

    @property
    def state(self) -> str:
        """ "missing", "not_applicable" or "done"."""
        if self.milestone is None:
            return "missing"
        return "done" if self.milestone.happened_at is not None else "not_applicable"


@dataclass(frozen=True)
class Corrected:
    """A date that does not count any more."""

    title: str
    milestone: Milestone


@dataclass(frozen=True)
class Timeliness:
    """The whole: what is met, what is missed, what is not known, and why."""

    version: Version
    intervals: list[Interval]
    actions: list[Action]
    first_action: Interval | None
    completed_at: datetime | None
    dates: dict[str, Milestone]
    history: list[Corrected]
    notes: list[TimelinessNote]

    @property
    def events(self) -> list[Action]:
        """Emergence, detection and notification with their dates."""
        return [Action(key, str(label), self.dates.get(key)) for key, label in EVENT.items()]

    @property
    def recorded(self) -> int:
        """How many of the dates are recorded, "not applicable" included."""
        return len(self.dates)

    @property
    def wanted(self) -> int:
        """How many dates there are."""
        return len(EVENT) + len(self.actions)

    @property
    def met(self) -> int:
        """How many of the three stretches were within their target."""
        return sum(interval.met is True for interval in self.intervals)

    @property
    def judged(self) -> int:
        """Of how many stretches that is known."""
        return sum(interval.met is not None for interval in self.intervals)


def completion(dates: Mapping[str, Milestone], actions: tuple[str, ...]) -> datetime | None:
    """When the last of the actions that apply was done; None while one of them is open, or
    when none applies."""
    if any(key not in dates for key in actions):
        return None
    done = [dates[key].happened_at for key in actions]
    return max((moment for moment in done if moment is not None), default=None)


def current(incident: Incident) -> dict[str, Milestone]:
    """The dates that count, by key."""
    found = incident.milestones.filter(current=True).select_related("recorded_by__unit")
    return {milestone.key: milestone for milestone in found}


def of(incident: Incident, *, on: date, at: datetime) -> Timeliness | None:
    """The timeliness of an incident against the target in force on a day; None when there was
    no target then."""
    version = target(on=on)
    if version is None:
        return None
    wanted = body(version)
    dates = current(incident)
    titles = {action.key: str(action.title) for action in wanted.actions}
    keys = tuple(titles)
    moments = {key: dates[key].happened_at if key in dates else None for key in EVENT}
    completed = completion(dates, keys)
    done = [dates[key].happened_at for key in keys if key in dates]
    first = min((moment for moment in done if moment is not None), default=None)
    stretches = (
        ("detect", _("Detection"), moments[EMERGED], moments[DETECTED], wanted.detect),
        ("notify", _("Notification"), moments[DETECTED], moments[NOTIFIED], wanted.notify),
        ("respond", _("Early response"), moments[NOTIFIED], completed, wanted.respond),
    )
    return Timeliness(
        version=version,
        intervals=[Interval(*stretch, at) for stretch in stretches],
        actions=[Action(a.key, str(a.title), dates.get(a.key)) for a in wanted.actions],
        first_action=Interval(
            "first", _("First action"), moments[NOTIFIED], first, wanted.first_action, at
        )
        if wanted.first_action is not None
        else None,
        completed_at=completed,
        dates=dates,
        history=_history(incident, titles),
        notes=list(
            incident.timeliness_notes.select_related("post__unit").order_by("stretch", "at", "id")
        ),
    )


def _history(incident: Incident, titles: Mapping[str, str]) -> list[Corrected]:
    found = incident.milestones.filter(current=False).select_related("recorded_by__unit")
    named = {key: str(label) for key, label in EVENT.items()} | dict(titles)
    return [Corrected(named.get(m.key, m.key), m) for m in found.order_by("-at", "-id")]
