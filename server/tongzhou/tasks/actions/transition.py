"""What the acts on a task have in common: lock, permission, state, writing it down, and the
line in the ledger. The acts themselves are in the files beside this one, one each."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import lru_cache
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import connection
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict, NotAllowed, ReasonMissing
from tongzhou.ledger.append import Json, NewAct, append
from tongzhou.ledger.types import ActType
from tongzhou.tasks import access
from tongzhou.tasks.models import OWNED, Comment, Form, State, Task
from tongzhou.tasks.transitions import REQUESTER, TRANSITIONS


class WrongState(Conflict):
    """Somebody else was faster, or the act does not fit."""

    code = "task-wrong-state"
    message = _(
        "%(number)s is “%(state)s” now, so this cannot be done. Somebody may have been faster; "
        "look at the task again."
    )


class NoAnswerYet(Conflict):
    """Whoever holds the number of a ticket says something about an answer that is not there."""

    code = "no-answer-yet"
    message = _(
        "There is no answer now. As soon as it is there, you can judge it or say that it is not "
        "solved."
    )


class WrongForm(Conflict):
    """An act of tickets on a plain task, of whistles on a ticket."""

    code = "task-wrong-form"
    message = _("%(number)s is a %(form)s: this cannot be done with it.")


_HELD: ContextVar[Mapping[UUID, Task] | None] = ContextVar("tasks_held", default=None)


_FIELDS = [field.attname for field in Task._meta.concrete_fields]
_LOCK = f"""
SELECT {", ".join(f"t.{field.column}" for field in Task._meta.concrete_fields)},
    a.code, coalesce(i.phase, ''), coalesce(i.grade, '')
FROM tasks_task t JOIN places_area a ON a.id = t.area_id
LEFT JOIN incidents_incident i ON i.id = t.incident_id
WHERE t.id = ANY(%s) ORDER BY t.id FOR UPDATE OF t
"""  # noqa: S608 – of names of columns, from the model
# Apart from the lock: whoever waited for it must see the parties as they are afterwards.
_PARTIES = "SELECT task_id, unit_id, relations FROM tasks_taskparty WHERE task_id = ANY(%s)"


def lock(tasks: Iterable[UUID]) -> dict[UUID, Task]:
    """Locks tasks until the transaction ends (always in the order of their ids, so that two
    who lock the same ones cannot block each other) and returns them by id, with their
    relations read. Two queries, whatever their number."""
    wanted = list(set(tasks))
    locked: dict[UUID, Task] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [wanted])
        for *values, area_code, phase, grade in cursor.fetchall():
            task = Task.from_db(connection.alias, _FIELDS, values)
            task.area_code, task.incident_phase, task.relations = area_code, phase, {}
            task.incident_grade = grade
            locked[task.id] = task
        cursor.execute(_PARTIES, [wanted])
        for task_id, unit, relations in cursor.fetchall():
            locked[task_id].relations[unit] = frozenset(relations)
    return locked


@contextmanager
def held(tasks: Iterable[UUID]) -> Iterator[dict[UUID, Task]]:
    """Inside (one transaction), acts on these tasks find them locked and read already: for
    acts on many at once."""
    locked = lock(tasks)
    token = _HELD.set(locked)
    try:
        yield locked
    finally:
        _HELD.reset(token)


def begin(verb: str, *, task: Task, by: Post) -> Task:
    """Locks the task, asks permission, checks that ``verb`` fits its state, and moves it to
    the state that the verb leads to (not saved yet). Returns the locked task.
    Raises NotFound, NotAllowed, WrongState."""
    locked = (_HELD.get() or {}).get(task.id) or lock([task.id])[task.id]
    require_fit(verb, task=locked, by=by)
    locked.state = TRANSITIONS[verb].to or locked.state
    return locked


def begin_outside(verb: str, *, task: Task) -> Task:
    """The same for whoever holds the number of a ticket, without a post: our numbers and states
    tell them nothing. Raises WrongForm, NoAnswerYet."""
    locked = lock([task.id])[task.id]
    try:
        _require_state(verb, task=locked, relations=[REQUESTER])
    except WrongState as refusal:
        raise NoAnswerYet() from refusal
    locked.state = TRANSITIONS[verb].to or locked.state
    return locked


def require_fit(verb: str, *, task: Task, by: Post) -> None:
    """Raises NotFound, NotAllowed, WrongForm or WrongState unless the post may do ``verb``
    with the task in its present state."""
    transition = TRANSITIONS[verb]
    permissions.require(by=by, word=transition.word, on=task)
    relations = task.relations_of(by) & transition.sources.keys()
    if not relations:
        raise NotAllowed(permission=transition.word.label)
    _require_state(verb, task=task, relations=relations)


def _require_state(verb: str, *, task: Task, relations: Iterable[str]) -> None:
    transition = TRANSITIONS[verb]
    if task.form not in transition.forms:
        raise WrongForm(number=task.reference, form=Form(task.form).label)
    if task.state not in transition.open_to(relations):
        raise WrongState(number=task.reference, state=State(task.state).label)


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


def save(task: Task, *fields: str, at: datetime, parties: bool = False) -> None:
    """Writes these fields of the task, and what its parties repeat of it. ``parties``: who
    has to do with the task changed too."""
    task.updated_at = at
    columns, statement = _update((*fields, "updated_at"))
    values = [c.get_db_prep_save(getattr(task, c.attname), connection) for c in columns]
    repeated = (State(task.state).value, task.is_open, task.due_at, task.updated_at, task.id)
    with connection.cursor() as cursor:
        cursor.execute(statement, (*values, task.id, *repeated))
    if parties:
        access.settle(task)


@lru_cache
def _update(names: tuple[str, ...]) -> "tuple[list[Field[Any, Any]], str]":
    columns = [field for field in Task._meta.concrete_fields if field.name in names]
    assigned = ", ".join(f"{field.column} = %s" for field in columns)
    # Names of columns, from the model; no value ever.
    statement = f"""
        WITH task AS (UPDATE tasks_task SET {assigned} WHERE id = %s)
        UPDATE tasks_taskparty SET state = %s, open = %s, due_at = %s, updated_at = %s
        WHERE task_id = %s
    """  # noqa: S608
    return columns, statement


def say(task: Task, verb: str, text: str, *, by: Post | None, at: datetime) -> dict[str, Json]:
    """Keeps the words that came with an act beside the ledger, where they can be removed,
    and returns what the act says of them."""
    note = Comment(task=task, post=by, verb=verb, text=text, at=at)
    note.save(force_insert=True)
    return {"note": str(note.id)}


class Told(TypedDict, total=False):
    """What an act on a task may say besides what every one says."""

    with_units: Iterable[UUID] | None
    kind: str | None
    outcome: str
    due_at: datetime | None
    data: Mapping[str, Json] | None


def record(
    type: ActType, *, task: Task, by: Post | None, at: datetime, **told: Unpack[Told]
) -> None:
    """Writes the act about the task; takes what ``act_on`` takes."""
    append(**vars(act_on(type, task=task, by=by, at=at, **told)))


def act_on(
    type: ActType,
    *,
    task: Task,
    by: Post | None,
    at: datetime,
    with_units: Iterable[UUID] | None = None,
    kind: str | None = None,
    outcome: str = "",
    due_at: datetime | None = None,
    data: Mapping[str, Json] | None = None,
) -> NewAct:
    """The act about the task, not written yet; partners are its asker, lead and assisting
    units, and the due time is the task's, unless given. ``by`` is None where the clock acts,
    or somebody without an account."""
    unit = by.unit_id if by else None
    return NewAct(
        type,
        at=at,
        about=("task", task.id),
        **(by.signs() if by else {}),
        with_units=access.partners(task, of=unit) if with_units is None else with_units,
        kind=kind,
        incident=task.incident_id,
        phase=task.incident_phase,
        area=task.area_code,
        basis=task.basis,
        asked_at=task.dispatched_at,
        due_at=due_at or task.due_at,
        outcome=outcome,
        audience=access.audience(task),
        data={
            "number": task.number,
            "state": State(task.state).value,
            # Whose limit the due time is, and who waits: every act may start its clock.
            "asker": str(task.asker_id),
            "lead": str(task.lead_id),
            **({"exercise": True} if task.exercise else {}),
            # Limits that hold for tickets or whistles alone tell them by this.
            **({"form": Form(task.form).value} if task.form in OWNED else {}),
            **(data or {}),
        },
    )
