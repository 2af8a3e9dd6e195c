"""Requests for forms, as a script names them: fields by code, consents by unit."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.oversight.actions.ask_units import Wanted, ask_units
from tongzhou.oversight.actions.consent_burden import consent_burden
from tongzhou.oversight.actions.report_up import report_up
from tongzhou.oversight.models import Ask, AskPart, Field

#: Until then a form can be asked for the day itself.
_DUE: Final = time(17)


def ask(
    *,
    title: str,
    units: Sequence[Unit],
    fields: Sequence[str],
    purpose: str,
    until: datetime,
    by: Post,
    at: datetime,
    id: UUID,
    anew: Sequence[str] = (),
    reason: str = "",
    legal_basis: str = "",
    seek_consent: bool = False,
    incident: Incident | None = None,
) -> Ask:
    """A daily form from the day of the act on, or from the next where that day is over for
    forms. ``anew``: fields that are reported already and asked all the same, for ``reason``."""
    begins = timezone.localtime(at)
    late = begins.time() >= _DUE
    known = {field.code: field for field in Field.objects.filter(code__in=[*fields, *anew])}
    return ask_units(
        kind="form",
        title=title,
        units=units,
        purpose=purpose,
        legal_basis=legal_basis or "突发公共卫生事件应急条例 · Regulation of 2003, art. 40",
        first_on=begins.date() + timedelta(days=late),
        until=timezone.localdate(until),
        rhythm="daily",
        due_time=_DUE,
        wanted=[
            *(Wanted(known[code]) for code in fields),
            *(Wanted(known[code], anew=True, reason=reason) for code in anew),
        ],
        seek_consent=seek_consent,
        incident=incident,
        by=by,
        at=at,
        id=id,
    )


def answer_quota(
    *, ask: Ask, unit: Unit, consent: bool, by: Post, at: datetime, reason: str = ""
) -> None:
    """A unit consents to a request past its quota, or declines it."""
    part = AskPart.objects.select_related("ask", "unit").get(ask=ask, unit=unit)
    consent_burden(part=part, consent=consent, reason=reason, by=by, at=at)


def report(*, values: Sequence[str], by: Post, at: datetime) -> None:
    """Enters the facts of the day, written as "code=value"."""
    day: date = timezone.localdate(at)
    report_up(day=day, values=dict(v.split("=", 1) for v in values), by=by, at=at)
