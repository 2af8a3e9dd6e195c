from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.mandates import access, cells
from tongzhou.mandates.actions.change import begin, require_active, short
from tongzhou.mandates.actions.proposing import ProposalOpen, open_proposal
from tongzhou.mandates.actions.seats import SecondAccountable, held_already, holders
from tongzhou.mandates.acts import CHARGE_PROPOSED
from tongzhou.mandates.models import Charge, ChargeState, Duty, Proposal, ProposalKind
from tongzhou.mandates.parts import WORKING, Part
from tongzhou.mandates.queries.forbidding import forbidden
from tongzhou.places.models import Area


class UnknownPart(Invalid):
    """A part that is none of the four."""

    code = "part-unknown"
    message = _("“%(value)s” is not a part in a duty. There are: %(known)s.")


class AlreadyCharged(Conflict):
    """Nothing would change."""

    code = "already-charged"
    message = _("%(unit)s is charged with this there already.")


class ChargeForbidden(Invalid):
    """A rule forbids to charge this unit."""

    code = "charge-forbidden"
    message = _("%(unit)s cannot be charged with this: %(rule)s (%(source)s)")


def propose_charge(
    *,
    duty: Duty,
    unit: Unit,
    part: str,
    area: Area,
    by: Post,
    at: datetime,
    phases: Sequence[str] = (),
    grades: Sequence[str] = (),
    take_over: bool = False,
    due_at: datetime | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Proposal:
    """Proposes that a unit takes part in a duty for an area; no phases or grades named: in
    all. In force once the unit has consented; with ``take_over`` also whoever is accountable
    there now, and then it passes from one to the other in one step. One's own unit consents
    by proposing. To be answered by ``due_at``, else within seven days.

    Raises NotAllowed, DutyRetired, ChargedUnitInactive, UnknownPart, UnknownPhase,
    UnknownGrade, ChargeForbidden, AlreadyCharged, ProposalOpen, SecondAccountable,
    AnswerTimePassed, TextTooLong.
    """
    if part not in Part.values:
        raise UnknownPart(field="part", value=part, known=", ".join(Part.values))
    covered = cells.cells(phases, grades)
    said = short(reason, field="reason", limit=4_000)
    require_active(unit, field="unit")
    with transaction.atomic():
        locked = begin(duty.id)
        access.require_proposer(by, unit)
        refuse_forbidden(locked, unit, part=part, at=at)
        charge = Charge(
            id=id or new_id(),
            duty=locked,
            area=area,
            unit=unit,
            part=part,
            cells=covered,
            proposed_at=at,
        )
        _cut(charge)
        before = holders(charge) if part == Part.ACCOUNTABLE else []
        if before and not take_over:
            raise SecondAccountable(field="unit", holder=before[0].unit.name)
        charge.save(force_insert=True)
        return open_proposal(
            ProposalKind.CHARGE,
            charge=charge,
            asked=[unit, *(held.unit for held in before)],
            type=CHARGE_PROPOSED,
            by=by,
            at=at,
            due_at=due_at,
            reason=said,
            takes_over=bool(before),
            id=new_id(),
        )


def refuse_forbidden(duty: Duty, unit: Unit, *, part: str, at: datetime) -> None:
    """Raises ChargeForbidden, which names the rule and where it stands. Whoever is consulted
    or informed has no work pushed to it."""
    if part not in WORKING:
        return
    rule = forbidden(duty, unit, on=at.date())
    if rule is not None:
        raise ChargeForbidden(field="unit", unit=unit.name, rule=rule.text, source=rule.cited)


def _cut(charge: Charge) -> None:
    """Leaves of the cells those that the unit does not hold yet. Raises AlreadyCharged,
    ProposalOpen."""
    charge.cells &= ~held_already(charge)
    if not charge.cells:
        raise AlreadyCharged(field="unit", unit=charge.unit.name)
    asked = Charge.objects.filter(
        duty_id=charge.duty_id,
        area_id=charge.area_id,
        unit_id=charge.unit_id,
        part=charge.part,
        state=ChargeState.PROPOSED,
    )
    if any(open_one.cells & charge.cells for open_one in asked):
        raise ProposalOpen(field="unit", unit=charge.unit.name)
