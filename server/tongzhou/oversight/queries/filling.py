"""What a unit has to fill in on a day: every field once, for all requests that ask for it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.queries.lists import of_world
from tongzhou.oversight.models import (
    Ask,
    AskAnswer,
    AskField,
    AskKind,
    AskPart,
    Fact,
    Field,
    PartState,
    Rhythm,
)

#: So long an occasion that was missed can still be answered.
_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Occasion:
    """A request on one of its days, with its fields, and the answer if there is one."""

    part: AskPart
    day: date
    fields: tuple[AskField, ...]
    answer: AskAnswer | None

    @property
    def ask(self) -> Ask:
        """The request."""
        return self.part.ask

    @property
    def due_at(self) -> datetime:
        """By when it is to be answered."""
        return self.ask.due_on(self.day)


@dataclass(frozen=True)
class Slot:
    """One field to fill in: its key in a form, the requests it serves, and what was entered
    already."""

    key: str
    field: Field
    scope: UUID | None
    fact: Fact | None
    asks: list[Ask] = dataclasses.field(default_factory=list)

    @property
    def due_at(self) -> datetime:
        """For sorting: the requests decide."""
        return min(ask.created_at for ask in self.asks)


@dataclass(frozen=True)
class Sheet:
    """Everything that a unit fills in for a day."""

    unit: Unit
    day: date
    occasions: list[Occasion]
    others: list[Occasion]
    slots: list[Slot]

    @property
    def waiting(self) -> list[Occasion]:
        """What has not been answered."""
        return [occasion for occasion in self.occasions if occasion.answer is None]

    @property
    def written(self) -> int:
        """How many fields all forms together hold."""
        return sum(len(occasion.fields) for occasion in self.occasions)


def key_of(row: AskField, ask: Ask) -> str:
    """The name of a field in a form: of a field that is asked anew with the request."""
    return f"{row.field.code}@{ask.number}" if row.anew else row.field.code


def sheet(*, visible_to: Post, day: date) -> Sheet:
    """The requests to the unit of the post that can be answered with the facts of ``day``: all
    of that day, the weekly one of the week that ends with it, single ones until they are
    answered; and meetings and inspections of that day. Four queries."""
    unit = visible_to.unit
    parts = _parts(visible_to, day)
    rows: dict[UUID, list[AskField]] = {}
    ids = [part.ask_id for part in parts]
    for row in AskField.objects.filter(ask__in=ids).select_related("field").order_by("place"):
        rows.setdefault(row.ask_id, []).append(row)
    given: dict[UUID, dict[date, AskAnswer]] = {}
    for answer in AskAnswer.objects.filter(part__in=parts):
        given.setdefault(answer.part_id, {})[answer.day] = answer
    occasions: list[Occasion] = []
    others: list[Occasion] = []
    for part in parts:
        on = _occasion(part, day, given.get(part.id, {}))
        if on is None:
            continue
        done = given.get(part.id, {}).get(on)
        one = Occasion(part, on, tuple(rows.get(part.ask_id, ())), done)
        (occasions if part.ask.kind == AskKind.FORM else others).append(one)
    occasions.sort(key=lambda one: (one.answer is not None, one.due_at, one.ask.number))
    return Sheet(unit, day, occasions, others, _slots(unit, day, occasions))


def _parts(post: Post, day: date) -> Sequence[AskPart]:
    running = Q(ask__stops_on=None) | Q(ask__stops_on__gt=day)
    owed = Q(state=PartState.RUNNING) | Q(state=PartState.DECLINED, stops_on__gt=day)
    found = AskPart.objects.filter(
        owed,
        running,
        of_world(post, by="ask__incident"),
        unit=post.unit_id,
        ask__until__gte=day - _BACK,
    ).select_related("ask__sender")
    return list(found.order_by("ask__number"))


def _occasion(part: AskPart, day: date, given: dict[date, AskAnswer]) -> date | None:
    """The day of the request that the facts of ``day`` would answer, if any."""
    ask = part.ask
    if ask.kind != AskKind.FORM:
        return day if ask.occasions(day, day) else None
    match ask.rhythm:
        case Rhythm.ONCE:
            answer = given.get(ask.until)
            wanted = answer is None or answer.facts_day == day
            return ask.until if wanted else None
        case Rhythm.WEEKLY:
            days = ask.occasions(day, day + timedelta(6))
        case _:
            days = ask.occasions(day, day)
    return days[0] if days else None


def _slots(unit: Unit, day: date, occasions: Sequence[Occasion]) -> list[Slot]:
    facts = {
        (fact.field_id, fact.scope_id): fact
        for fact in Fact.objects.filter(
            area=unit.area_id,
            day=day,
            current=True,
            field__in={row.field_id for one in occasions for row in one.fields},
        ).select_related("unit")
    }
    slots: dict[str, Slot] = {}
    for occasion in occasions:
        for row in occasion.fields:
            scope = occasion.ask.id if row.anew else None
            key = key_of(row, occasion.ask)
            if key not in slots:
                slots[key] = Slot(key, row.field, scope, facts.get((row.field_id, scope)))
            slots[key].asks.append(occasion.ask)
    return list(slots.values())
