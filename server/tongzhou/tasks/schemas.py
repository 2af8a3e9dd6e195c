"""What the API takes and gives. Lists are written straight from ``queries.TaskRow``; their
schema here describes them, and a test holds the two together."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, Search, Text, Whole
from tongzhou.tasks.models import Task
from tongzhou.tasks.queries import TaskFilters

StateName = Literal[
    "draft", "dispatched", "seen", "accepted", "in_progress", "blocked", "done", "confirmed",
    "refused", "returned", "withdrawn", "merged",
]  # fmt: skip
BasisName = Literal["order", "agreement", "voluntary", "law"]
WorkName = Literal[
    "serve", "report", "share", "transfer", "joint_action", "convene", "deliberate",
    "supervise", "clarify",
]  # fmt: skip
RelationName = Literal["asker", "lead", "assisting", "informed", "line"]
# In an address "" is as if not there. Written out: of two joined, a refusal names neither.
AnyRelation = Literal["", "asker", "lead", "assisting", "informed", "line", "direct"]
AnyBasis = Literal["", "order", "agreement", "voluntary", "law"]
AnyWork = Literal[
    "", "serve", "report", "share", "transfer", "joint_action", "convene", "deliberate",
    "supervise", "clarify",
]  # fmt: skip
PriorityLevel = Literal[0, 1, 2]
#: The number of a task, as in ``T-1024``.
Number = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
Units = Annotated[list[Code], Field(max_length=200)]


class FiltersIn(Schema):
    """What a list of tasks is narrowed to. `relation`: how your unit stands to the task
    (`direct`: any but only from above); `state` may be repeated and wins over `show`;
    `late=1`: past due and still with its lead; `mine=1`: handled by your post; `area`: with
    everything below it; `unit`: asks or leads; `q`: number or words of the title."""

    relation: AnyRelation = ""
    state: Annotated[list[StateName], Field(max_length=12)] = []
    show: Literal["open", "closed", "all"] = "open"
    late: Literal["", "0", "1"] = ""
    mine: Literal["", "0", "1"] = ""
    incident: Annotated[str, Field(max_length=80)] = ""
    area: Annotated[str, Field(max_length=80)] = ""
    unit: Annotated[str, Field(max_length=80)] = ""
    basis: AnyBasis = ""
    work: AnyWork = ""
    priority: Literal["", "0", "1", "2"] = ""
    q: Search = ""
    sort: Literal["due", "created", "updated"] = "due"

    def read(self) -> TaskFilters:
        """As the queries take them."""
        return TaskFilters(
            relation=self.relation,
            states=tuple(dict.fromkeys(self.state)),
            show=self.show,
            late=self.late == "1",
            mine=self.mine == "1",
            incident=self.incident,
            area=self.area,
            unit=self.unit,
            basis=self.basis,
            work=self.work,
            priority=int(self.priority) if self.priority else None,
            q=self.q.strip(),
            sort=self.sort,
        )


class TaskIn(Input):
    """A new task. Without `area` it is that of the lead unit; with `dispatch` false it stays
    a draft."""

    title: Line
    lead: Code
    due_at: Moment
    basis: BasisName
    area: Code | None = None
    incident: Code | None = None
    body: Text = ""
    work: WorkName = "serve"
    basis_note: Line = ""
    priority: PriorityLevel = 0
    assisting: Units = []
    informed: Units = []
    dispatch: bool = True


class ReasonIn(Input):
    """Why."""

    reason: Text


class RefuseIn(Input):
    """Why, and the code of the unit that should do it instead."""

    reason: Text
    better_owner: Code


class ForwardIn(Input):
    """Why, and the code of the new lead."""

    reason: Text
    to: Code


class FinishIn(Input):
    """What was done."""

    result: Text


class PartIn(Input):
    """One part of a task; an empty `basis` is that of the whole."""

    title: Line
    lead: Code
    due_at: Moment
    body: Text = ""
    basis: AnyBasis = ""


class SplitIn(Input):
    """The parts that a task is split into."""

    parts: Annotated[list[PartIn], Field(max_length=50)]


class MergeIn(Input):
    """The number of the task that this one repeats."""

    into: Number


class EditIn(Input):
    """What changes, and why; what is left out or null stays as it is."""

    reason: Text
    due_at: Moment | None = None
    priority: PriorityLevel | None = None
    assisting: Units | None = None
    informed: Units | None = None


class TextIn(Input):
    """Something said."""

    text: Text


class BulkIn(Input):
    """One act for many tasks, with its arguments. `dry_run`: say what would happen and do
    nothing."""

    verb: Line
    numbers: Annotated[list[Number], Field(min_length=1, max_length=10_000)]
    dry_run: bool = False
    reason: Text | None = None
    text: Text | None = None
    result: Text | None = None
    to: Code | None = None
    better_owner: Code | None = None
    into: Number | None = None
    due_at: Moment | None = None
    priority: PriorityLevel | None = None
    assisting: Units | None = None
    informed: Units | None = None


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
    task that they were said of."""

    id: UUID
    verb: str
    text: str
    at: Moment
    by: LabelOut
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
    """A task with everything around it. `verbs`: what your post may do now."""

    body: str
    basis_note: str
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
