"""One task with everything around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.queries.lists import require_world
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.tasks.models import Attachment, Comment, Form, State, Task
from tongzhou.tasks.queries.rows import COLUMNS, JOINS, Label, TaskRow, row
from tongzhou.tasks.transitions import ASKER, LEAD, TRANSITIONS, fits


@dataclass(frozen=True, slots=True)
class Note:
    """Words that came with an act (``verb``), or a comment; ``of`` is the number of the
    merged task that they were said of, "" for this one; ``by`` None where whoever holds the
    number of a ticket said them."""

    id: UUID
    verb: str
    text: str
    at: datetime
    by: Label | None
    person: str
    of: str


@dataclass(frozen=True, slots=True)
class File:
    """An attached file; ``size`` in bytes."""

    id: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    at: datetime
    by: Label


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the task's history; ``by`` None where the clock acted; ``position`` None
    while the act is not sealed."""

    id: UUID
    at: datetime
    type: str
    sentence: str
    by: Label | None
    note: str
    position: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A task as its page shows it. ``verbs``: what this post may do now; ``unseen``: marking
    it as seen would note something new."""

    task: Task
    row: TaskRow
    verbs: tuple[str, ...]
    unseen: bool
    assisting: list[Label]
    informed: list[Label]
    notes: list[Note]
    files: list[File]
    parts: list[TaskRow]
    repeats: list[TaskRow]
    parent: TaskRow | None
    merged_into: TaskRow | None
    history: list[Entry]


_AROUND = f"""
    SELECT t.parent_id, t.merged_into_id, p.seen_at, {COLUMNS} FROM tasks_taskparty p {JOINS}
    WHERE p.unit_id = %s AND p.task_id IN (
        SELECT %s UNION SELECT id FROM tasks_task WHERE parent_id = %s OR merged_into_id = %s
        UNION SELECT unnest(%s::uuid[])
    ) ORDER BY t.number
"""  # noqa: S608 – of fixed parts; every value is a parameter


_TARGET = "SELECT task_id, exercise FROM tasks_taskparty WHERE unit_id = %s AND number = %s"


def visible(post: Post) -> QuerySet[Task, Task]:
    """The tasks that the unit of the post has to do with, or that it sees from above: real
    ones, or those of exercises while the post looks at these."""
    return Task.objects.filter(parties__unit_id=post.unit_id, exercise=post.exercise)


def task_for(*, visible_to: Post, number: int) -> Task:
    """The task with this number, as acts take it. Raises NotFound for one that the post may
    not see, as for one that does not exist; ExerciseOnly, RealOnly."""
    related = Task.objects.filter(parties__unit_id=visible_to.unit_id).select_related(
        "asker",
        "asker_post__person",
        "lead",
        "area",
        "incident",
        "handler__person",
        "better_owner",
        "duty",
    )
    try:
        found = related.defer("area__profile", "area__boundary").get(number=number)
    except Task.DoesNotExist:
        raise NotFound() from None
    require_world(exercise=found.exercise, visible_to=visible_to)
    return found


def target(*, visible_to: Post, number: int) -> Task:
    """The task with this number and nothing around it: enough for an act, which reads and
    locks it anew. Raises NotFound, ExerciseOnly, RealOnly."""
    with connection.cursor() as cursor:
        cursor.execute(_TARGET, [visible_to.unit_id, number])
        found = cursor.fetchone()
    if found is None:
        raise NotFound()
    require_world(exercise=found[1], visible_to=visible_to)
    return Task(id=found[0], number=number)


def tasks_for(*, visible_to: Post, numbers: Iterable[int]) -> list[Task]:
    """The tasks with these numbers, in the order of the numbers given, once each, for acts
    on many. Raises NotFound when the post may not see one of them."""
    wanted = list(dict.fromkeys(numbers))
    found = {task.number: task for task in visible(visible_to).filter(number__in=wanted)}
    if len(found) < len(wanted):
        raise NotFound()
    return [found[number] for number in wanted]


def attachment_for(*, visible_to: Post, id: UUID) -> Attachment:
    """An attached file of a task that the post may see, or of one merged into such a task.
    Raises NotFound."""
    files = Attachment.objects.select_related("task")
    file = files.filter(id=id).first()
    if file is not None:
        tasks = [t for t in (file.task_id, file.task.merged_into_id) if t is not None]
        if visible(visible_to).filter(id__in=tasks).exists():
            return file
    raise NotFound()


def detail(*, visible_to: Post, number: int, at: datetime) -> Detail:
    """A task and what belongs to it, in a fixed number of queries. Raises NotFound."""
    task = task_for(visible_to=visible_to, number=number)
    around = _around(task, visible_to=visible_to, at=at)
    own, seen_at = around.own, around.seen_at
    repeats = list(Task.objects.filter(merged_into=task).values_list("id", "number"))
    numbers = {task.id: "", **{repeat: f"T-{number}" for repeat, number in repeats}}
    comments = list(
        Comment.objects.filter(task_id__in=numbers)
        .select_related("post__unit", "post__person")
        .order_by("at", "id")
    )
    lines = ledger.about("task", task.id, limit=1000)
    units = _labels({*task.assisting, *task.informed}.union(*map(sentences.mentioned, lines)))
    notes = {str(comment.id): comment.text for comment in comments}
    return Detail(
        task=task,
        row=own,
        verbs=_verbs(task, own.relations, visible_to),
        unseen=_unseen(task, own.relations, visible_to, seen_at),
        assisting=[units[unit] for unit in task.assisting],
        informed=[units[unit] for unit in task.informed],
        notes=[_note(comment, of=numbers[comment.task_id]) for comment in comments],
        files=_files(numbers),
        parts=around.parts,
        repeats=around.repeats,
        parent=around.parent,
        merged_into=around.merged_into,
        history=[_entry(line, units, notes) for line in lines],
    )


@dataclass
class _Around:
    own: TaskRow
    seen_at: datetime | None
    parts: list[TaskRow]
    repeats: list[TaskRow]
    parent: TaskRow | None = None
    merged_into: TaskRow | None = None


def _around(task: Task, *, visible_to: Post, at: datetime) -> _Around:
    above = [t for t in (task.parent_id, task.merged_into_id) if t is not None]
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, [visible_to.unit_id, task.id, task.id, task.id, above])
        found: list[tuple[UUID | None, UUID | None, datetime | None, TaskRow]] = [
            (parent, into, seen, row(values, at=at))
            for parent, into, seen, *values in cursor.fetchall()
        ]
    own, seen_at = next((r, seen) for _p, _i, seen, r in found if r.id == task.id)
    by_id = {r.id: r for _p, _i, _s, r in found}
    return _Around(
        own,
        seen_at,
        parts=[r for parent, _i, _s, r in found if parent == task.id],
        repeats=[r for _p, into, _s, r in found if into == task.id],
        parent=by_id.get(task.parent_id) if task.parent_id else None,
        merged_into=by_id.get(task.merged_into_id) if task.merged_into_id else None,
    )


def _verbs(task: Task, relations: frozenset[str], post: Post) -> tuple[str, ...]:
    state, form = State(task.state), Form(task.form)
    hidden = {"take"} if task.handler_id is not None else {"release"}
    if form == Form.TICKET:
        hidden.add("evaluate")  # for whoever holds the number
    if task.binding and ASKER not in relations:
        hidden |= {"refuse", "return", "object", "forward"}
    return tuple(
        verb
        for verb, transition in TRANSITIONS.items()
        if verb not in hidden
        and fits(verb, state=state, relations=relations, form=form)
        and permissions.holds(post, transition.word)
    )


def _unseen(task: Task, relations: frozenset[str], post: Post, seen_at: datetime | None) -> bool:
    if not permissions.holds(post, TRANSITIONS["see"].word):
        return False
    leads = LEAD in relations and task.state == State.DISPATCHED
    return leads or (seen_at is None and fits("see", state=task.state, relations=relations))


def _labels(units: Iterable[UUID]) -> dict[UUID, Label]:
    found = Unit.objects.filter(id__in=set(units))
    rows = found.values_list("id", "code", "name_zh", "name_en", "sector")
    return {unit: Label(*names) for unit, *names in rows}


def _label(unit: Unit) -> Label:
    return Label(unit.code, unit.name_zh, unit.name_en, unit.sector)


def _note(comment: Comment, *, of: str) -> Note:
    return Note(
        comment.id,
        comment.verb,
        comment.text,
        comment.at,
        _label(comment.post.unit) if comment.post else None,
        comment.post.person.name if comment.post else "",
        of,
    )


def _files(tasks: Iterable[UUID]) -> list[File]:
    found = Attachment.objects.filter(task_id__in=set(tasks)).select_related("post__unit")
    return [
        File(
            file.id,
            file.name,
            file.content_type,
            file.size,
            file.sha256,
            file.at,
            _label(file.post.unit),
        )
        for file in found.order_by("at", "id")
    ]


def _entry(line: ledger.Line, units: Mapping[UUID, Label], notes: Mapping[str, str]) -> Entry:
    act = line.act
    return Entry(
        act.id,
        act.at,
        act.type,
        sentences.sentence(line, units),
        units.get(act.by_unit) if act.by_unit else None,
        notes.get(act.data.get("note", ""), ""),
        line.position,
        act.basis,
    )
