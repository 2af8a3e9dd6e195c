"""What the API takes."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from tongzhou.kernel.api.values import Code, Input, Line, Moment, Search, Text
from tongzhou.tasks.queries import TaskFilters
from tongzhou.tasks.schemas.values import (
    AnyBasis,
    AnyForm,
    AnyRelation,
    AnyWork,
    BasisName,
    Number,
    PriorityLevel,
    StateName,
    Units,
    WorkName,
)


class FiltersIn(Schema):
    """What a list of tasks is narrowed to. `relation`: how your unit stands to the task
    (`direct`: any but only from above); `state` may be repeated and wins over `show`;
    `late=1`: past due and still with its lead; `mine=1`: handled by your post; `area`: with
    everything below it; `unit`: asks or leads; `q`: number or words of the title."""

    relation: AnyRelation = ""
    state: Annotated[list[StateName], Field(max_length=13)] = []
    show: Literal["open", "closed", "all"] = "open"
    late: Literal["", "0", "1"] = ""
    mine: Literal["", "0", "1"] = ""
    incident: Annotated[str, Field(max_length=80)] = ""
    area: Annotated[str, Field(max_length=80)] = ""
    unit: Annotated[str, Field(max_length=80)] = ""
    basis: AnyBasis = ""
    work: AnyWork = ""
    form: AnyForm = ""
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
            form=self.form,
            priority=int(self.priority) if self.priority else None,
            q=self.q.strip(),
            sort=self.sort,
        )


class TaskIn(Input):
    """A new task. Without `area` it is that of the lead unit; with `dispatch` false it stays
    a draft. `duty`: the code of what it is done for; who is charged with it is looked up."""

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
    duty: Code | None = None
    dispatch: bool = True


class TaskReasonIn(Input):
    """Why."""

    reason: Text


class RefuseIn(Input):
    """Why, and the code of the unit that should do it instead."""

    reason: Text
    better_owner: Code | None = None


class ReturnIn(Input):
    """Why; of a ticket or a call also the code of the unit that is better placed."""

    reason: Text
    better_owner: Code | None = None


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


class ReviewIn(Input):
    """Whether the objection is right, why, and the code of the unit that leads then."""

    upheld: bool
    reason: Text
    to: Code | None = None


class ArriveIn(Input):
    """Where, and who came."""

    place: Line
    who: Line


class ReclassifyIn(Input):
    """Another class of the hotline template, with the reason."""

    class_code: Code
    reason: Text


class CallBackIn(Input):
    """What was said on the telephone; null: not said."""

    reached: bool
    solved: bool | None = None
    satisfied: bool | None = None
    note: Text = ""


class EvaluateIn(Input):
    """How the help was found."""

    solved: bool
    satisfied: bool
