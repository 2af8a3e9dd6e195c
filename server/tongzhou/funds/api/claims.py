"""Claims of cost."""

from decimal import Decimal
from typing import Literal

from ninja import Router, Status

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.actions.answer_claim import answer_claim
from tongzhou.funds.actions.make_claim import Line, make_claim
from tongzhou.funds.actions.withdraw_claim import withdraw_claim
from tongzhou.funds.api import reading
from tongzhou.funds.queries import claims, spending
from tongzhou.funds.schemas import (
    ClaimAnswerIn,
    ClaimIn,
    ClaimItemOut,
    ClaimOut,
    ClaimWhole,
    MoneyReasonIn,
)
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit, Search

router = Router(tags=["claims"])


@router.get("/claims", response=Page[ClaimOut], summary="Claims of cost")
def claim_list(
    request: PostRequest,
    q: Search = "",
    show: Literal["made", "accepted", "partly", "refused", "paid", "withdrawn"] | None = None,
    relation: Literal["own", "answer"] | None = None,
    late: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ClaimOut]:
    """Claims of your unit, to it or to one below it, the latest first."""
    page = claims.listed(
        visible_to=request.holder, at=clock.now(), q=q, show=show or "",
        relation=relation or "", late=late, cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [ClaimOut.of(row) for row in page.rows]
    return Page[ClaimOut].model_construct(items=items, next=page.next or None)


@router.post("/claims", response={201: ClaimWhole}, summary="Claim cost")
def claim_make(request: PostRequest, body: ClaimIn) -> Status[ClaimWhole]:
    """Claims extra cost by the rates in force. Needs `claim.make`."""
    post = request.holder
    task = spending.named(body.task, visible_to=post)
    made = make_claim(
        answerer=names.unit(body.answerer, field="answerer"), since=body.since, until=body.until,
        what=body.what, lines=[Line(one.item, Decimal(one.quantity)) for one in body.lines],
        purpose=body.purpose, incident=reading.incident(body.incident, visible_to=post),
        task=task.id, task_label=task.label, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, _whole(made.number, post))


@router.get("/claims/{int:number}", response=ClaimWhole, summary="One claim")
def claim(request: PostRequest, number: int) -> ClaimWhole:
    """One claim with its lines."""
    return _whole(number, request.holder)


@router.post("/claims/{int:number}/answer", response=ClaimWhole, summary="Answer a claim")
def claim_answer(request: PostRequest, number: int, body: ClaimAnswerIn) -> ClaimWhole:
    """Accepts it in whole or in part, or refuses it. Needs `claim.answer`."""
    post = request.holder
    found = claims.find(number, visible_to=post)
    accepted = {
        code: 0 if text.strip("0.") == "" else money.read(text, field=code)
        for code, text in body.accepted.items()
    }
    answer_claim(claim=found, accepted=accepted, reason=body.reason, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/claims/{int:number}/withdraw", response=ClaimWhole, summary="Withdraw a claim")
def claim_withdraw(request: PostRequest, number: int, body: MoneyReasonIn) -> ClaimWhole:
    """Takes it back before it is answered. Needs `claim.make`."""
    post = request.holder
    found = claims.find(number, visible_to=post)
    withdraw_claim(claim=found, reason=body.reason, by=post, at=clock.now())
    return _whole(number, post)


def _whole(number: int, post: Post) -> ClaimWhole:
    found = claims.find(number, visible_to=post)
    items = [ClaimItemOut.of(item) for item in found.items.order_by("place")]
    return ClaimWhole.model_construct(claim=ClaimOut.of(found), items=items)
