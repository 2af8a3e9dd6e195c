"""Gifts."""

from decimal import Decimal

from django.http import HttpResponse
from ninja import Router, Status

from tongzhou.actors.auth import ANYONE, MaybeRequest
from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.actions.cancel_gift import cancel_gift
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.use_gift import use_gift
from tongzhou.funds.api import reading
from tongzhou.funds.queries import gifts
from tongzhou.funds.schemas import (
    GiftFollowed,
    GiftOut,
    GiftReceiveIn,
    GiftsOut,
    GiftUseIn,
    MoneyReasonIn,
    PromisedOut,
    PromiseIn,
)
from tongzhou.incidents.api.signals import LOOK_UPS
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.kernel.client_address import client_address

router = Router(tags=["gifts"])


@router.get("/public/gifts", response=GiftsOut, auth=ANYONE, summary="Gifts in sums")
def gift_sums(request: MaybeRequest) -> GiftsOut:
    """What was given, by who gives and what for; takes no account. Sums of fewer than three
    gifts are null."""
    return GiftsOut.of(gifts.overview())


@router.post("/gifts", response={201: PromisedOut}, auth=ANYONE, summary="Promise a gift")
def gift_promise(
    request: MaybeRequest, response: HttpResponse, body: PromiseIn
) -> Status[PromisedOut]:
    """A gift to a fund that takes gifts; takes no account. The code is the donor's key and is
    shown once."""
    response["Cache-Control"] = "no-store"
    fields = body.model_dump() | {
        "fund": reading.open_fund(body.fund),
        "amount": reading.amount(body.amount),
        "quantity": Decimal(body.quantity) if body.quantity else None,
    }
    made = pledge_gift(**fields, by=request.holder, at=clock.now())
    return Status(201, PromisedOut.model_construct(number=made.number, code=made.code))


@router.get("/gifts/{code}", response=GiftFollowed, auth=ANYONE, summary="Follow a gift")
def gift_follow(request: MaybeRequest, response: HttpResponse, code: Code) -> GiftFollowed:
    """What became of the gift with this code; takes no account."""
    response["Cache-Control"] = "no-store"
    LOOK_UPS.count(client_address(request))
    return GiftFollowed.followed(gifts.by_code(code))


@router.get("/funds/gifts/{int:number}", response=GiftOut, summary="One gift")
def gift_one(request: PostRequest, number: int) -> GiftOut:
    """A gift, for whoever keeps its fund."""
    return GiftOut.of(gifts.find(number, visible_to=request.holder))


@router.post("/funds/gifts/{int:number}/receive", response=GiftOut, summary="A gift arrived")
def gift_receive(request: PostRequest, number: int, body: GiftReceiveIn) -> GiftOut:
    """What was promised is there. Needs `fund.keep`."""
    post = request.holder
    found = gifts.find(number, visible_to=post)
    receive_gift(
        gift=found, amount=money.read(body.amount), valued_by=body.valued_by,
        quantity=Decimal(body.quantity) if body.quantity else None, reference=body.reference,
        by=post, at=clock.now(),
    )  # fmt: skip
    return GiftOut.of(gifts.find(number, visible_to=post))


@router.post("/funds/gifts/{int:number}/cancel", response=GiftOut, summary="A gift does not come")
def gift_cancel(request: PostRequest, number: int, body: MoneyReasonIn) -> GiftOut:
    """A promise that does not come. Needs `fund.keep`."""
    post = request.holder
    found = gifts.find(number, visible_to=post)
    cancel_gift(gift=found, reason=body.reason, by=post, at=clock.now())
    return GiftOut.of(gifts.find(number, visible_to=post))


@router.post("/funds/gifts/{int:number}/use", response=GiftOut, summary="Hand goods out")
def gift_use(request: PostRequest, number: int, body: GiftUseIn) -> GiftOut:
    """Goods of a gift go to a unit. Needs `fund.keep`."""
    post = request.holder
    found = gifts.find(number, visible_to=post)
    use_gift(
        gift=found, amount=money.read(body.amount), what=body.what,
        receiver=names.unit(body.receiver, field="receiver"), by=post, at=clock.now(),
    )  # fmt: skip
    return GiftOut.of(gifts.find(number, visible_to=post))
