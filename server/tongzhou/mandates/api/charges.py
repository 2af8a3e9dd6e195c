"""Charges: proposed, answered, with their means, passed on."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.end_means import end_means
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.propose_end import propose_end
from tongzhou.mandates.actions.recall_delegation import recall_delegation
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.actions.withdraw_proposal import withdraw_proposal
from tongzhou.mandates.queries import charges as reading
from tongzhou.mandates.schemas.duties import (
    ChargeOut,
    DelegationOut,
    MeansOut,
    ProposalOut,
    ProposalsOut,
)
from tongzhou.mandates.schemas.requests import ChargeIn, DelegateIn, DutyReason, EndIn, MeansIn
from tongzhou.mandates.schemas.values import DutyCode
from tongzhou.places import queries as places

router = Router(tags=["duties"])


@router.get("/duties/{code}/charges", response=list[ChargeOut])
def charges(request: PostRequest, code: DutyCode, ended: bool = False) -> list[ChargeOut]:
    """Who is charged with a duty or asked to be; with `ended` the last hundred who were."""
    found = reading.duty(code, visible_to=request.holder)
    held = reading.of_duty(found, visible_to=request.holder, ended=ended)
    return [ChargeOut.of(charge) for charge in held]


@router.post("/duties/{code}/charges", response={201: ProposalOut})
def propose(request: PostRequest, code: DutyCode, body: ChargeIn) -> Status[ProposalOut]:
    """Proposes that a unit takes part in a duty; in force once all units concerned have
    consented. Needs `mandate.propose`."""
    post = request.holder
    unit = actors.named(body.unit, field="unit", visible_to=post)
    given = body.model_dump() | {
        "unit": unit,
        "area": places.named(body.area, field="area") if body.area else unit.area,
    }
    duty = reading.duty(code, visible_to=post)
    return Status(201, ProposalOut.of(propose_charge(duty=duty, **given, by=post, at=clock.now())))


@router.get("/units/{code}/duties", response=list[ChargeOut])
def of_unit(request: PostRequest, code: Code) -> list[ChargeOut]:
    """What a unit is charged with or asked to take on, with the means."""
    unit = actors.find(code, visible_to=request.holder)
    return [ChargeOut.of(charge) for charge in reading.of_unit(unit, visible_to=request.holder)]


@router.get("/charges/{uuid:id}", response=ChargeOut)
def charge(request: PostRequest, id: UUID) -> ChargeOut:
    """One charge."""
    return ChargeOut.of(reading.charge(id, visible_to=request.holder))


@router.post("/charges/{uuid:id}/end", response={201: ProposalOut})
def end(request: PostRequest, id: UUID, body: EndIn) -> Status[ProposalOut]:
    """Proposes that a unit gives up its part. Needs `mandate.propose`."""
    found = reading.charge(id, visible_to=request.holder)
    made = propose_end(charge=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, ProposalOut.of(made))


@router.post("/charges/{uuid:id}/means", response={201: MeansOut})
def means(request: PostRequest, id: UUID, body: MeansIn) -> Status[MeansOut]:
    """Records a means of a charge. Needs `mandate.means`."""
    found = reading.charge(id, visible_to=request.holder)
    made = record_means(charge=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, MeansOut.of(made))


@router.post("/means/{uuid:id}/end", response=MeansOut)
def end_of_means(request: PostRequest, id: UUID) -> MeansOut:
    """Notes that a means is no longer there. Needs `mandate.means`."""
    found = reading.means(id, visible_to=request.holder)
    return MeansOut.of(end_means(means=found, by=request.holder, at=clock.now()))


@router.post("/charges/{uuid:id}/delegate", response={201: DelegationOut})
def delegate(request: PostRequest, id: UUID, body: DelegateIn) -> Status[DelegationOut]:
    """Passes a duty on for a term; the unit becomes responsible once it consents. Needs
    `mandate.delegate`."""
    post = request.holder
    given = body.model_dump() | {
        "to": actors.named(body.to, field="to", visible_to=post),
        "area": places.named(body.area, field="area") if body.area else None,
    }
    found = reading.charge(id, visible_to=post)
    made = delegate_duty(charge=found, **given, by=post, at=clock.now())
    return Status(201, DelegationOut.named(made))


@router.post("/delegations/{uuid:id}/recall", response=DelegationOut)
def recall(request: PostRequest, id: UUID, body: DutyReason) -> DelegationOut:
    """Takes back what was passed on, with what came along. Needs `mandate.delegate`."""
    found = reading.delegation(id, visible_to=request.holder)
    made = recall_delegation(
        delegation=found, reason=body.reason, by=request.holder, at=clock.now()
    )
    return DelegationOut.named(made)


@router.get("/proposals", response=ProposalsOut)
def proposals(request: PostRequest) -> ProposalsOut:
    """Open proposals: those that wait for your unit, and those that it made; at most 200 of
    each."""
    found = reading.open_proposals(visible_to=request.holder)
    return ProposalsOut.model_construct(
        to_answer=[ProposalOut.of(one) for one in found.to_answer],
        made=[ProposalOut.of(one) for one in found.made],
    )


@router.post("/proposals/{uuid:id}/consent", response=ProposalOut)
def consent(request: PostRequest, id: UUID) -> ProposalOut:
    """Your unit consents. Needs `mandate.consent`."""
    found = reading.proposal(id, visible_to=request.holder)
    return ProposalOut.of(consent_charge(proposal=found, by=request.holder, at=clock.now()))


@router.post("/proposals/{uuid:id}/decline", response=ProposalOut)
def decline(request: PostRequest, id: UUID, body: DutyReason) -> ProposalOut:
    """Your unit declines; all stays as it was. Needs `mandate.consent`."""
    found = reading.proposal(id, visible_to=request.holder)
    made = decline_charge(proposal=found, reason=body.reason, by=request.holder, at=clock.now())
    return ProposalOut.of(made)


@router.post("/proposals/{uuid:id}/withdraw", response=ProposalOut)
def withdraw(request: PostRequest, id: UUID, body: DutyReason) -> ProposalOut:
    """Your unit takes its proposal back. Needs `mandate.propose`."""
    found = reading.proposal(id, visible_to=request.holder)
    made = withdraw_proposal(proposal=found, reason=body.reason, by=request.holder, at=clock.now())
    return ProposalOut.of(made)
