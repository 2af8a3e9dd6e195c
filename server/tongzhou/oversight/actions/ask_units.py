"""Asking units for a form, a meeting or an inspection: the act that keeps the quota."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import BURDEN_ASK
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.oversight.access import Asked
from tongzhou.oversight.actions.ask_acts import record_each, take_back
from tongzhou.oversight.actions.change import (
    DeadlinePassed,
    next_number,
    require_active,
    require_incident,
    text_bounded,
    text_given,
)
from tongzhou.oversight.acts import REQUEST_PROPOSED, REQUEST_SENT
from tongzhou.oversight.models import Ask, AskField, AskKind, AskPart, Field, PartState, Rhythm
from tongzhou.oversight.queries import quota
from tongzhou.oversight.queries.load import Draft
from tongzhou.oversight.queries.quota import Passed

#: A request that is still needed after a quarter is asked anew: then somebody thinks again.
LONGEST: Final = timedelta(days=92)
MOST_UNITS: Final = 500
MOST_FIELDS: Final = 100


@dataclass(frozen=True)
class Wanted:
    """A field of a form. ``anew``: it is reported already and asked all the same, for a
    ``reason``."""

    field: Field
    anew: bool = False
    reason: str = ""


class UnknownAskChoice(Invalid):
    """A kind or a rhythm that is not among the known ones."""

    code = "unknown-request-choice"
    message = _("Unknown choice “%(value)s”.")


class NobodyAsked(Invalid):
    """A request to no unit."""

    code = "nobody-asked"
    message = _("Choose at least one unit.")


class TooManyAsked(Invalid):
    """More units than one request may go to."""

    code = "too-many-asked"
    message = _("At most %(most)d units at a time.")


class AskOneself(Invalid):
    """A unit asks itself."""

    code = "request-to-oneself"
    message = _("A request goes to other units, not to your own.")


class RequestWithoutFields(Invalid):
    """A form that asks nothing."""

    code = "request-without-fields"
    message = _("A form needs at least one field of the catalogue.")


class TooManyFields(Invalid):
    """More fields than a form may have."""

    code = "too-many-fields"
    message = _("At most %(most)d fields in a form.")


class FieldTwice(Invalid):
    """The same field twice in one form."""

    code = "field-twice"
    message = _("“%(name)s” (%(code)s) stands twice in the form.")


class KeptElsewhere(Invalid):
    """A fact that stands somewhere already is asked of units."""

    code = "field-kept-elsewhere"
    message = _(
        "“%(name)s” stands in %(where)s, kept by %(owner)s. Read it there; to ask for it anew "
        "needs a reason."
    )


class AnewNeedsReason(Invalid):
    """A field is asked anew without a reason."""

    code = "anew-needs-reason"
    message = _("Say why “%(name)s” is asked anew although it is reported already.")


class SpanMalformed(Invalid):
    """The last day lies before the first."""

    code = "request-span"
    message = _("The last day lies before the first.")


class SpanTooLong(Invalid):
    """A request without a near end."""

    code = "request-too-long"
    message = _("A request runs for %(days)d days at most. What is needed longer is asked anew.")


class QuotaPassed(Conflict):
    """Units would be asked for more than their quota."""

    code = "quota-passed"
    message = _(
        "This passes the quota of units (%(n)d in all; first %(first)s: %(label)s %(amount)d, "
        "of %(allowed)d). Withdraw one of your own requests in the same step, or ask the units "
        "for consent."
    )

    def __init__(self, found: Sequence[Passed], units: dict[UUID, Unit]) -> None:
        self.found = found
        one = found[0]
        super().__init__(
            field="units",
            n=len({p.unit for p in found}),
            first=units[one.unit].name,
            label=one.label,
            amount=one.amount,
            allowed=one.allowed,
        )


class NotYourRequest(Invalid):
    """The request to withdraw is not one of the sender's own that run."""

    code = "not-your-request"
    message = _("Only a running request of your own unit can be withdrawn for this one.")


class PassesOnUnknown(Invalid):
    """The request that is handed down was not put to the sender."""

    code = "passes-on-unknown"
    message = _("Only a request that was put to your own unit can be handed down.")


def ask_units(
    *,
    kind: str,
    title: str,
    units: Sequence[Unit],
    purpose: str,
    legal_basis: str,
    first_on: date,
    by: Post,
    at: datetime,
    until: date | None = None,
    wanted: Sequence[Wanted] = (),
    rhythm: str = Rhythm.ONCE,
    due_time: time = time(17),
    minutes: int = 0,
    withdraws: Ask | None = None,
    seek_consent: bool = False,
    incident: Incident | None = None,
    passes_on: Ask | None = None,
    id: UUID | None = None,
) -> Ask:
    """Sends a request to units. Of a single one, ``first_on`` is the day on which it is due.

    Where it would pass a unit's quota it is refused, unless ``withdraws`` (a running request
    of the sender) makes room in the same step; with ``seek_consent`` those units are asked
    first, and owe nothing until they consent. One act for each unit. Raises NotFound,
    NotAllowed and the refusals of this module, DeadlinePassed, TextMissing, TextTooLong,
    UnitClosed, NoTemplate.
    """
    if kind not in AskKind.values or rhythm not in Rhythm.values:
        value = kind if kind not in AskKind.values else rhythm
        raise UnknownAskChoice(field="kind", value=value)
    last = first_on if rhythm == Rhythm.ONCE or until is None else until
    chosen = list({unit.id: unit for unit in units}.values())
    with transaction.atomic():
        _require_units(chosen, by=by)
        require_incident(incident, by=by)
        fields = _checked(wanted, kind)
        ask = Ask(
            id=id or new_id(),
            kind=kind,
            title=text_given(title, field="title", limit=200),
            sender=by.unit,
            post=by,
            rhythm=rhythm,
            first_on=first_on,
            until=last,
            due_time=due_time,
            purpose=text_given(purpose, field="purpose", limit=1000),
            legal_basis=text_given(legal_basis, field="legal_basis", limit=500),
            minutes=min(max(minutes, 0), 10_000),
            incident=incident,
            passes_on=passes_on,
            withdraws=withdraws,
            created_at=at,
        )
        _require_span(ask, at=at)
        if passes_on is not None and not passes_on.parts.filter(unit=by.unit_id).exists():
            raise PassesOnUnknown(field="passes_on")
        # Requests to the same unit stand in line: of two at once the second sees the first.
        locked = Unit.objects.select_for_update(no_key=True).order_by("id")
        list(locked.filter(id__in=[unit.id for unit in chosen]).only("id"))
        minus = _room(withdraws, by=by)
        today = timezone.localtime(at).date()
        draft = Draft(
            kind=kind,
            units=[unit.id for unit in chosen],
            days=ask.occasions(ask.first_on, ask.until),
            fields=[(one.field.id, one.anew) for one in fields],
        )
        past = quota.passed(chosen, draft, at=today, minus=minus.id if minus else None)
        if past and not seek_consent:
            raise QuotaPassed(past, {unit.id: unit for unit in chosen})
        ask.number = next_number("ask_number")
        ask.save(force_insert=True)
        _keep(ask, fields, chosen, quota.first_of_each(past), by=by, at=at)
        if minus is not None:
            take_back(minus, reason=str(ask), by=by, at=at)
    return ask


def _require_units(units: Sequence[Unit], *, by: Post) -> None:
    if not units:
        raise NobodyAsked(field="units")
    if len(units) > MOST_UNITS:
        raise TooManyAsked(field="units", most=MOST_UNITS)
    for unit in units:
        if unit.id == by.unit_id:
            raise AskOneself(field="units")
        permissions.require(by=by, word=BURDEN_ASK, on=Asked(unit))
        require_active(unit, field="units")


def _checked(wanted: Sequence[Wanted], kind: str) -> list[Wanted]:
    """The fields of a form, each once, each with a right to be asked."""
    if kind != AskKind.FORM:
        return []
    if not wanted:
        raise RequestWithoutFields(field="fields")
    if len(wanted) > MOST_FIELDS:
        raise TooManyFields(field="fields", most=MOST_FIELDS)
    seen: set[UUID] = set()
    for one in wanted:
        field = one.field
        if field.id in seen:
            raise FieldTwice(field="fields", name=field.name, code=field.code)
        seen.add(field.id)
        reason = text_bounded(one.reason, field="reason", limit=500)
        if field.kept_in and not (one.anew and reason):
            raise KeptElsewhere(
                field="fields", name=field.name, where=field.kept_in, owner=field.owner.name
            )
        if one.anew and not reason:
            raise AnewNeedsReason(field="reason", name=field.name)
    return list(wanted)


def _require_span(ask: Ask, *, at: datetime) -> None:
    if ask.until < ask.first_on:
        raise SpanMalformed(field="until")
    if ask.until - ask.first_on > LONGEST:
        raise SpanTooLong(field="until", days=LONGEST.days)
    if ask.due_on(ask.first_on) <= at:
        raise DeadlinePassed(field="first_on")
    if ask.first_on - timezone.localtime(at).date() > 4 * LONGEST:
        raise SpanTooLong(field="first_on", days=4 * LONGEST.days)


def _room(withdraws: Ask | None, *, by: Post) -> Ask | None:
    """The sender's own request that gives way, locked."""
    if withdraws is None:
        return None
    locked = Ask.objects.select_for_update(of=("self",)).filter(id=withdraws.id).first()
    if locked is None:
        raise NotFound(field="withdraws")
    if locked.sender_id != by.unit_id or locked.stops_on is not None:
        raise NotYourRequest(field="withdraws")
    return locked


def _keep(
    ask: Ask,
    fields: Sequence[Wanted],
    units: Sequence[Unit],
    past: dict[UUID, list[Passed]],
    *,
    by: Post,
    at: datetime,
) -> None:
    AskField.objects.bulk_create(
        AskField(ask=ask, field=w.field, place=place, anew=w.anew, reason=w.reason.strip())
        for place, w in enumerate(fields)
    )
    parts = [
        AskPart(
            ask=ask,
            unit=unit,
            state=PartState.WAITING if unit.id in past else PartState.RUNNING,
            passed=[
                {"limit": p.limit, "on": p.on.isoformat(), "amount": p.amount, "of": p.allowed}
                for p in past.get(unit.id, ())
            ],
        )
        for unit in units
    ]
    AskPart.objects.bulk_create(parts)
    for said, state in ((REQUEST_SENT, PartState.RUNNING), (REQUEST_PROPOSED, PartState.WAITING)):
        chosen = [part for part in parts if part.state == state]
        record_each(said, chosen, ask=ask, by=by, at=at, fields=len(fields))
