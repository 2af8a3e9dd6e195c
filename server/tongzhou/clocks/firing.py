"""What is due happens: rows change and acts are written, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection, transaction

from tongzhou.actors.models import Unit
from tongzhou.clocks import acts
from tongzhou.clocks.models import Clock
from tongzhou.clocks.rules import Book
from tongzhou.clocks.running import Firing, Lines, Turn, run_to
from tongzhou.ledger.append import NewAct, append_all
from tongzhou.ledger.types import ActType

#: So many clocks to a transaction: little is done again after a crash, and others get through.
BATCH: Final = 1000
_TYPES: Final[Mapping[Turn, ActType]] = {
    Turn.WARNED: acts.CLOCK_WARNED,
    Turn.MISSED: acts.CLOCK_MISSED,
    Turn.ENDED: acts.CLOCK_ENDED,
    Turn.ESCALATED: acts.CLOCK_ESCALATED,
    Turn.CLEARED: acts.CLOCK_CLEARED,
}
_SAVE: Final = """
UPDATE clocks_clock c SET owners = r.owners, watchers = r.watchers, line = r.line,
    parties = r.parties, phase = r.phase, due_at = r.due_at, next_at = r.next_at, step = r.step,
    level = r.level, state = r.state, missed_at = r.missed_at, stopped_at = r.stopped_at,
    stopped_by = r.stopped_by, extended = r.extended
FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, owners uuid[], watchers uuid[], line uuid[],
    parties uuid[], phase text, due_at timestamptz, next_at timestamptz, step smallint,
    level smallint, state text, missed_at timestamptz, stopped_at timestamptz, stopped_by uuid,
    extended smallint)
WHERE c.id = r.id
"""
_CHANGES: Final = (
    "id",
    "owners",
    "watchers",
    "line",
    "parties",
    "phase",
    "due_at",
    "next_at",
    "step",
    "level",
    "state",
    "missed_at",
    "stopped_at",
    "stopped_by",
    "extended",
)


def fire_due(*, until: datetime, limit: int = BATCH) -> int:
    """Lets everything happen that is due before ``until``, of at most ``limit`` clocks, those
    that wait longest first, and in the order of time. Returns of how many clocks. What
    somebody else has in hand at this moment is left to the next call."""
    with transaction.atomic():
        due = Clock.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        clocks = list(due.filter(next_at__lt=until).order_by("next_at", "id")[:limit])
        if len(clocks) == limit:
            # What comes after the last of them must not happen before what is still to come.
            last = clocks[-1].next_at
            until = min(until, last) if last is not None and last > _first(clocks) else until
        lines = lines_of(owner for clock in clocks for owner in clock.owners)
        fired = run_all(clocks, until=until, book=Book(), lines=lines)
        save(clocks)
        write(fired)
    return len(clocks)


def _first(clocks: Sequence[Clock]) -> datetime:
    first = clocks[0].next_at
    assert first is not None
    return first


def run_all(clocks: Iterable[Clock], *, until: datetime, book: Book, lines: Lines) -> list[Firing]:
    """Lets happen to these clocks what is due before ``until``; nothing is saved yet."""
    fired: list[Firing] = []
    for clock in clocks:
        if clock.next_at is None or clock.next_at >= until:
            continue
        rule = book.of_clock(clock.rule, clock.version)
        calendar = book.calendar(rule, clock.started_at)
        fired += run_to(clock, rule, until=until, lines=lines, calendar=calendar)
    return fired


def lines_of(owners: Iterable[UUID]) -> Lines:
    """The units above each owner, from the top of the line down. One query at most."""
    wanted = set(owners)
    if not wanted:
        return {}
    found = Unit.objects.filter(id__in=wanted).values_list("id", "line")
    return {unit: [above for above in line if above != unit] for unit, line in found}


def save(clocks: Sequence[Clock]) -> None:
    """Writes what can change of these clocks. One statement."""
    if not clocks:
        return
    rows = [{name: getattr(clock, name) for name in _CHANGES} for clock in clocks]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [orjson.dumps(rows).decode()])


def write(fired: Sequence[Firing]) -> None:
    """Puts what happened into the ledger, in the order of time. One statement."""
    ordered = sorted(fired, key=lambda firing: firing.at)
    append_all([_act(firing) for firing in ordered])


def _act(firing: Firing) -> NewAct:
    clock = firing.clock
    data: dict[str, Any] = {
        **clock.data,
        "clock": str(clock.id),
        "rule": clock.rule,
        "version": str(clock.version),
        "owners": [str(unit) for unit in clock.owners],
    }
    if clock.exercise:
        data["exercise"] = True
    if firing.turn is Turn.ESCALATED:
        data["level"] = firing.level
    return NewAct(
        type=_TYPES[firing.turn],
        at=firing.at,
        about=(clock.about_kind, clock.about_id),
        with_units=firing.told,
        incident=clock.incident,
        phase=clock.phase,
        area=clock.area,
        asked_at=clock.started_at,
        due_at=firing.due_at,
        outcome=firing.turn.value,
        audience=clock.parties,
        data=data,
    )
