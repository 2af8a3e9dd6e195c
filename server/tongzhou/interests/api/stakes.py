"""Stakes."""

from decimal import Decimal
from typing import Literal

from ninja import Router, Status

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import names
from tongzhou.interests.actions.confirm_stake import confirm_stake
from tongzhou.interests.actions.revise_stake import revise_stake
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.actions.state_stake import state_stake
from tongzhou.interests.actions.withdraw_stake import withdraw_stake
from tongzhou.interests.api.reading import cost
from tongzhou.interests.queries import stakes
from tongzhou.interests.schemas import StakeIn, StakeOut, StakeSaid, StakeWhole, StakeWords
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit, Search
from tongzhou.places import queries as places

router = Router(tags=["interests"])


@router.get("/stakes", response=Page[StakeOut], summary="Stakes")
def stake_list(
    request: PostRequest,
    q: Search = "",
    incident: str = "",
    show: Literal["own", "confirm", "withdrawn"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[StakeOut]:
    """What is at stake for the units that you may know of, the latest first."""
    page = stakes.listed(
        visible_to=request.holder, q=q, incident=incident[:60], show=show or "", cursor=cursor,
        limit=limit,
    )  # fmt: skip
    items = [StakeOut.of(row) for row in page.rows]
    return Page[StakeOut].model_construct(items=items, next=page.next or None)


@router.post("/stakes", response={201: StakeWhole}, summary="Say what is at stake")
def stake_state(request: PostRequest, body: StakeIn) -> Status[StakeWhole]:
    """Says what is at stake for the own unit, or records it for one below, with the reason.
    Needs `stake.state` or `stake.record`."""
    post = request.holder
    measure = stakes.measure_of(body.measure, visible_to=post) if body.measure else None
    made = state_stake(
        words=_words(body), unit=names.unit(body.unit, field="unit") if body.unit else None,
        incident=stakes.incident_of(body.incident or "", visible_to=post), measure=measure,
        area=places.find(body.area) if body.area else None, reason=body.reason, by=post,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, _whole(made.number, post))


@router.get("/stakes/{int:number}", response=StakeWhole, summary="One stake")
def stake(request: PostRequest, number: int) -> StakeWhole:
    """One stake with what was said before, for its unit and those above it."""
    return _whole(number, request.holder)


@router.post("/stakes/{int:number}/revise", response=StakeWhole, summary="Say a stake anew")
def stake_revise(request: PostRequest, number: int, body: StakeWords) -> StakeWhole:
    """Says it anew. Needs `stake.state`, or `stake.record` until the unit stands behind it."""
    post = request.holder
    found = stakes.find(number, visible_to=post)
    revise_stake(stake=found, words=_words(body), reason=body.reason, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/stakes/{int:number}/confirm", response=StakeWhole, summary="Confirm a stake")
def stake_confirm(request: PostRequest, number: int) -> StakeWhole:
    """The unit stands behind what was recorded for it. Needs `stake.state`."""
    post = request.holder
    confirm_stake(stake=stakes.find(number, visible_to=post), by=post, at=clock.now())
    return _whole(number, post)


@router.post("/stakes/{int:number}/withdraw", response=StakeWhole, summary="Withdraw a stake")
def stake_withdraw(request: PostRequest, number: int) -> StakeWhole:
    """Takes it back. Needs `stake.state`."""
    post = request.holder
    withdraw_stake(stake=stakes.find(number, visible_to=post), by=post, at=clock.now())
    return _whole(number, post)


def _words(body: StakeWords) -> Words:
    return Words(
        stake=body.stake, cost=cost(body.cost, field="cost"), hours=Decimal(body.hours),
        red_line=body.red_line, wish=body.wish,
    )  # fmt: skip


def _whole(number: int, post: Post) -> StakeWhole:
    found = stakes.find(number, visible_to=post)
    near = found.near(post.unit_id)
    said = [StakeSaid.said(one) for one in stakes.versions(found)] if near else []
    return StakeWhole.model_construct(stake=StakeOut.of(found), versions=said)
