"""Accountability entries."""

from typing import Literal

from ninja import Router, Status

from tongzhou.actors import queries as units
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import signals
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit
from tongzhou.oversight.actions.close_accountability import close_accountability
from tongzhou.oversight.actions.drop_accountability import drop_accountability
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.reply_accountability import reply_accountability
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.queries import citing, entries
from tongzhou.oversight.schemas.oversight import (
    AccountabilityOut,
    EntryCloseIn,
    EntryDetail,
    EntryIn,
    GroundName,
    OversightReasonIn,
    ReplyIn,
    ReplyOut,
)

router = Router(tags=["oversight"])
StateName = Literal["proposed", "open", "replied", "closed", "dropped"]


@router.get("/accountability", response=Page[AccountabilityOut], summary="Accountability entries")
def entry_list(
    request: PostRequest,
    show: StateName | None = None,
    ground: GroundName | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AccountabilityOut]:
    """Entries about you, your unit's posts when you head it, and those you supervise."""
    page = entries.listed(
        visible_to=request.holder, show=show or "", ground=ground or "", cursor=cursor,
        limit=limit,
    )  # fmt: skip
    items = [AccountabilityOut.of(row) for row in page.rows]
    return Page[AccountabilityOut].model_construct(items=items, next=page.next or None)


@router.post("/accountability", response={201: AccountabilityOut}, summary="Propose an entry")
def entry_open(request: PostRequest, body: EntryIn) -> Status[AccountabilityOut]:
    """Proposes an entry about a post; a second supervisor has to agree. Needs
    `accountability.open`."""
    post = request.holder
    made = open_accountability(
        post=units.post(body.post, visible_to=post),
        ground=body.ground,
        what=body.what,
        due_at=body.due_at,
        cites=citing.read(" ".join(body.cites), visible_to=post),
        signal=signals.find(body.signal, visible_to=post) if body.signal else None,
        by=post,
        at=clock.now(),
    )
    return Status(201, AccountabilityOut.of(made))


@router.get("/accountability/{int:number}", response=EntryDetail, summary="One entry")
def entry(request: PostRequest, number: int) -> EntryDetail:
    """One entry with what was said."""
    return _detail(request, number)


@router.post("/accountability/{int:number}/second", response=EntryDetail, summary="Agree")
def entry_second(request: PostRequest, number: int) -> EntryDetail:
    """A second supervisor agrees: it takes effect. Needs `accountability.open`."""
    found = entries.find(number, visible_to=request.holder)
    second_accountability(entry=found, by=request.holder, at=clock.now())
    return _detail(request, number)


@router.post("/accountability/{int:number}/drop", response=EntryDetail, summary="Drop")
def entry_drop(request: PostRequest, number: int, body: OversightReasonIn) -> EntryDetail:
    """Drops a proposal before it takes effect. Needs `accountability.open`."""
    found = entries.find(number, visible_to=request.holder)
    drop_accountability(entry=found, reason=body.reason, by=request.holder, at=clock.now())
    return _detail(request, number)


@router.post("/accountability/{int:number}/reply", response=EntryDetail, summary="Reply")
def entry_reply(request: PostRequest, number: int, body: ReplyIn) -> EntryDetail:
    """The person concerned replies. It needs no permission."""
    found = entries.find(number, visible_to=request.holder)
    reply_accountability(entry=found, text=body.text, by=request.holder, at=clock.now())
    return _detail(request, number)


@router.post("/accountability/{int:number}/close", response=EntryDetail, summary="Close")
def entry_close(request: PostRequest, number: int, body: EntryCloseIn) -> EntryDetail:
    """Closes an entry after the reply. Needs `accountability.open`."""
    found = entries.find(number, visible_to=request.holder)
    close_accountability(entry=found, **body.model_dump(), by=request.holder, at=clock.now())
    return _detail(request, number)


def _detail(request: PostRequest, number: int) -> EntryDetail:
    found = entries.find(number, visible_to=request.holder)
    said = [ReplyOut.model_construct(text=r.text, at=r.at) for r in entries.replies(found)]
    return EntryDetail.full(found, said)
