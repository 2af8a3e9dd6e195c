"""The rules in force, from the library, made quick to ask: which rules does this act concern?"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from tongzhou.clocks.workdays import Workdays
from tongzhou.ledger.follow import Sealed
from tongzhou.library import queries as library
from tongzhou.library.kinds.calendar import CalendarBody
from tongzhou.library.kinds.clocks import ClockRule, ClocksBody, When

_log = logging.getLogger(__name__)
ALWAYS = "always"
#: What an act does to a clock, in the order in which it is asked.
STARTS, STOPS, RESTARTS, CANCELS = "starts", "stops", "restarts", "cancels"


@dataclass(frozen=True)
class Known:
    """A rule with the version of the template that it stands in."""

    rule: ClockRule
    version: UUID


@dataclass(frozen=True)
class Said:
    """That an act of a type does something to the clocks of a rule, on a condition."""

    known: Known
    role: str
    when: When

    def holds(self, act: Sealed) -> bool:
        """True where the data of the act say what the rule asks for."""
        return all(act.data.get(key) in allowed for key, allowed in self.when.where.items())


@lru_cache(maxsize=256)
def _rules_of(version: UUID) -> Mapping[str, Known]:
    """The rules of a version by key. Versions do not change."""
    body = library.version(version).body
    assert isinstance(body, ClocksBody)
    return {rule.key: Known(rule, version) for rule in body.rules}


@lru_cache(maxsize=64)
def _by_act(versions: tuple[UUID, ...]) -> Mapping[str, Sequence[Said]]:
    """The rules of these versions, by the types of the acts that matter to them."""
    found: dict[str, list[Said]] = defaultdict(list)
    for version in versions:
        for known in _rules_of(version).values():
            for role in (STARTS, STOPS, RESTARTS, CANCELS):
                for when in getattr(known.rule, role):
                    found[when.act].append(Said(known, role, when))
    return found


@lru_cache(maxsize=64)
def _calendar_of(version: UUID) -> Workdays:
    body = library.version(version).body
    assert isinstance(body, CalendarBody)
    return Workdays.of(body)


class Book:
    """The rules as they are asked for while some acts are applied: each day is looked up
    once."""

    def __init__(self) -> None:
        self._versions: dict[date, tuple[UUID, ...]] = {}
        self._calendars: dict[tuple[str, date], Workdays | None] = {}

    def of_act(self, act: Sealed) -> list[Said]:
        """What the act does, by the rules in force on the day on which it happened."""
        said = _by_act(self._in_force(_day(act.at))).get(act.type, ())
        return [one for one in said if one.holds(act)]

    def of_clock(self, rule: str, version: UUID) -> ClockRule:
        """The rule that a clock runs under, whatever is in force now."""
        return _rules_of(version)[rule].rule

    def calendar(self, rule: ClockRule, at: datetime) -> Workdays | None:
        """The calendar of a rule as it was in force at ``at``; None where all time counts, or
        where the calendar is not in force any more (the rule was published while it was)."""
        if rule.calendar == ALWAYS:
            return None
        key = (rule.calendar, _day(at))
        if key not in self._calendars:
            self._calendars[key] = _found_calendar(*key)
        return self._calendars[key]

    def _in_force(self, day: date) -> tuple[UUID, ...]:
        if day not in self._versions:
            found = library.all_in_force("clocks", on=day)
            self._versions[day] = tuple(version.id for version in found)
        return self._versions[day]


def _found_calendar(key: str, day: date) -> Workdays | None:
    try:
        return _calendar_of(library.in_force("calendar", key, on=day).id)
    except library.NoTemplate:
        _log.warning("calendar %s is not in force on %s: all time counts", key, day)
        return None


def known_rules(*, on: date) -> list[Known]:
    """All rules in force on a day."""
    found = library.all_in_force("clocks", on=on)
    return [known for version in found for known in _rules_of(version.id).values()]


def rule_of(rule: str, version: UUID) -> ClockRule:
    """The rule of a clock."""
    return _rules_of(version)[rule].rule


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
