"""Supervision letters."""

from typing import Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit, Search
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.actions.withdraw_letter import withdraw_letter
from tongzhou.oversight.queries import citing, letters
from tongzhou.oversight.schemas.oversight import (
    LetterAnswerIn,
    LetterIn,
    LetterOut,
    OversightReasonIn,
)

router = Router(tags=["oversight"])


@router.get("/letters", response=Page[LetterOut], summary="Letters")
def letter_list(
    request: PostRequest,
    q: Search = "",
    show: Literal["sent", "answered", "withdrawn"] | None = None,
    late: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[LetterOut]:
    """Letters that your unit, or one below it, sent or received; the latest first."""
    page = letters.listed(
        visible_to=request.holder, at=clock.now(), q=q, show=show or "", late=late,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [LetterOut.of(row) for row in page.rows]
    return Page[LetterOut].model_construct(items=items, next=page.next or None)


@router.post("/letters", response={201: LetterOut}, summary="Send a letter")
def letter_send(request: PostRequest, body: LetterIn) -> Status[LetterOut]:
    """Sends a numbered letter. Needs `letter.send`."""
    post = request.holder
    fields = body.model_dump() | {
        "recipient": names.unit(body.recipient, field="recipient"),
        "cites": citing.read(" ".join(body.cites), visible_to=post),
    }
    return Status(201, LetterOut.of(send_letter(**fields, by=post, at=clock.now())))


@router.get("/letters/{uuid:id}", response=LetterOut, summary="One letter")
def letter(request: PostRequest, id: UUID) -> LetterOut:
    """One letter."""
    return LetterOut.of(letters.find(id, visible_to=request.holder))


@router.post("/letters/{uuid:id}/answer", response=LetterOut, summary="Answer a letter")
def letter_answer(request: PostRequest, id: UUID, body: LetterAnswerIn) -> LetterOut:
    """The recipient answers in writing. Needs `finding.answer`."""
    post = request.holder
    found = letters.find(id, visible_to=post)
    return LetterOut.of(answer_letter(letter=found, answer=body.answer, by=post, at=clock.now()))


@router.post("/letters/{uuid:id}/withdraw", response=LetterOut, summary="Withdraw a letter")
def letter_withdraw(request: PostRequest, id: UUID, body: OversightReasonIn) -> LetterOut:
    """The sender takes it back. Needs `letter.send`."""
    post = request.holder
    found = letters.find(id, visible_to=post)
    return LetterOut.of(withdraw_letter(letter=found, reason=body.reason, by=post, at=clock.now()))
