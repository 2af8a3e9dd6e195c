"""What the API gives. Lists are written straight from ``queries.TaskRow``; their schema here
describes them, and a test holds the two together."""

from uuid import UUID

from tongzhou.kernel.api.values import Moment, Output, Whole
from tongzhou.tasks.models import Task
from tongzhou.tasks.schemas.values import (
    BasisName,
    FormName,
    PriorityLevel,
    RelationName,
    StateName,
    WorkName,
)


class LabelOut(Output):
    """What a unit, area or incident is called; `sector` of a unit only."""

    code: str
    name_zh: str
    name_en: str
    sector: str = ""


class TaskLine(Output):
    """A task in a list. `relations`: how your unit stands to it."""

    id: UUID
    number: int
    title: str
    form: FormName
    state: StateName
    priority: PriorityLevel
    work: WorkName
    basis: BasisName
    asker: LabelOut
    lead: LabelOut
    area: LabelOut
    incident: LabelOut | None
    better_owner: LabelOut | None
    due_at: Moment
    created_at: Moment
    updated_at: Moment
    dispatched_at: Moment | None
    accepted_at: Moment | None
    done_at: Moment | None
    relations: list[RelationName]
    reason: str
    reopened: int
    late: bool
    open: bool


class TaskState(Output):
    """A task after an act: its number and what became of it. The rest is at
    `GET /tasks/{number}`."""

    id: UUID
    number: int
    state: StateName
    due_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, task: Task) -> "TaskState":
        """From the task that an act returned."""
        return cls.model_construct(
            id=task.id,
            number=task.number,
            state=str(task.state),
            due_at=task.due_at,
            updated_at=task.updated_at,
        )


class SectionOut(Output):
    """The first of a short list; `count` stops at 100, then `more` is true."""

    rows: list[TaskLine]
    count: int
    more: bool


class TodayOut(Output):
    """What waits for your unit, no task twice, and what it asked of others."""

    to_accept: SectionOut
    late: SectionOut
    in_hand: SectionOut
    to_confirm: SectionOut
    to_decide: SectionOut
    assisting: SectionOut
    drafts: SectionOut
    asked_late: SectionOut
    asked_running: SectionOut


class NoteOut(Output):
    """Words that came with an act (`verb`), or a comment; `of` is the number of the merged
    task that they were said of; `by` is null where whoever asked a ticket said them."""

    id: UUID
    verb: str
    text: str
    at: Moment
    by: LabelOut | None
    person: str
    of: str


class FileOut(Output):
    """An attached file; `size` in bytes."""

    id: UUID
    name: str
    content_type: str
    size: Whole
    sha256: str
    at: Moment
    by: LabelOut


class EntryOut(Output):
    """A line of the history; `by` is null where the clock acted, `position` while the act is
    not sealed."""

    id: UUID
    at: Moment
    type: str
    sentence: str
    by: LabelOut | None
    note: str
    position: int | None
    basis: str


class TaskOut(TaskLine):
    """A task with everything around it. `verbs`: what your post may do now; `mandate`: empty,
    `cell:<charge>` (the lead is charged with the duty), `emergent`, or `emergent:<charge>` (of
    another unit, which was passed over)."""

    body: str
    basis_note: str
    duty: str | None
    mandate: str
    result: str
    handler: str
    verbs: list[str]
    unseen: bool
    assisting: list[LabelOut]
    informed: list[LabelOut]
    notes: list[NoteOut]
    files: list[FileOut]
    parts: list[TaskLine]
    repeats: list[TaskLine]
    parent: TaskLine | None
    merged_into: TaskLine | None
    history: list[EntryOut]


class FileKept(Output):
    """A file that was attached."""

    id: UUID
    name: str
    content_type: str
    size: Whole
    sha256: str


class RefusedOut(Output):
    """A task that was left as it was, and why."""

    number: int
    code: str
    sentence: str


class BulkOut(Output):
    """The numbers of the tasks that were changed (in a dry run: would be), and the others."""

    done: list[int]
    refused: list[RefusedOut]
