"""Acts on powers and duties that a plan names by unit: what stands behind them – proposals,
charges – gets its ids when the list of duties is laid out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MANDATE_MEANS
from tongzhou.library.models import TemplateVersion
from tongzhou.library.queries import version
from tongzhou.mandates.actions.consent_many import consent_many
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.lay_out_duties import lay_out_duties
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.record_many_means import Given, record_many_means
from tongzhou.mandates.actions.withdraw_proposal import withdraw_proposal
from tongzhou.mandates.models import Charge, ChargeState, Delegation, Duty, Proposal, ProposalState
from tongzhou.mandates.parts import MeansKind, Part

_MEANS: Final = {
    MeansKind.POWER: "指挥部授权书 · letter of authority of the command",
    MeansKind.PEOPLE: "本单位在岗人员 · own staff on duty",
    MeansKind.MONEY: "应急预备费 · emergency funds",
    MeansKind.SUPPLIES: "本级物资库 · stores of this level",
}


def lay_out(*, key: str, jurisdiction: str, top: Unit, by: Post, at: datetime) -> None:
    """Lays the first shipped list of this name out, in force then or not: the list is younger
    than the story, and says so on its page."""
    found = TemplateVersion.objects.filter(
        template__kind="mandates", template__key=key, template__jurisdiction=jurisdiction
    )
    lay_out_duties(version=version(found.order_by("number")[0].id), top=top, by=by, at=at)


def take_on(*, unit: Unit, without: Sequence[str], by: Post, at: datetime) -> None:
    """The unit consents to all that it was asked to take on, and notes with what it does what it
    leads or carries out; duties in ``without`` stay without means."""
    asked = Proposal.objects.filter(state=ProposalState.OPEN, charge__unit=unit).select_related(
        "charge__unit", "charge__duty", "charge__area"
    )
    consent_many(proposals=list(asked.order_by("charge__duty__code")), by=by, at=at)
    if not permissions.holds(by, MANDATE_MEANS):
        return
    held = Charge.objects.filter(
        unit=unit, state=ChargeState.IN_FORCE, part__in=[Part.ACCOUNTABLE, Part.RESPONSIBLE]
    ).exclude(duty__code__in=list(without))
    given = [
        Given(charge, kind, _MEANS[MeansKind(kind)])
        for charge in held.select_related("duty").order_by("duty__code", "id")
        for kind in charge.duty.needs
    ]
    record_many_means(given=given, by=by, at=at)


def decline(*, unit: Unit, duty: str, reason: str, by: Post, at: datetime) -> None:
    """The unit declines what it was asked to take on."""
    asked = Proposal.objects.filter(
        state=ProposalState.OPEN, charge__unit=unit, charge__duty__code=duty
    )
    for proposal in asked.select_related("charge__unit", "charge__duty", "charge__area"):
        decline_charge(proposal=proposal, reason=reason, by=by, at=at)


def take_back(*, unit: Unit, reason: str, by: Post, at: datetime) -> None:
    """Whoever asked takes back what the unit has not answered."""
    asked = Proposal.objects.filter(state=ProposalState.OPEN, charge__unit=unit)
    found = asked.select_related("charge__unit", "charge__duty", "charge__area")
    for proposal in found.order_by("charge__duty__code"):
        withdraw_proposal(proposal=proposal, reason=reason, by=by, at=at)


def propose(
    *,
    duty: str,
    unit: Unit,
    part: str,
    due_at: datetime,
    by: Post,
    at: datetime,
    id: UUID,
    reason: str = "",
) -> Proposal:
    """Asks a unit to take part in a duty in its own area."""
    return propose_charge(
        duty=Duty.objects.get(code=duty), unit=unit, part=part, area=unit.area, due_at=due_at,
        reason=reason, by=by, at=at, id=id,
    )  # fmt: skip


def delegate(
    *,
    duty: str,
    unit: Unit,
    to: Unit,
    until: datetime,
    people: str,
    reason: str,
    by: Post,
    at: datetime,
    id: UUID,
) -> Delegation:
    """The unit passes a duty down with ``people``, and whoever gets it consents later."""
    held = Charge.objects.select_related("unit", "duty", "area").get(
        duty__code=duty, unit=unit, state=ChargeState.IN_FORCE
    )
    means = {str(MeansKind.PEOPLE): people}
    return delegate_duty(
        charge=held, to=to, until=until, means=means, reason=reason, by=by, at=at, id=id
    )
