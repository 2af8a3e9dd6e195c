"""From sealed acts to clocks: in their order, and in the time in which they happened.

Before an act of the moment t is applied, what was due before t has happened. So a stop that
came in time finds its clock running, and after a standstill all is caught up with in order.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from tongzhou.clocks import acts as acts_of_clocks
from tongzhou.clocks.firing import fire_due, lines_of, run_all, save, write
from tongzhou.clocks.models import Clock
from tongzhou.clocks.rules import CANCELS, RESTARTS, STARTS, STOPS, Book, Said
from tongzhou.clocks.running import Firing, cancel, set_due, stop, wind
from tongzhou.clocks.workdays import after
from tongzhou.kernel.ids import named_id
from tongzhou.ledger import queries as ledger
from tongzhou.ledger.follow import Sealed
from tongzhou.library.kinds.clocks import ClockRule
from tongzhou.places.modes import Switches

#: What an object is found by; clocks repeat it, so that their acts lead there.
_FOUND_BY: Final = ("number", "code")
_INCIDENT: Final = "incident"
#: A request that was asked for in time may still be at it for so long.
GRACE: Final = timedelta(seconds=0.5)
FOLLOWER: Final = "clocks"
#: Acts that clocks never wait for: their own.
OWN: Final = [
    found.name
    for found in (
        acts_of_clocks.CLOCK_WARNED,
        acts_of_clocks.CLOCK_MISSED,
        acts_of_clocks.CLOCK_ENDED,
        acts_of_clocks.CLOCK_ESCALATED,
        acts_of_clocks.CLOCK_CLEARED,
        acts_of_clocks.CLOCK_EXTENDED,
    )
]


def apply(acts: Sequence[Sealed], *, now: datetime) -> None:
    """Applies sealed acts to the clocks, in the caller's transaction. A fixed number of
    statements, whatever the number of acts. What was due before the last of them happens too,
    but nothing that lies ahead of ``now``: an act may say anything of its time."""
    book = Book()
    said = [(act, found) for act in acts if (found := book.of_act(act))]
    if said:
        batch = _Batch(said, book)
        for act, found in said:
            batch.apply(act, found)
        batch.save()
    # Acts may stand in the ledger out of the order of their times: those still to be read
    # may lie before these.
    last = min(max(act.at for act in acts), now - GRACE)
    position = max(act.position for act in acts)
    until = ledger.applied_until(FOLLOWER, at=last, but=OWN, position=position)
    while fire_due(until=until):
        pass


class _Batch:
    """The clocks that some acts concern: read once, changed, written once."""

    def __init__(self, said: Sequence[tuple[Sealed, list[Said]]], book: Book) -> None:
        self._book = book
        self._made: list[Clock] = []
        self._fired: list[Firing] = []
        self._changed: dict[UUID, Clock] = {}
        self._by_object: dict[tuple[str, UUID], list[Clock]] = defaultdict(list)
        self._by_incident: dict[tuple[str, UUID], list[Clock]] = defaultdict(list)
        self._switches = Switches(
            act.area for act, ones in said if any(one.known.rule.modes for one in ones)
        )
        found = _locked([act for act, _said in said])
        for clock in found:
            self._keep(clock)
        owners = {owner for clock in found for owner in clock.owners}
        owners.update(
            unit for act, ones in said for one in ones for unit in _named(one.known.rule.owner, act)
        )
        self._lines = lines_of(owners)

    def _keep(self, clock: Clock) -> None:
        self._by_object[clock.rule, clock.about_id].append(clock)
        if clock.incident is not None:
            self._by_incident[clock.rule, clock.incident].append(clock)

    def apply(self, act: Sealed, said: Sequence[Said]) -> None:
        """One act. Its own clocks first come to its time."""
        concerned = {clock.id: clock for one in said for clock in self._open(one, act)}
        self._fired += run_all(concerned.values(), until=act.at, book=self._book, lines=self._lines)
        self._changed |= concerned
        for one in said:
            clocks = self._open(one, act)
            if one.role in {STOPS, RESTARTS}:
                for clock in clocks:
                    self._fired += stop(clock, at=act.at, by=act.id)
            if one.role == CANCELS:
                for clock in clocks:
                    cancel(clock, at=act.at, by=act.id)
            if one.role in {STARTS, RESTARTS}:
                still = [clock for clock in clocks if clock.is_open]
                self._start(one, act, still)

    def _open(self, one: Said, act: Sealed) -> list[Clock]:
        """The open clocks of a rule that an act concerns: those of its object; what ends with
        an incident ends for everything in it."""
        rule = one.known.rule.key
        found = self._by_object[rule, act.about_id]
        if one.role in {STOPS, CANCELS} and act.about_kind == _INCIDENT:
            found = [*found, *self._by_incident[rule, act.about_id]]
        return [clock for clock in found if clock.is_open]

    def _start(self, one: Said, act: Sealed, there: Sequence[Clock]) -> None:
        rule = one.known.rule
        if rule.phases and act.phase not in rule.phases:
            return
        if rule.modes and self._switches.mode(act.area, at=act.at) not in rule.modes:
            return
        calendar = self._book.calendar(rule, act.at)
        if there:
            for clock in there:
                self._take_over(clock, rule, act)
            return
        due_at = act.due_at if rule.length is None else after(act.at, rule.length, calendar)
        # What had passed before it was said is no limit.
        if due_at is None or due_at <= act.at:
            return
        clock = Clock(
            # The same act makes the same clock, however often it is read.
            id=named_id("clock", str(act.id), str(one.known.version), rule.key),
            rule=rule.key,
            version=one.known.version,
            about_kind=act.about_kind,
            about_id=act.about_id,
            incident=act.about_id if act.about_kind == _INCIDENT else act.incident,
            exercise=act.data.get("exercise") is True,
            phase=act.phase,
            area=act.area,
            started_by=act.id,
            started_at=act.at,
            due_at=due_at,
            data={key: act.data[key] for key in _FOUND_BY if key in act.data},
        )
        self._charge(clock, rule, act)
        wind(clock, rule, at=act.at, calendar=calendar)
        self._made.append(clock)
        self._keep(clock)

    def _take_over(self, clock: Clock, rule: ClockRule, act: Sealed) -> None:
        """The act starts what runs already: it says anew whose limit it is, and until when."""
        clock.phase = act.phase or clock.phase
        self._charge(clock, rule, act)
        if rule.until is not None and act.due_at is not None and act.due_at != clock.due_at:
            set_due(clock, rule, due_at=act.due_at, at=act.at)

    def _charge(self, clock: Clock, rule: ClockRule, act: Sealed) -> None:
        """Whose limit it is, who waits, and who above the owners may see it: those whom the
        act was told to."""
        owners = _named(rule.owner, act)
        if owners:
            clock.owners = owners
        if rule.watchers is not None and not clock.watchers:
            waiting = _named(rule.watchers, act)
            clock.watchers = [unit for unit in waiting if unit not in clock.owners]
        told = set(act.audience)
        above = {unit for owner in clock.owners for unit in self._lines.get(owner, ())}
        clock.line = sorted({*clock.line, *(above & told)} - {*clock.owners, *clock.watchers})
        clock.settle()

    def save(self) -> None:
        """Writes what changed, what is new, and what happened."""
        made = {clock.id for clock in self._made}
        save([clock for key, clock in self._changed.items() if key not in made])
        # Read once more, an act finds what it made.
        Clock.objects.bulk_create(self._made, ignore_conflicts=True)
        write(self._fired)


def _locked(acts: Sequence[Sealed]) -> list[Clock]:
    """The open clocks of the objects of these acts, and of the incidents among them."""
    objects = {act.about_id for act in acts}
    incidents = {act.about_id for act in acts if act.about_kind == _INCIDENT}
    wanted = Q(about_id__in=objects)
    if incidents:
        wanted |= Q(incident__in=incidents)
    found = Clock.objects.select_for_update(of=("self",), no_key=True)
    return list(found.filter(wanted, stopped_at=None).order_by("id"))


def _named(source: str, act: Sealed) -> list[UUID]:
    """The units that an act names in a place: who acted, its partners, or a key of its data
    that holds one or more ids. What is no id names nobody."""
    match source:
        case "by_unit":
            return [act.by_unit] if act.by_unit is not None else []
        case "with_units":
            return list(act.with_units)
        case _:
            return _ids(act.data.get(source))


def _ids(value: Any) -> list[UUID]:
    found = []
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str):
            try:
                found.append(UUID(text))
            except ValueError:
                continue
    return found
