"""Needs."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.incidents.queries import lists as incidents
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.needs.actions.change_need import change_need
from tongzhou.needs.actions.confirm_need import confirm_need
from tongzhou.needs.actions.merge_needs import merge_needs
from tongzhou.needs.actions.pass_up import pass_up
from tongzhou.needs.actions.withdraw_need import withdraw_need
from tongzhou.needs.choices import Channel
from tongzhou.needs.models import Need
from tongzhou.needs.queries import board, matching, needs, reading
from tongzhou.needs.schemas.needs import (
    CallIn,
    MatchOut,
    NeedChangeIn,
    NeedIn,
    NeedLineIn,
    NeedLineOut,
    NeedMergeIn,
    NeedOut,
    NeedReasonIn,
    ReadLineOut,
)
from tongzhou.places.models import Area
from tongzhou.places.queries import AreaUnknown

router = Router(tags=["needs"])


def out(need: Need) -> NeedOut:
    """A need with its lines as they stand now."""
    lines = list(need.lines.select_related("need", "item", "unit", "holder").order_by("place"))
    return NeedOut.of(need, lines, needs.state_of(lines).value)


@router.get("/needs", response=Page[NeedLineOut], summary="What is needed, most urgent first")
def need_board(
    request: PostRequest,
    show: Literal["unmet", "open", "closed", "all"] = "unmet",
    whose: Literal["", "mine", "turn", "given"] = "",
    state: Code | None = None,
    item: Search = "",
    area: Code | None = None,
    unit: Code | None = None,
    incident: Code | None = None,
    q: Search = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[NeedLineOut]:
    """Lines of needs that your post may see."""
    filters = board.Filters(
        show=show, whose=whose, state=state or "", item=item, area=area or "", unit=unit or "",
        incident=incident or "", q=q,
    )  # fmt: skip
    page = board.board(visible_to=request.holder, filters=filters, cursor=cursor, limit=limit)
    items = [NeedLineOut.of(line) for line in page.rows]
    return Page[NeedLineOut].model_construct(items=items, next=page.next or None)


@router.post("/needs", response={201: NeedOut}, summary="Ask for something")
def need_ask(request: PostRequest, body: NeedIn) -> Status[NeedOut]:
    """States what a unit needs. Needs `need.ask`."""
    post = request.holder
    given = body.model_dump(include={"place", "needed_by", "priority", "reason", "note"})
    made = ask_for(
        **given, lines=_wanted(body.lines), channel=Channel.API, by=post, at=clock.now(),
        unit=names.unit(body.unit, field="unit") if body.unit else None,
        area=_area(body.area) if body.area else None,
        incident=incidents.find(body.incident, visible_to=post) if body.incident else None,
    )  # fmt: skip
    return Status(201, out(made))


def _wanted(lines: Sequence[NeedLineIn]) -> list[Wanted]:
    return [
        Wanted(
            catalogue.require_item(line.item, row=row), line.quantity, line.unit, line.minimum,
            line.maximum, line.note,
        )
        for row, line in enumerate(lines, start=1)
    ]  # fmt: skip


def _area(code: str) -> Area:
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise AreaUnknown(field="area", code=code)
    return found


@router.post("/needs/read", response=list[ReadLineOut], summary="Read a call for help")
def need_read(request: PostRequest, body: CallIn) -> list[ReadLineOut]:
    """Proposes lines; nothing is asked for."""
    return [ReadLineOut.of(one) for one in reading.propose(body.text).proposals]


@router.get("/needs/{int:number}", response=NeedOut, summary="One need")
def need(request: PostRequest, number: int) -> NeedOut:
    """One need with its lines."""
    return out(needs.find(number, visible_to=request.holder))


@router.post("/needs/{int:number}/withdraw", response=NeedOut, summary="Withdraw a need")
def need_withdraw(request: PostRequest, number: int, body: NeedReasonIn) -> NeedOut:
    """It does not hold any more. Needs `need.ask`."""
    post = request.holder
    found = needs.find(number, visible_to=post)
    return out(withdraw_need(need=found, reason=body.reason, by=post, at=clock.now()))


@router.post("/needs/{int:number}/confirm", response=NeedOut, summary="It still holds")
def need_confirm(request: PostRequest, number: int) -> NeedOut:
    """Confirms an old need. Needs `need.ask`."""
    post = request.holder
    return out(confirm_need(need=needs.find(number, visible_to=post), by=post, at=clock.now()))


@router.post("/needs/{int:number}/pass", response=NeedOut, summary="Pass a need up")
def need_pass(request: PostRequest, number: int, body: NeedReasonIn) -> NeedOut:
    """To the unit above the one whose turn it is. Needs `need.pass`."""
    post = request.holder
    found = needs.find(number, visible_to=post)
    return out(pass_up(need=found, reason=body.reason, by=post, at=clock.now()))


@router.post("/needs/{int:number}/change", response=NeedOut, summary="Change what is asked")
def need_change(request: PostRequest, number: int, body: NeedChangeIn) -> NeedOut:
    """Amounts, lines, time and urgency; what it was before stays. Needs `need.ask`."""
    post = request.holder
    found = needs.find(number, visible_to=post)
    amounts = {
        line: Wanted(
            needs.line_of(found, line).item, one.quantity, one.unit, one.minimum, one.maximum
        )
        for line, one in body.amounts.items()
    }
    given = body.model_dump(include={"why", "drop", "needed_by", "priority", "reason"})
    changed = change_need(
        need=found, **given, amounts=amounts, more=_wanted(body.more), by=post, at=clock.now()
    )
    return out(changed)


@router.post("/needs/{int:number}/merge", response=NeedOut, summary="Merge a repeated need")
def need_merge(request: PostRequest, number: int, body: NeedMergeIn) -> NeedOut:
    """Into the other, which is the answer. Needs `need.merge`."""
    post = request.holder
    found, into = (needs.find(one, visible_to=post) for one in (number, body.into))
    return out(merge_needs(need=found, into=into, by=post, at=clock.now()))


@router.get(
    "/needs/{int:number}/lines/{uuid:line}/matches", response=list[MatchOut],
    summary="What could meet a line",
)  # fmt: skip
def need_matches(request: PostRequest, number: int, line: UUID) -> list[MatchOut]:
    """Offers, stock and people, the best first; at most 20."""
    post = request.holder
    held = needs.line_of(needs.find(number, visible_to=post), line)
    return [MatchOut.of(one) for one in matching.matches(held, visible_to=post, at=clock.now())]
