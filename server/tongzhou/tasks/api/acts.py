"""Acting on one task. Each answers with the task's number and what became of it."""

from collections.abc import Callable
from typing import Any

from ninja import Status

from tongzhou.actors.models import Unit
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.mandates import queries as mandates
from tongzhou.tasks import queries
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.split_task import Part
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.naming import UnitBook, area_named, incident_named, task_named
from tongzhou.tasks.schemas import (
    EditIn,
    FinishIn,
    ForwardIn,
    MergeIn,
    Number,
    RefuseIn,
    ReturnIn,
    SplitIn,
    TaskIn,
    TaskReasonIn,
    TaskState,
    TextIn,
)


def _act(request: PostRequest, number: int, verb: str, **arguments: Any) -> TaskState:
    task = queries.target(visible_to=request.holder, number=number)
    return TaskState.of(VERBS[verb](task=task, by=request.holder, at=clock.now(), **arguments))


@router.post("/tasks", response={201: TaskState}, summary="Draft or send a task")
def create(request: PostRequest, body: TaskIn) -> Status[TaskState]:
    """Drafts a task and, with `dispatch`, sends it to its lead unit."""
    units = UnitBook([body.lead, *body.assisting, *body.informed])
    lead = units.get(body.lead, field="lead")
    do: Callable[..., Any] = send_task if body.dispatch else create_task
    task = do(
        title=body.title,
        body=body.body,
        lead=lead,
        area=area_named(body.area) if body.area else lead.area,
        incident=incident_named(body.incident, visible_to=request.holder)
        if body.incident
        else None,
        due_at=body.due_at,
        basis=body.basis,
        basis_note=body.basis_note,
        work=body.work,
        priority=body.priority,
        assisting=units.list(body.assisting, field="assisting"),
        informed=units.list(body.informed, field="informed"),
        duty=mandates.named(body.duty) if body.duty else None,
        by=request.holder,
        at=clock.now(),
    )
    return Status(201, TaskState.of(task))


@router.post("/tasks/{int:number}/dispatch", response=TaskState, summary="Send to the lead")
def dispatch(request: PostRequest, number: Number) -> TaskState:
    """Sends a drafted, refused or returned task to its lead unit."""
    return _act(request, number, "dispatch")


@router.post("/tasks/{int:number}/see", response=TaskState, summary="Mark as seen")
def see(request: PostRequest, number: Number) -> TaskState:
    """Notes that your unit has seen the task."""
    return _act(request, number, "see")


@router.post("/tasks/{int:number}/accept", response=TaskState, summary="Accept")
def accept(request: PostRequest, number: Number) -> TaskState:
    """The lead unit takes the task on."""
    return _act(request, number, "accept")


@router.post("/tasks/{int:number}/refuse", response=TaskState, summary="Refuse")
def refuse(request: PostRequest, number: Number, body: RefuseIn) -> TaskState:
    """The lead unit refuses and names the unit that should do it instead."""
    return _act(
        request,
        number,
        "refuse",
        reason=body.reason,
        better_owner=_better_owner(body.better_owner),
    )


@router.post("/tasks/{int:number}/return", response=TaskState, summary="Return to the asker")
def return_(request: PostRequest, number: Number, body: ReturnIn) -> TaskState:
    """The lead unit gives the task back; a ticket or a call with a better owner named."""
    return _act(
        request,
        number,
        "return",
        reason=body.reason,
        better_owner=_better_owner(body.better_owner),
    )


@router.post("/tasks/{int:number}/forward", response=TaskState, summary="Forward")
def forward(request: PostRequest, number: Number, body: ForwardIn) -> TaskState:
    """Gives the task to another lead unit."""
    return _act(request, number, "forward", reason=body.reason, to=_unit(body.to, field="to"))


@router.post("/tasks/{int:number}/take", response=TaskState, summary="Handle it yourself")
def take(request: PostRequest, number: Number) -> TaskState:
    """You handle the task for your unit, which leads it."""
    return _act(request, number, "take")


@router.post("/tasks/{int:number}/release", response=TaskState, summary="Release the handler")
def release(request: PostRequest, number: Number) -> TaskState:
    """The task is with the whole lead unit again."""
    return _act(request, number, "release")


@router.post("/tasks/{int:number}/start", response=TaskState, summary="Start work")
def start(request: PostRequest, number: Number) -> TaskState:
    """Work begins."""
    return _act(request, number, "start")


@router.post("/tasks/{int:number}/block", response=TaskState, summary="Report a blockage")
def block(request: PostRequest, number: Number, body: TaskReasonIn) -> TaskState:
    """Work cannot go on, and why."""
    return _act(request, number, "block", reason=body.reason)


@router.post("/tasks/{int:number}/resume", response=TaskState, summary="Resume work")
def resume(request: PostRequest, number: Number) -> TaskState:
    """Work goes on."""
    return _act(request, number, "resume")


@router.post("/tasks/{int:number}/finish", response=TaskState, summary="Report as done")
def finish(request: PostRequest, number: Number, body: FinishIn) -> TaskState:
    """The lead unit reports what was done. Refused while parts are open."""
    return _act(request, number, "finish", result=body.result)


@router.post("/tasks/{int:number}/confirm", response=TaskState, summary="Confirm the result")
def confirm(request: PostRequest, number: Number) -> TaskState:
    """The asker is content; the task is closed."""
    return _act(request, number, "confirm")


@router.post("/tasks/{int:number}/reopen", response=TaskState, summary="Reopen")
def reopen(request: PostRequest, number: Number, body: TaskReasonIn) -> TaskState:
    """Anyone affected says why it is not done."""
    return _act(request, number, "reopen", reason=body.reason)


@router.post(
    "/tasks/{int:number}/split", response={201: list[TaskState]}, summary="Split into parts"
)
def split(request: PostRequest, number: Number, body: SplitIn) -> Status[list[TaskState]]:
    """Sends parts of the task to units; all or none."""
    task = queries.target(visible_to=request.holder, number=number)
    units = UnitBook(part.lead for part in body.parts)
    parts = [
        Part(
            title=part.title,
            lead=units.get(part.lead, field="lead", row=row),
            due_at=part.due_at,
            body=part.body,
            basis=part.basis,
        )
        for row, part in enumerate(body.parts, 1)
    ]
    made = VERBS["split"](task=task, parts=parts, by=request.holder, at=clock.now())
    return Status(201, [TaskState.of(part) for part in made])


@router.post("/tasks/{int:number}/merge", response=TaskState, summary="Merge into another")
def merge(request: PostRequest, number: Number, body: MergeIn) -> TaskState:
    """Closes a task that repeats another."""
    # The address first: what it hides is not there, whatever the body names.
    queries.target(visible_to=request.holder, number=number)
    into = task_named(body.into, visible_to=request.holder, field="into")
    return _act(request, number, "merge", into=into)


@router.post("/tasks/{int:number}/withdraw", response=TaskState, summary="Withdraw")
def withdraw(request: PostRequest, number: Number, body: TaskReasonIn) -> TaskState:
    """The asker takes the task back for good."""
    return _act(request, number, "withdraw", reason=body.reason)


@router.post("/tasks/{int:number}/edit", response=TaskState, summary="Change")
def edit(request: PostRequest, number: Number, body: EditIn) -> TaskState:
    """The asker changes due time, priority or who takes part."""
    units = UnitBook([*(body.assisting or []), *(body.informed or [])])
    return _act(
        request,
        number,
        "edit",
        reason=body.reason,
        due_at=body.due_at,
        priority=body.priority,
        assisting=None if body.assisting is None else units.list(body.assisting, field="assisting"),
        informed=None if body.informed is None else units.list(body.informed, field="informed"),
    )


@router.post("/tasks/{int:number}/comment", response=TaskState, summary="Comment")
def comment(request: PostRequest, number: Number, body: TextIn) -> TaskState:
    """Says something to all who see the task."""
    return _act(request, number, "comment", text=body.text)


@router.post("/tasks/{int:number}/urge", response=TaskState, summary="Urge")
def urge(request: PostRequest, number: Number, body: TextIn) -> TaskState:
    """The asker, or a unit above, presses for the task to be done."""
    return _act(request, number, "urge", text=body.text)


def _better_owner(code: str | None) -> Unit | None:
    return _unit(code, field="better_owner") if code else None


def _unit(code: str, *, field: str) -> Unit:
    return UnitBook([code]).get(code, field=field)
