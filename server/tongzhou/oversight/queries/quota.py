"""Quotas: what the template in force allows, and where a request would pass it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.library import queries as library
from tongzhou.library.kinds.burden import BurdenBody
from tongzhou.library.versions import Version
from tongzhou.oversight.queries import load
from tongzhou.oversight.queries.load import Draft, Load, Loads

KIND: Final = "burden"
KEY: Final = "grassroots"
#: The limits by name: what is counted, by day or by week, and its label.
LIMITS: Final[dict[str, tuple[str, bool, str | Promise]]] = {
    "fields_day": ("fields", False, _("fields a day")),
    "forms_day": ("forms", False, _("forms a day")),
    "forms_week": ("forms", True, _("forms a week")),
    "meetings_week": ("all_meetings", True, _("meetings a week")),
    "inspections_week": ("inspections", True, _("inspections a week")),
}


@dataclass(frozen=True)
class Passed:
    """A limit of a unit that is passed: on a day, or in the week that begins then."""

    unit: UUID
    limit: str
    on: date
    amount: int
    allowed: int

    @property
    def label(self) -> str:
        """What is limited."""
        return str(LIMITS[self.limit][2])


@dataclass(frozen=True)
class Use:
    """How much of a limit is used."""

    limit: str
    amount: int
    allowed: int

    @property
    def label(self) -> str:
        """What is limited."""
        return str(LIMITS[self.limit][2])

    @property
    def percent(self) -> int:
        """Of what is allowed; 100 where nothing is."""
        return round(100 * self.amount / self.allowed) if self.allowed else 100

    @property
    def tone(self) -> str:
        """Red past the limit, yellow near it."""
        if self.amount > self.allowed:
            return "red"
        return "yellow" if self.percent >= 80 and self.amount else "green"


def version(*, on: date) -> Version:
    """The template in force on a day. Raises NoTemplate."""
    return library.in_force(KIND, KEY, on=on)


def body(*, on: date) -> BurdenBody:
    """Its quotas. Raises NoTemplate."""
    found = version(on=on).body
    assert isinstance(found, BurdenBody)
    return found


def passed(
    units: Sequence[Unit],
    draft: Draft,
    *,
    at: date,
    minus: UUID | None = None,
) -> list[Passed]:
    """Where the request would pass a limit, by unit and day: only where it adds to what is
    asked (a field that is filled from elsewhere adds nothing). Raises NoTemplate."""
    if not draft.days or not units:
        return []
    since = load.monday(min(draft.days))
    until = load.monday(max(draft.days)) + timedelta(6)
    ids = [unit.id for unit in units]
    before = load.by_day(ids, since=since, until=until)
    after = load.by_day(ids, since=since, until=until, plus=draft, minus=minus, minus_on=at)
    quotas = body(on=at)
    found = []
    for unit in units:
        quota = quotas.quota_of(unit.level)
        for limit, (name, weekly, _label) in LIMITS.items():
            allowed = getattr(quota, limit) if quota is not None else None
            if allowed is None:
                continue
            older = _series(before, unit.id, weekly=weekly)
            for on, amount in _series(after, unit.id, weekly=weekly).items():
                value = getattr(amount, name)
                if value > allowed and value > getattr(older.get(on, Load()), name):
                    found.append(Passed(unit.id, limit, on, value, allowed))
    return found


def _series(loads: Loads, unit: UUID, *, weekly: bool) -> dict[date, Load]:
    chosen = load.by_week(loads) if weekly else loads
    return {on: amount for (owner, on), amount in chosen.items() if owner == unit}


def use(unit: Unit, *, on: date) -> list[Use]:
    """How far the limits of a unit are used on a day and in its week. Raises NoTemplate."""
    quota = body(on=on).quota_of(unit.level)
    if quota is None:
        return []
    first = load.monday(on)
    loads = load.by_day([unit.id], since=first, until=first + timedelta(6))
    day = loads.get((unit.id, on), Load())
    week = load.total(list(loads.values()))
    return [
        Use(limit, getattr(week if weekly else day, name), allowed)
        for limit, (name, weekly, _label) in LIMITS.items()
        if (allowed := getattr(quota, limit)) is not None
    ]


def first_of_each(found: Iterable[Passed]) -> dict[UUID, list[Passed]]:
    """By unit, of each limit the place where it is passed most."""
    worst: dict[tuple[UUID, str], Passed] = {}
    for one in found:
        key = (one.unit, one.limit)
        if key not in worst or worst[key].amount < one.amount:
            worst[key] = one
    by_unit: dict[UUID, list[Passed]] = {}
    for (unit, _limit), one in worst.items():
        by_unit.setdefault(unit, []).append(one)
    return by_unit
