from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MANDATE_DELEGATE
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.mandates.actions.change import (
    begin,
    read,
    require_active,
    require_in_force,
    require_means,
    short,
)
from tongzhou.mandates.actions.propose_charge import refuse_forbidden
from tongzhou.mandates.actions.proposing import open_proposal
from tongzhou.mandates.acts import DUTY_DELEGATED
from tongzhou.mandates.models import (
    Charge,
    ChargeState,
    Delegation,
    Duty,
    Means,
    ProposalKind,
)
from tongzhou.mandates.parts import WORKING, Part
from tongzhou.places.models import Area


class DelegatedToItself(Invalid):
    """One cannot pass a duty on to oneself."""

    code = "delegated-to-itself"
    message = _("%(unit)s cannot pass a duty on to itself.")


class CyclicDelegation(Invalid):
    """The duty would come back to where it started, and nobody would do it."""

    code = "delegation-cyclic"
    message = _("%(to)s passed this duty on to %(unit)s itself; it cannot go back in a circle.")


class TermPassed(Invalid):
    """A delegation is for a term that lies ahead."""

    code = "delegation-term-passed"
    message = _("The term of a delegation ends in the future.")


class NothingToDelegate(Conflict):
    """Who is only consulted or informed has nothing to pass on."""

    code = "nothing-to-delegate"
    message = _("Only a unit that is accountable or responsible can pass a duty on.")


class DelegatedAlready(Conflict):
    """The unit holds it from there already."""

    code = "delegated-already"
    message = _("This duty has been passed on to %(unit)s already.")


class OutsideCharge(Invalid):
    """Nobody can pass on more than they have."""

    code = "delegation-outside"
    message = _("%(area)s is outside of the area of the charge.")


def delegate_duty(
    *,
    charge: Charge,
    to: Unit,
    until: datetime,
    by: Post,
    at: datetime,
    means: Mapping[str, str] | None = None,
    area: Area | None = None,
    due_at: datetime | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Delegation:
    """Passes a duty on for a term, with the means that come along (kind → what). The unit
    becomes responsible once it consents; accountable stays who was. Without ``area``: that
    of the unit where it lies inside, else that of the charge.

    Raises NotAllowed, ChargeNotInForce, NothingToDelegate, DelegatedToItself,
    CyclicDelegation, DelegatedAlready, ChargedUnitInactive, ChargeForbidden, TermPassed,
    OutsideCharge, UnknownMeans, TextTooLong, AnswerTimePassed.
    """
    given = {kind: short(text, field=kind) for kind, text in (means or {}).items()}
    require_means(given, field="means")
    said = short(reason, field="reason", limit=4_000)
    if until <= at:
        raise TermPassed(field="until")
    require_active(to, field="to")
    with transaction.atomic():
        duty = begin(charge.duty_id)
        held = read(charge.id)
        permissions.require(by=by, word=MANDATE_DELEGATE, on=held)
        require_in_force(held)
        if held.part not in WORKING:
            raise NothingToDelegate()
        _refuse_circle(duty, held.unit, to)
        refuse_forbidden(duty, to, part=Part.RESPONSIBLE, at=at)
        there = area or (to.area if held.area.contains(to.area) else held.area)
        if not held.area.contains(there):
            raise OutsideCharge(field="area", area=there.name)
        passed = Charge(
            id=new_id(),
            duty=duty,
            area=there,
            unit=to,
            part=Part.RESPONSIBLE,
            cells=held.cells,
            proposed_at=at,
        )
        passed.save(force_insert=True)
        delegation = Delegation(
            id=id or new_id(), charge=held, to=passed, by=by, at=at, until=until, reason=said
        )
        delegation.save(force_insert=True)
        Means.objects.bulk_create(
            Means(
                charge=passed, kind=kind, text=text, by_unit=held.unit, delegation=delegation, at=at
            )
            for kind, text in given.items()
            if text
        )
        open_proposal(
            ProposalKind.DELEGATE,
            charge=passed,
            asked=[to],
            type=DUTY_DELEGATED,
            by=by,
            at=at,
            due_at=due_at,
            reason=said,
            id=new_id(),
        )
    return delegation


def _refuse_circle(duty: Duty, unit: Unit, to: Unit) -> None:
    """Raises DelegatedToItself, DelegatedAlready, CyclicDelegation."""
    if to.id == unit.id:
        raise DelegatedToItself(field="to", unit=unit.name)
    goes: dict[UUID, set[UUID]] = {}
    running = Q(recalled_at=None, to__state__in=[ChargeState.PROPOSED, ChargeState.IN_FORCE])
    for giver, taker in Delegation.objects.filter(running, charge__duty=duty).values_list(
        "charge__unit_id", "to__unit_id"
    ):
        goes.setdefault(giver, set()).add(taker)
    if to.id in goes.get(unit.id, ()):
        raise DelegatedAlready(field="to", unit=to.name)
    reached, ahead = {to.id}, [to.id]
    while ahead:
        for taker in goes.get(ahead.pop(), ()):
            if taker == unit.id:
                raise CyclicDelegation(field="to", to=to.name, unit=unit.name)
            if taker not in reached:
                reached.add(taker)
                ahead.append(taker)
