"""Conflicts, mediation, compensation."""

from typing import Literal

from ninja import Router, Status

from tongzhou.actors.models import Post
from tongzhou.actors.schemas import UnitName
from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.queries import funds
from tongzhou.incidents.queries import names
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.ask_compensation import ask_compensation
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.decide_conflict import decide_conflict
from tongzhou.interests.actions.declare_conflict import declare_conflict
from tongzhou.interests.actions.note_meeting import note_meeting
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.promise_compensation import promise_compensation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.receive_compensation import receive_compensation
from tongzhou.interests.actions.waive_compensation import waive_compensation
from tongzhou.interests.actions.withdraw_conflict import withdraw_conflict
from tongzhou.interests.api.reading import cost
from tongzhou.interests.queries import conflicts, stakes
from tongzhou.interests.schemas import (
    ClashName,
    CompensationFundIn,
    CompensationIn,
    CompensationOut,
    ConflictCell,
    ConflictDecisionIn,
    ConflictIn,
    ConflictMatrix,
    ConflictOut,
    ConflictWhole,
    InterestReasonIn,
    MediationCloseIn,
    MediationIn,
    MediationMeetingIn,
    MediationOut,
    TermsAnswerIn,
    TermsIn,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit

router = Router(tags=["interests"])


@router.get("/conflicts", response=Page[ConflictOut], summary="Conflicts of interests")
def conflict_list(
    request: PostRequest,
    show: Literal["ours", "ended", "all"] | None = None,
    clash: ClashName | None = None,
    incident: str = "",
    unit: str = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ConflictOut]:
    """Conflicts that you may know of, the latest first; their terms stand with each alone."""
    page = conflicts.listed(
        visible_to=request.holder, show=show or "", clash=clash or "", incident=incident[:60],
        unit=unit[:80], cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [ConflictOut.of(row, near=False) for row in page.rows]
    return Page[ConflictOut].model_construct(items=items, next=page.next or None)


@router.get("/conflicts/matrix", response=ConflictMatrix, summary="Who clashes with whom")
def conflict_matrix(request: PostRequest, incident: str = "") -> ConflictMatrix:
    """Units by units with their living conflicts, and how those that were raised ended."""
    found = conflicts.matrix(visible_to=request.holder, incident=incident[:60])
    ended = conflicts.settlement(visible_to=request.holder)
    cells = [
        ConflictCell.model_construct(
            one=one.code, other=other.code, severity=cell.severity, n=cell.n
        )
        for one, row in found.rows
        for other, cell in zip(found.units, row, strict=True)
        if cell is not None
    ]
    return ConflictMatrix.model_construct(
        units=[UnitName.named(unit) for unit in found.units], cells=cells, raised=ended.raised,
        living=ended.living, settled=ended.settled, median_days=ended.days,
    )  # fmt: skip


@router.post("/conflicts", response={201: ConflictWhole}, summary="Declare a conflict")
def conflict_declare(request: PostRequest, body: ConflictIn) -> Status[ConflictWhole]:
    """Says that two stakes clash. Needs `conflict.declare`."""
    post = request.holder
    made = declare_conflict(
        one=stakes.find(body.one, visible_to=post), other=stakes.find(body.other, visible_to=post),
        clash=body.clash, severity=body.severity, why=body.why, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, _whole(made.number, post))


@router.get("/conflicts/{int:number}", response=ConflictWhole, summary="One conflict")
def conflict(request: PostRequest, number: int) -> ConflictWhole:
    """One conflict with its mediations and compensations."""
    return _whole(number, request.holder)


@router.post("/conflicts/{int:number}/withdraw", response=ConflictWhole,
             summary="Withdraw a conflict")  # fmt: skip
def conflict_withdraw(request: PostRequest, number: int, body: InterestReasonIn) -> ConflictWhole:
    """There is none after all. Needs `conflict.declare`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    withdraw_conflict(conflict=found, reason=body.reason, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/conflicts/{int:number}/mediate", response=ConflictWhole, summary="Ask to mediate")
def conflict_mediate(request: PostRequest, number: int, body: MediationIn) -> ConflictWhole:
    """Asks a third unit to mediate. Needs `mediation.open`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    mediator = names.unit(body.mediator, field="mediator")
    open_mediation(conflict=found, mediator=mediator, due_at=body.due_at, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/conflicts/{int:number}/meetings", response=ConflictWhole, summary="Note a meeting")
def conflict_meeting(request: PostRequest, number: int, body: MediationMeetingIn) -> ConflictWhole:
    """Notes a meeting of the sides. Needs `mediation.lead`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    note_meeting(conflict=found, held_at=body.held_at, note=body.note, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/conflicts/{int:number}/terms", response=ConflictWhole, summary="Propose terms")
def conflict_terms(request: PostRequest, number: int, body: TermsIn) -> ConflictWhole:
    """Proposes terms to both sides. Needs `mediation.lead`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    propose_terms(
        conflict=found, outcome=body.outcome, terms=body.terms,
        agreed=cost(body.agreed, field="agreed"), by=post, at=clock.now(),
    )  # fmt: skip
    return _whole(number, post)


@router.post("/conflicts/{int:number}/answer", response=ConflictWhole, summary="Answer terms")
def conflict_answer(request: PostRequest, number: int, body: TermsAnswerIn) -> ConflictWhole:
    """A side agrees or says why not. Needs `mediation.answer`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    answer_terms(
        conflict=found, agreed=body.agreed, reason=body.reason, round=body.round, by=post,
        at=clock.now(),
    )  # fmt: skip
    return _whole(number, post)


@router.post("/conflicts/{int:number}/close", response=ConflictWhole, summary="Close a mediation")
def conflict_close(request: PostRequest, number: int, body: MediationCloseIn) -> ConflictWhole:
    """Closes it with the terms, or without agreement. Needs `mediation.lead`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    close_mediation(conflict=found, failed=body.failed, reason=body.reason, by=post, at=clock.now())
    return _whole(number, post)


@router.post("/conflicts/{int:number}/decide", response=ConflictWhole, summary="Decide a conflict")
def conflict_decide(request: PostRequest, number: int, body: ConflictDecisionIn) -> ConflictWhole:
    """Decides what mediation did not settle. Needs `conflict.decide`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    decide_conflict(
        conflict=found, terms=body.terms, agreed=cost(body.agreed, field="agreed"), by=post,
        at=clock.now(),
    )  # fmt: skip
    return _whole(number, post)


@router.post("/conflicts/{int:number}/compensations", response={201: ConflictWhole},
             summary="Promise compensation")  # fmt: skip
def compensation_promise(
    request: PostRequest, number: int, body: CompensationIn
) -> Status[ConflictWhole]:
    """The own unit promises a side something. Needs `compensation.promise`."""
    post = request.holder
    found = conflicts.find(number, visible_to=post)
    promise_compensation(
        conflict=found, receiver=names.unit(body.receiver, field="receiver"), means=body.means,
        amount=money.read(body.amount), due_at=body.due_at, what=body.what, by=post,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, _whole(number, post))


@router.post("/compensations/{int:number}/ask", response=ConflictWhole,
             summary="Ask a fund to pay")  # fmt: skip
def compensation_ask(request: PostRequest, number: int, body: CompensationFundIn) -> ConflictWhole:
    """Asks a fund to pay what was promised. Needs `compensation.promise` and `fund.ask`."""
    post = request.holder
    found = conflicts.compensation(number, visible_to=post)
    fund = funds.find(body.fund, visible_to=post)
    ask_compensation(compensation=found, fund=fund, by=post, at=clock.now())
    return _whole(found.conflict.number, post)


@router.post("/compensations/{int:number}/receive", response=ConflictWhole,
             summary="Confirm compensation")  # fmt: skip
def compensation_receive(request: PostRequest, number: int) -> ConflictWhole:
    """It has come. Needs `compensation.receive`."""
    post = request.holder
    found = conflicts.compensation(number, visible_to=post)
    receive_compensation(compensation=found, by=post, at=clock.now())
    return _whole(found.conflict.number, post)


@router.post("/compensations/{int:number}/waive", response=ConflictWhole,
             summary="Waive compensation")  # fmt: skip
def compensation_waive(request: PostRequest, number: int, body: InterestReasonIn) -> ConflictWhole:
    """Does without it. Needs `compensation.receive`."""
    post = request.holder
    found = conflicts.compensation(number, visible_to=post)
    waive_compensation(compensation=found, reason=body.reason, by=post, at=clock.now())
    return _whole(found.conflict.number, post)


def _whole(number: int, post: Post) -> ConflictWhole:
    found = conflicts.find(number, visible_to=post)
    near = bool(found.near(post.unit_id))
    return ConflictWhole.model_construct(
        conflict=ConflictOut.of(found, near=near),
        mediations=[MediationOut.of(one, near=near) for one in conflicts.mediations(found)],
        compensations=[CompensationOut.of(one) for one in conflicts.compensations(found)],
    )
