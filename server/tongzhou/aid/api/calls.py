"""Calls for aid and offers."""

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.aid.actions.close_request import close_request
from tongzhou.aid.actions.decline_offer import decline_offer
from tongzhou.aid.actions.decline_request import decline_request
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.offer_aid import offer_aid
from tongzhou.aid.actions.prolong_request import prolong_request
from tongzhou.aid.actions.request_aid import request_aid
from tongzhou.aid.actions.withdraw_offer import withdraw_offer
from tongzhou.aid.api import reading
from tongzhou.aid.queries import packages, requests
from tongzhou.aid.schemas.aid import (
    AidAgreementOut,
    AidCallIn,
    AidCallOut,
    AidCallWhole,
    AidDeclineIn,
    AidOfferIn,
    AidProlongIn,
    AidReasonIn,
    AidTakeIn,
    KindName,
    StageName,
)
from tongzhou.incidents.queries import lists as incidents
from tongzhou.incidents.queries import names
from tongzhou.incidents.queries.situation import areas_by_code
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search

router = Router(tags=["aid"])


@router.get("/aid", response=Page[AidCallOut], summary="Calls for aid")
def call_list(
    request: PostRequest,
    q: Search = "",
    show: StageName | None = None,
    kind: KindName | None = None,
    incident: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AidCallOut]:
    """Calls that your unit or one below it makes or is asked by; those not over unless `show` says
    otherwise."""
    filters = requests.Filters(show=show or "", q=q, kind=kind or "", incident=incident or "")
    page = requests.listed(visible_to=request.holder, filters=filters, cursor=cursor, limit=limit)
    items = [AidCallOut.of(row) for row in page.rows]
    return Page[AidCallOut].model_construct(items=items, next=page.next or None)


@router.post("/aid", response={201: AidCallWhole}, summary="Call for aid")
def call_make(request: PostRequest, body: AidCallIn) -> Status[AidCallWhole]:
    """Each that is asked has a time limit to answer. Needs `aid.ask`."""
    post = request.holder
    made = request_aid(
        kind=body.kind, what=body.what, count=body.count,
        asked=names.units(body.asked, field="asked"), starts_on=body.starts_on,
        ends_on=body.ends_on, priority=body.priority, reason=body.reason,
        package=packages.find(body.package, visible_to=post) if body.package else None,
        area=areas_by_code([body.area])[0] if body.area else None,
        incident=incidents.find(body.incident, visible_to=post) if body.incident else None,
        by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, reading.call(made.number, post))


@router.get("/aid/{int:number}", response=AidCallWhole, summary="One call")
def call_one(request: PostRequest, number: int) -> AidCallWhole:
    """One call with its offers; prices of others stay hidden until an agreement is signed."""
    return reading.call(number, request.holder)


@router.post("/aid/{int:number}/decline", response=AidCallWhole, summary="Say that one cannot help")
def call_decline(request: PostRequest, number: int, body: AidDeclineIn) -> AidCallWhole:
    """By a unit that was asked. Needs `aid.offer`."""
    post = request.holder
    found = requests.find(number, visible_to=post)
    better = names.unit(body.better, field="better") if body.better else None
    decline_request(request=found, reason=body.reason, better=better, by=post, at=clock.now())
    return reading.call(number, post)


@router.post("/aid/{int:number}/prolong", response=AidCallWhole, summary="Prolong a call")
def call_prolong(request: PostRequest, number: int, body: AidProlongIn) -> AidCallWhole:
    """It goes on until a later day. Needs `aid.ask`."""
    post = request.holder
    found = requests.find(number, visible_to=post)
    prolong_request(
        request=found, ends_on=body.ends_on, reason=body.reason, by=post, at=clock.now()
    )
    return reading.call(number, post)


@router.post("/aid/{int:number}/close", response=AidCallWhole, summary="Close a call")
def call_close(request: PostRequest, number: int, body: AidReasonIn) -> AidCallWhole:
    """No more offers; what was agreed goes on. Needs `aid.ask`."""
    post = request.holder
    found = requests.find(number, visible_to=post)
    close_request(request=found, reason=body.reason, by=post, at=clock.now())
    return reading.call(number, post)


@router.post("/aid/{int:number}/offers", response={201: AidCallWhole}, summary="Offer aid")
def offer_make(request: PostRequest, number: int, body: AidOfferIn) -> Status[AidCallWhole]:
    """By a unit that was asked. Needs `aid.offer`."""
    post = request.holder
    found = requests.find(number, visible_to=post)
    offer_aid(
        request=found, count=body.count, arrives_at=body.arrives_at, ends_on=body.ends_on,
        package=packages.find(body.package, visible_to=post) if body.package else None,
        people=body.people, cost=None if body.cost is None else reading.cost_of(body.cost),
        conditions=body.conditions, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, reading.call(number, post))


@router.post(
    "/aid/offers/{int:number}/withdraw", response=AidCallWhole, summary="Withdraw an offer"
)
def offer_withdraw(request: PostRequest, number: int, body: AidReasonIn) -> AidCallWhole:
    """Before it is taken. Needs `aid.offer`."""
    post = request.holder
    found = requests.find_offer(number, visible_to=post)
    withdraw_offer(offer=found, reason=body.reason, by=post, at=clock.now())
    return reading.call(found.request.number, post)


@router.post(
    "/aid/offers/{int:number}/decline", response=AidCallWhole, summary="Do not take an offer"
)
def offer_decline(request: PostRequest, number: int, body: AidReasonIn) -> AidCallWhole:
    """By the asking side. Needs `aid.agree`."""
    post = request.holder
    found = requests.find_offer(number, visible_to=post)
    decline_offer(offer=found, reason=body.reason, by=post, at=clock.now())
    return reading.call(found.request.number, post)


@router.post(
    "/aid/offers/{int:number}/take", response={201: AidAgreementOut}, summary="Take an offer"
)
def offer_take(request: PostRequest, number: int, body: AidTakeIn) -> Status[AidAgreementOut]:
    """Puts the agreement down, to be signed by both sides. Needs `aid.agree`."""
    post = request.holder
    found = requests.find_offer(number, visible_to=post)
    made = draft_agreement(
        offer=found, count=body.count, payment=body.payment, liability=body.liability,
        conditions=body.conditions, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, reading.agreement(made.number, post))
