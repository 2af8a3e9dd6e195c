"""Whose a ticket or a call is; arriving, calling back, judging the help."""

from typing import Any

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.tasks import queries
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.naming import UnitBook
from tongzhou.tasks.schemas import (
    ArriveIn,
    CallBackIn,
    EvaluateIn,
    ForwardIn,
    Number,
    ReclassifyIn,
    ReviewIn,
    TaskReasonIn,
    TaskState,
)


def _act(request: PostRequest, number: int, verb: str, **arguments: Any) -> TaskState:
    task = queries.target(visible_to=request.holder, number=number)
    return TaskState.of(VERBS[verb](task=task, by=request.holder, at=clock.now(), **arguments))


@router.post("/tasks/{int:number}/object", response=TaskState, summary="Object to the dispatch")
def object_(request: PostRequest, number: Number, body: TaskReasonIn) -> TaskState:
    """The lead of a ticket or a call says why it is not its own; that is reviewed."""
    return _act(request, number, "object", reason=body.reason)


@router.post("/tasks/{int:number}/review", response=TaskState, summary="Review an objection")
def review(request: PostRequest, number: Number, body: ReviewIn) -> TaskState:
    """Upheld, another unit leads (`to`); rejected, the lead is bound."""
    return _act(
        request,
        number,
        "review",
        upheld=body.upheld,
        reason=body.reason,
        to=UnitBook([body.to]).get(body.to, field="to") if body.to else None,
    )


@router.post("/tasks/{int:number}/decide", response=TaskState, summary="Decide who leads")
def decide(request: PostRequest, number: Number, body: ForwardIn) -> TaskState:
    """A unit above decides for good who leads a ticket or a call."""
    to = UnitBook([body.to]).get(body.to, field="to")
    return _act(request, number, "decide", reason=body.reason, to=to)


@router.post("/tasks/{int:number}/arrive", response=TaskState, summary="Arrive at a whistle")
def arrive(request: PostRequest, number: Number, body: ArriveIn) -> TaskState:
    """A department that was called is there."""
    return _act(request, number, "arrive", place=body.place, who=body.who)


@router.post("/tasks/{int:number}/reclassify", response=TaskState, summary="Change the class")
def reclassify(request: PostRequest, number: Number, body: ReclassifyIn) -> TaskState:
    """The desk gives a ticket another class; the promised time begins anew with its limit."""
    return _act(request, number, "reclassify", **body.model_dump())


@router.post("/tasks/{int:number}/call_back", response=TaskState, summary="Record a call-back")
def call_back(request: PostRequest, number: Number, body: CallBackIn) -> TaskState:
    """What whoever asked a ticket said of the answer; what was not said stays unknown."""
    return _act(request, number, "call_back", **body.model_dump())


@router.post("/tasks/{int:number}/evaluate", response=TaskState, summary="Evaluate the help")
def evaluate(request: PostRequest, number: Number, body: EvaluateIn) -> TaskState:
    """Whoever whistled judges the help of one department."""
    return _act(request, number, "evaluate", solved=body.solved, satisfied=body.satisfied)
