"""Agreements, who was sent under them, and what they cost."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.aid.actions.amend_agreement import amend_agreement
from tongzhou.aid.actions.ask_payment import ask_payment
from tongzhou.aid.actions.cancel_agreement import cancel_agreement
from tongzhou.aid.actions.claim_cost import CostItem, claim_cost
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.give_cost import give_cost
from tongzhou.aid.actions.refuse_cost import refuse_cost
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.aid.api.reading import agreement, cost_of
from tongzhou.aid.queries import agreements
from tongzhou.aid.schemas.aid import (
    AidAgreementOut,
    AidAmendIn,
    AidArrivedIn,
    AidCostIn,
    AidMovedIn,
    AidPayIn,
    AidReasonIn,
    AidSendIn,
    AidSignIn,
)
from tongzhou.funds import money
from tongzhou.funds.queries import funds
from tongzhou.kernel import clock

router = Router(tags=["aid"])


@router.get("/aid/agreements/{int:number}", response=AidAgreementOut, summary="One agreement")
def agreement_one(request: PostRequest, number: int) -> AidAgreementOut:
    """With its versions, who was sent, and what it cost."""
    return agreement(number, request.holder)


@router.post("/aid/agreements/{int:number}/sign", response=AidAgreementOut, summary="Sign")
def agreement_sign(request: PostRequest, number: int, body: AidSignIn) -> AidAgreementOut:
    """For one's own side. Needs `aid.sign`."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    sign_agreement(agreement=found, version=body.version, by=post, at=clock.now())
    return agreement(number, post)


@router.post(
    "/aid/agreements/{int:number}/amend", response=AidAgreementOut, summary="Change an agreement"
)
def agreement_amend(request: PostRequest, number: int, body: AidAmendIn) -> AidAgreementOut:
    """Puts a changed version down, to be signed by both sides. Needs `aid.agree`."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    given = body.model_dump(exclude={"cost"})
    cost = None if body.cost is None else cost_of(body.cost)
    amend_agreement(agreement=found, **given, cost=cost, by=post, at=clock.now())
    return agreement(number, post)


@router.post(
    "/aid/agreements/{int:number}/cancel", response=AidAgreementOut, summary="Cancel an agreement"
)
def agreement_cancel(request: PostRequest, number: int, body: AidReasonIn) -> AidAgreementOut:
    """While nobody was sent. Needs `aid.agree`."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    cancel_agreement(agreement=found, reason=body.reason, by=post, at=clock.now())
    return agreement(number, post)


@router.post(
    "/aid/agreements/{int:number}/deployments", response={201: AidAgreementOut}, summary="Set off"
)
def stay_send(request: PostRequest, number: int, body: AidSendIn) -> Status[AidAgreementOut]:
    """By the sending side, under an agreement in force. Needs `aid.send`."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    deploy(agreement=found, **body.model_dump(), by=post, at=clock.now())
    return Status(201, agreement(number, post))


@router.post(
    "/aid/deployments/{uuid:id}/arrive", response=AidAgreementOut, summary="Confirm the arrival"
)
def stay_arrive(request: PostRequest, id: UUID, body: AidArrivedIn) -> AidAgreementOut:
    """By the host. Needs `aid.host`."""
    post = request.holder
    found = agreements.deployment(id, visible_to=post)
    confirm_arrival(deployment=found, **body.model_dump(), by=post, at=clock.now())
    return agreement(found.agreement.number, post)


@router.post("/aid/deployments/{uuid:id}/release", response=AidAgreementOut, summary="Send home")
def stay_release(request: PostRequest, id: UUID, body: AidMovedIn) -> AidAgreementOut:
    """By the host. Needs `aid.host`."""
    post = request.holder
    found = agreements.deployment(id, visible_to=post)
    release(deployment=found, **body.model_dump(), by=post, at=clock.now())
    return agreement(found.agreement.number, post)


@router.post("/aid/deployments/{uuid:id}/home", response=AidAgreementOut, summary="Home again")
def stay_home(request: PostRequest, id: UUID, body: AidMovedIn) -> AidAgreementOut:
    """By the sender. Needs `aid.send`."""
    post = request.holder
    found = agreements.deployment(id, visible_to=post)
    confirm_home(deployment=found, **body.model_dump(), by=post, at=clock.now())
    return agreement(found.agreement.number, post)


@router.post(
    "/aid/agreements/{int:number}/costs", response={201: AidAgreementOut}, summary="Claim the cost"
)
def cost_claim(request: PostRequest, number: int, body: AidCostIn) -> Status[AidAgreementOut]:
    """By the sender, never beyond the agreed sum. Needs `aid.settle`."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    lines = [CostItem(line.what, money.read(line.amount, field="lines")) for line in body.lines]
    claim_cost(agreement=found, lines=lines, by=post, at=clock.now())
    return Status(201, agreement(number, post))


@router.post("/aid/costs/{int:number}/pay", response=AidAgreementOut, summary="Ask a fund to pay")
def cost_pay(request: PostRequest, number: int, body: AidPayIn) -> AidAgreementOut:
    """By the asking side; somebody else of the fund approves and pays. Needs `aid.settle`."""
    post = request.holder
    found = agreements.cost(number, visible_to=post)
    fund = funds.find(body.fund, visible_to=post)
    ask_payment(cost=found, fund=fund, purpose=body.purpose, by=post, at=clock.now())
    return agreement(found.agreement.number, post)


@router.post("/aid/costs/{int:number}/refuse", response=AidAgreementOut, summary="Refuse a claim")
def cost_refuse(request: PostRequest, number: int, body: AidReasonIn) -> AidAgreementOut:
    """By the asking side. Needs `aid.settle`."""
    post = request.holder
    found = agreements.cost(number, visible_to=post)
    refuse_cost(cost=found, reason=body.reason, by=post, at=clock.now())
    return agreement(found.agreement.number, post)


@router.post("/aid/costs/{int:number}/give", response=AidAgreementOut, summary="Give it as a gift")
def cost_give(request: PostRequest, number: int, body: AidReasonIn) -> AidAgreementOut:
    """By the sender. Needs `aid.settle`."""
    post = request.holder
    found = agreements.cost(number, visible_to=post)
    give_cost(cost=found, reason=body.reason, by=post, at=clock.now())
    return agreement(found.agreement.number, post)
