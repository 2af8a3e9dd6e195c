"""Requests: a list, one of them with its units, answers and the way it was handed down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.oversight.models import Ask, AskAnswer, AskField, AskKind, AskPart, Fact, PartState


class RequestUnknown(Invalid):
    """A number of no request that one may know."""

    code = "request-unknown"
    message = _("There is no request no. %(number)s, or your post may not see it.")


def visible(post: Post) -> QuerySet[Ask, Ask]:
    """The requests that the post's unit or one below it sent or was asked."""
    asked = AskPart.objects.filter(ask=OuterRef("id"), unit__line__contains=[post.unit_id])
    seen = Q(sender__line__contains=[post.unit_id]) | Exists(asked)
    return Ask.objects.filter(seen, of_world(post))


def listed(
    *,
    visible_to: Post,
    on: date,
    q: str = "",
    kind: str = "",
    show: str = "",
    relation: str = "",
    unit: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[Ask]:
    """Requests, the latest first, with how many units each asks: whose title or number holds
    ``q``; ``show`` "running" or "over"; ``relation`` "own" (sent by us) or "charged" (asked of
    us); ``unit`` the code of a unit that is asked. Raises CursorInvalid."""
    found = visible(visible_to).select_related("sender", "incident")
    for word in q.split()[:8]:
        digits = word.upper().removeprefix("R").removeprefix("-")
        matching = Q(title__icontains=word) | Q(purpose__icontains=word)
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            matching |= Q(number=int(digits))
        found = found.filter(matching)
    if kind in AskKind.values:
        found = found.filter(kind=kind)
    running = Q(until__gte=on, stops_on=None)
    if show == "running":
        found = found.filter(running)
    if show == "over":
        found = found.exclude(running)
    if relation == "own":
        found = found.filter(sender=visible_to.unit_id)
    if relation == "charged":
        found = found.filter(
            Exists(AskPart.objects.filter(ask=OuterRef("id"), unit=visible_to.unit_id))
        )
    if unit:
        found = found.filter(Exists(AskPart.objects.filter(ask=OuterRef("id"), unit__code=unit)))
    found = found.annotate(units=Count("parts", distinct=True), size=Count("fields", distinct=True))
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> Ask:
    """One request. Raises NotFound."""
    found = visible(visible_to).select_related("sender", "incident", "passes_on", "withdraws")
    ask = found.filter(number=number).first() if number < 2**62 else None
    if ask is None:
        raise NotFound()
    return ask


def named(number: int, *, field: str, visible_to: Post) -> Ask:
    """The request that ``field`` of another one names. Raises RequestUnknown."""
    try:
        return find(number, visible_to=visible_to)
    except NotFound:
        raise RequestUnknown(field=field, number=number) from None


def fields(ask: Ask) -> list[AskField]:
    """The fields of a form, in order."""
    return list(ask.fields.select_related("field__owner").order_by("place"))


def parts(ask: Ask, *, visible_to: Post) -> list[AskPart]:
    """The units that are asked: all for the sender's side, else those of the reader's line."""
    found = ask.parts.select_related("unit__area", "ask__sender").order_by("unit__code")
    if visible_to.unit_id not in ask.sender.line:
        found = found.filter(unit__line__contains=[visible_to.unit_id])
    return list(found)


def part_of(ask: Ask, *, visible_to: Post) -> AskPart:
    """The request as it is put to the reader's own unit. Raises NotFound."""
    part = ask.parts.select_related("unit__area", "ask__sender").filter(unit=visible_to.unit_id)
    found = part.first()
    if found is None:
        raise NotFound()
    return found


def withdrawable(*, visible_to: Post, on: date) -> list[Ask]:
    """The sender's own running requests, which can give way to another."""
    found = visible(visible_to).filter(sender=visible_to.unit_id, stops_on=None, until__gte=on)
    return list(found.order_by("-number")[:100])


def put_to(*, visible_to: Post, on: date) -> list[Ask]:
    """What is asked of the reader's own unit, and can be handed down."""
    asked = AskPart.objects.filter(ask=OuterRef("id"), unit=visible_to.unit_id)
    found = Ask.objects.filter(Exists(asked), of_world(visible_to), stops_on=None, until__gte=on)
    return list(found.select_related("sender").order_by("-number")[:100])


@dataclass(frozen=True)
class Level:
    """A request on its way down: how much earlier it is due than the one it hands down."""

    ask: Ask
    due_at: datetime
    earlier: timedelta | None


def way_down(ask: Ask) -> list[Level]:
    """From the first request to this one, with how each level moved the deadline."""
    chain = [ask]
    while (above := chain[-1].passes_on) is not None and len(chain) < 12:
        chain.append(Ask.objects.select_related("sender", "passes_on").get(id=above.id))
    levels: list[Level] = []
    for one in reversed(chain):
        due_at = one.due_on(one.first_on)
        earlier = levels[-1].due_at - due_at if levels else None
        levels.append(Level(one, due_at, earlier))
    return levels


@dataclass(frozen=True)
class Answer:
    """What one unit answered on one occasion: the values by field, in order; None: not
    answered yet."""

    part: AskPart
    day: date
    answer: AskAnswer | None
    values: list[Fact | None]

    @property
    def due_at(self) -> datetime:
        """By when it was due."""
        return self.part.ask.due_on(self.day)


def answers(ask: Ask, *, visible_to: Post, since: date, until: date) -> list[Answer]:
    """Every unit on every occasion of the span, answered or not; the latest day first. Values
    for who may see them: the sender's side and each unit's own. Three queries."""
    chosen = [p for p in parts(ask, visible_to=visible_to) if p.state == PartState.RUNNING]
    wanted = fields(ask)
    days = ask.occasions(since, until)
    given = _given(chosen, days)
    facts = _facts(ask, wanted, chosen, {answer.facts_day for answer in given.values()})
    found = []
    for day in reversed(days):
        for part in chosen:
            answer = given.get((part.id, day))
            found.append(
                Answer(
                    part=part,
                    day=day,
                    answer=answer,
                    values=[
                        facts.get((row.field_id, row.anew, part.unit.area_id, answer.facts_day))
                        if answer
                        else None
                        for row in wanted
                    ],
                )
            )
    return found


def _given(
    chosen: Sequence[AskPart], days: Sequence[date]
) -> Mapping[tuple[UUID, date], AskAnswer]:
    rows = AskAnswer.objects.filter(part__in=chosen, day__in=days)
    return {(row.part_id, row.day): row for row in rows}


def _facts(
    ask: Ask, wanted: Sequence[AskField], chosen: Sequence[AskPart], days: set[date]
) -> Mapping[tuple[UUID, bool, UUID, date], Fact]:
    rows = Fact.objects.filter(
        Q(scope=None) | Q(scope=ask),
        current=True,
        field__in=[row.field_id for row in wanted],
        area__in={part.unit.area_id for part in chosen},
        day__in=days,
    ).select_related("unit")
    return {(row.field_id, row.scope_id is not None, row.area_id, row.day): row for row in rows}


def with_fields(rows: QuerySet[Ask, Ask]) -> QuerySet[Ask, Ask]:
    """With the fields of each, for those that read many."""
    ordered = AskField.objects.select_related("field").order_by("place")
    return rows.prefetch_related(Prefetch("fields", queryset=ordered))
