from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import AID_ASK
from tongzhou.aid import terms
from tongzhou.aid.actions.change import (
    LINE,
    AidDaysTurned,
    counted,
    day_of,
    end_of,
    next_number,
    record,
    require_days,
    require_incident,
    written,
)
from tongzhou.aid.actions.publish_package import PackageKindUnknown
from tongzhou.aid.acts import ASKED, REQUESTED
from tongzhou.aid.choices import Kind
from tongzhou.aid.models import AidRequest, Asked, Package
from tongzhou.incidents.models import AUTHORITIES, Incident
from tongzhou.kernel.errors import Invalid, NotFound, Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json
from tongzhou.needs.choices import Priority
from tongzhou.places.models import Area

MOST_ASKED: Final = 40


class NobodyAsked(Invalid):
    """A call to nobody, or to too many."""

    code = "aid-nobody-asked"
    message = _("Ask 1 to %(most)d units.")


class AidToOneself(Invalid):
    """A region that would help itself: one's own unit, or one of one's own line of command."""

    code = "aid-to-oneself"
    message = _("%(unit)s belongs to your own region: this is no aid from outside.")


class AidByAuthorities(Refusal):
    """A firm or a team that would call for a region."""

    code = "aid-by-authorities"
    status = 403
    message = _("Authorities alone call other regions; report what you lack as a need.")


class AidAskedClosed(Invalid):
    """A unit that does not exist any more."""

    code = "aid-unit-closed"
    message = _("%(unit)s is closed.")


def request_aid(
    *,
    kind: str,
    what: str,
    count: int,
    asked: Sequence[Unit],
    starts_on: date,
    ends_on: date,
    priority: int,
    reason: str,
    by: Post,
    at: datetime,
    package: Package | None = None,
    area: Area | None = None,
    incident: Incident | None = None,
    id: UUID | None = None,
) -> AidRequest:
    """Calls other regions for so many packages of a kind between two days; each that is asked has
    a time limit of its own to answer, and the call ends by itself. Raises NotFound, NotAllowed,
    AidByAuthorities, NobodyAsked, AidToOneself, AidAskedClosed, PackageKindUnknown, TextMissing,
    AidTextTooLong, AidCountWrong, AidDaysTurned, AidNeedsExercise, NoTemplate."""
    place = area or by.unit.area
    counted(count, most=1_000)
    if kind not in Kind.values or priority not in Priority.values:
        raise PackageKindUnknown(field="kind", word=str(kind)[:80])
    require_days(starts_on, ends_on, at=at, field="ends_on")
    if ends_on < day_of(at):
        raise AidDaysTurned(field="ends_on")
    units = list({unit.id: unit for unit in asked}.values())
    if not 0 < len(units) <= MOST_ASKED:
        raise NobodyAsked(field="asked", most=MOST_ASKED)
    limits = terms.in_force(at=at, area=place).limits
    with transaction.atomic():
        permissions.require(by=by, word=AID_ASK, on=by.unit)
        if by.unit.sector not in AUTHORITIES:
            raise AidByAuthorities()
        require_incident(incident, by=by)
        if package is not None and not package.relations_of(by):
            raise NotFound(field="package")
        for row, unit in enumerate(units, start=1):
            if by.unit_id in unit.line or unit.id in by.unit.line:
                raise AidToOneself(field="asked", row=row, unit=unit.name)
            if not unit.active:
                raise AidAskedClosed(field="asked", row=row, unit=unit.name)
        request = AidRequest.objects.create(
            id=id or new_id(),
            number=next_number("request"),
            unit=by.unit,
            kind=kind,
            package=package,
            what=written(what, field="what", limit=LINE),
            count=count,
            area=place,
            incident=incident,
            starts_on=starts_on,
            ends_on=ends_on,
            priority=priority,
            reason=written(reason, field="reason"),
            post=by,
            asked_at=at,
            due_at=at + limits["answer"],
        )
        data: dict[str, Json] = {
            "number": request.number,
            "asker": str(by.unit_id),
            "count": count,
            "kind": kind,
        }
        record(
            REQUESTED, about=("aid_request", request.id), by=by, at=at, units=[by.unit, *units],
            incident=incident, area=place, due_at=end_of(ends_on), data=data,
        )  # fmt: skip
        for unit in units:
            made = Asked.objects.create(id=new_id(), request=request, unit=unit)
            record(
                ASKED, about=("aid_asked", made.id), by=by, at=at, units=[unit], incident=incident,
                area=place, asked_at=at, due_at=request.due_at,
                data={**data, "asked": str(unit.id)},
            )  # fmt: skip
    return request
