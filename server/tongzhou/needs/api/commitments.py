"""Commitments: giving to a line of a need, receiving it, taking it back."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.give_from_store import give_from_store
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.queries import needs, offers
from tongzhou.needs.schemas.needs import CommitIn, CommitmentOut, NeedReasonIn, ReceivedIn
from tongzhou.stock import queries as stock

router = Router(tags=["needs"])


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
    given["item"] = catalogue.require_item(body.item) if body.item else None
    if body.site:
        site = stock.find_site(code=body.site, visible_to=post)
        kept = give_from_store(line=held, site=site, **given, by=post, at=clock.now())
        return Status(201, CommitmentOut.of(kept))
    made = commit(
        line=held, **given, by=post, at=clock.now(),
        giver=names.unit(body.giver, field="giver") if body.giver else None,
        offer_line=offers.line(body.offer_line, visible_to=post) if body.offer_line else None,
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
