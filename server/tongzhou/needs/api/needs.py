"""Needs and commitments."""

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
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.confirm_need import confirm_need
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.pass_up import pass_up
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.actions.withdraw_need import withdraw_need
from tongzhou.needs.choices import Channel
from tongzhou.needs.models import Need
from tongzhou.needs.queries import board, needs, offers, reading
from tongzhou.needs.schemas.needs import (
    CallIn,
    CommitIn,
    CommitmentOut,
    NeedIn,
    NeedLineOut,
    NeedOut,
    NeedReasonIn,
    ReadLineOut,
    ReceivedIn,
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
    lines = [
        Wanted(
            catalogue.require_item(line.item, row=row), line.quantity, line.unit, line.minimum,
            line.maximum, line.note,
        )
        for row, line in enumerate(body.lines, start=1)
    ]  # fmt: skip
    given = body.model_dump(include={"place", "needed_by", "priority", "reason", "note"})
    made = ask_for(
        **given, lines=lines, channel=Channel.API, by=post, at=clock.now(),
        unit=names.unit(body.unit, field="unit") if body.unit else None,
        area=_area(body.area) if body.area else None,
        incident=incidents.find(body.incident, visible_to=post) if body.incident else None,
    )  # fmt: skip
    return Status(201, out(made))


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


@router.post(
    "/needs/{int:number}/lines/{uuid:line}/commit", response={201: CommitmentOut},
    summary="Commit to a line",
)  # fmt: skip
def need_commit(
    request: PostRequest, number: int, line: UUID, body: CommitIn
) -> Status[CommitmentOut]:
    """Says that so much is given. Needs `need.commit`."""
    post = request.holder
    held = needs.line_of(needs.find(number, visible_to=post), line)
    given = body.model_dump(include={"quantity", "unit", "due_at", "note", "over_reason"})
    made = commit(
        line=held, **given, by=post, at=clock.now(),
        giver=names.unit(body.giver, field="giver") if body.giver else None,
        offer_line=offers.line(body.offer_line, visible_to=post) if body.offer_line else None,
        item=catalogue.require_item(body.item) if body.item else None,
    )  # fmt: skip
    return Status(201, CommitmentOut.of(made))


@router.post("/commitments/{uuid:id}/receive", response=CommitmentOut, summary="Confirm what came")
def commitment_receive(request: PostRequest, id: UUID, body: ReceivedIn) -> CommitmentOut:
    """By the receiving unit, once. Needs `need.receive`."""
    post = request.holder
    held = needs.commitment(id, visible_to=post)
    return CommitmentOut.of(
        confirm_received(commitment=held, **body.model_dump(), by=post, at=clock.now())
    )


@router.post(
    "/commitments/{uuid:id}/withdraw", response=CommitmentOut, summary="Take a promise back"
)
def commitment_withdraw(request: PostRequest, id: UUID, body: NeedReasonIn) -> CommitmentOut:
    """By whoever gave it. Needs `need.commit`."""
    post = request.holder
    held = needs.commitment(id, visible_to=post)
    return CommitmentOut.of(
        withdraw_commitment(commitment=held, reason=body.reason, by=post, at=clock.now())
    )
