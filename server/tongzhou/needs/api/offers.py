"""Offers and hospitals."""

from typing import Literal

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.needs.actions.answer_offer import answer_offer
from tongzhou.needs.actions.offer import offer as make_offer
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.actions.report_hospital import FIELDS, report_hospital
from tongzhou.needs.actions.withdraw_offer import withdraw_offer
from tongzhou.needs.choices import Channel
from tongzhou.needs.queries import hospitals as hospital_queries
from tongzhou.needs.queries import offers as queries
from tongzhou.needs.schemas.needs import (
    NeedReasonIn,
    OfferAnswerIn,
    OfferIn,
    OfferOut,
    StandingOut,
    StatusIn,
)
from tongzhou.places.models import Area
from tongzhou.places.queries import AreaUnknown

router = Router(tags=["needs"])


@router.get("/offers", response=Page[OfferOut], summary="Offers")
def offer_list(
    request: PostRequest,
    q: Search = "",
    show: Literal["", "usable", "waiting", "accepted", "declined", "withdrawn"] = "",
    whose: Literal["", "mine", "desk"] = "",
    near: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[OfferOut]:
    """Offers that your post may see, the latest first."""
    page = queries.listed(
        visible_to=request.holder, at=clock.now(), q=q, show=show, whose=whose, near=near,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [OfferOut.of(row) for row in page.rows]
    return Page[OfferOut].model_construct(items=items, next=page.next or None)


@router.post("/offers", response={201: OfferOut}, summary="Offer something")
def offer_make(request: PostRequest, body: OfferIn) -> Status[OfferOut]:
    """What your unit offers. Needs `offer.make`."""
    lines = [
        Offered(
            catalogue.require_item(line.item, row=row), line.quantity, line.unit,
            expires_on=line.expires_on,
        )
        for row, line in enumerate(body.lines, start=1)
    ]  # fmt: skip
    area = Area.objects.filter(code=body.area).first() if body.area else None
    if body.area and area is None:
        raise AreaUnknown(field="area", code=body.area)
    given = body.model_dump(include={"place", "until_at", "conditions"})
    made = make_offer(
        **given, lines=lines, area=area, channel=Channel.API, by=request.holder, at=clock.now()
    )
    return Status(201, OfferOut.of(queries.find(made.number, visible_to=request.holder)))


@router.get("/offers/{int:number}", response=OfferOut, summary="One offer")
def offer(request: PostRequest, number: int) -> OfferOut:
    """One offer."""
    return OfferOut.of(queries.find(number, visible_to=request.holder))


@router.post("/offers/{int:number}/answer", response=OfferOut, summary="Answer an offer")
def offer_answer(request: PostRequest, number: int, body: OfferAnswerIn) -> OfferOut:
    """Accepts or declines. Needs `offer.answer`."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    items = {line: catalogue.require_item(text) for line, text in body.items.items()}
    answer_offer(
        offer=found, accepted=body.accepted, reason=body.reason, items=items, by=post,
        at=clock.now(),
    )  # fmt: skip
    return OfferOut.of(queries.find(number, visible_to=post))


@router.post("/offers/{int:number}/withdraw", response=OfferOut, summary="Withdraw an offer")
def offer_withdraw(request: PostRequest, number: int, body: NeedReasonIn) -> OfferOut:
    """It does not stand any more. Needs `offer.make`."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    withdraw_offer(offer=found, reason=body.reason, by=post, at=clock.now())
    return OfferOut.of(queries.find(number, visible_to=post))


@router.get("/hospitals", response=list[StandingOut], summary="How hospitals stand")
def hospital_list(request: PostRequest, area: Code | None = None) -> list[StandingOut]:
    """What each last said of itself."""
    found = hospital_queries.standings(visible_to=request.holder, at=clock.now(), area=area or "")
    return [StandingOut.standing(one) for one in found]


@router.post("/hospitals/{code}/status", response={201: StandingOut}, summary="Report a hospital")
def hospital_report(request: PostRequest, code: Code, body: StatusIn) -> Status[StandingOut]:
    """The ten figures of a hospital. Needs `hospital.report`."""
    post = request.holder
    unit = hospital_queries.find(code, visible_to=post)
    made = report_hospital(
        unit=unit, figures=body.model_dump(include=set(FIELDS)), as_of=body.as_of,
        source=body.source, channel=Channel.API, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, StandingOut.of(code, made, old=False))
