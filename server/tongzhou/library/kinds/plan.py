"""A plan: what begins when a response level is reached in a phase – groups, tasks, measures,
time limits – and how it is stepped down. Nobody is named: groups and tasks go to whoever is
charged with a duty or holds a post, so that one plan serves every area of its level."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tongzhou.actors.models import Sector
from tongzhou.actors.vocabulary import Role
from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit
from tongzhou.places.models import Level

PhaseCode = Literal["prepare", "watch", "respond", "sustain", "recover"]
GradeCode = Literal["", "I", "II", "III", "IV"]
WorkCode = Literal[
    "serve", "report", "share", "transfer", "joint_action", "convene", "deliberate", "supervise",
    "clarify",
]  # fmt: skip
BasisCode = Literal["order", "agreement", "voluntary", "law"]
PriorityCode = Literal["routine", "urgent", "critical"]

#: What a rule may ask about an area and the outbreak in it. All are numbers; what is not
#: known makes a rule undecided, never false.
FactKey = Literal[
    "population",  # persons
    "density",  # persons per square kilometre
    "share_60",  # percent aged 60 and over
    "share_65",  # percent aged 65 and over
    "income",  # disposable income per head and year, in the currency of the country
    "cdc_staff",  # disease control staff per 100,000 residents
    "beds",  # hospital beds per 1,000 residents
    "confirmed",  # cumulative confirmed cases in the area
    "new_14d",  # confirmed cases of the last 14 days
    "incubation_days",  # longest incubation of the incident's agent
]
_MOST = 400


class Condition(Body):
    """A bound on one figure."""

    fact: FactKey = said("Figure", "指标")
    at_least: float | None = said("At least", "不低于", default=None)
    at_most: float | None = said("At most", "不高于", default=None)

    @model_validator(mode="after")
    def _bounded(self) -> "Condition":
        if self.at_least is None and self.at_most is None:
            raise unfit("bound-missing", _("Give at_least, at_most or both."))
        low, high = self.at_least, self.at_most
        if low is not None and high is not None and high < low:
            raise unfit("bounds-reversed", _("at_most lies below at_least."))
        return self


class Seat(Body):
    """Who sits somewhere: the unit accountable for a duty, or the unit in which a post is held
    – with that role, of that sector, at that level. ``each``: one per area of the level."""

    duty: Key | None = said("Duty", "职责", default=None)
    role: Role | None = said("Role of the post", "岗位角色", default=None)
    sector: Sector | None = said("Sector of the unit", "单位类别", default=None)
    level: Level | None = said("Level of the unit", "单位层级", default=None)
    each: Level | None = said("One per area of this level", "每个该级区域一个", default=None)

    @model_validator(mode="after")
    def _one_way(self) -> "Seat":
        if (self.duty is None) == (self.role is None):
            raise unfit("seat-unclear", _("Give either a duty or the role of a post."))
        if self.duty is not None and (self.sector is not None or self.level is not None):
            raise unfit("seat-unclear", _("Sector and level belong to a post."))
        return self


class PlanGroup(Body):
    """A working group to be formed."""

    key: Key = said("Key", "标识")
    name: Text = said("Name", "名称")
    purpose: Text | None = said("Purpose", "职责说明", default=None)
    chair: Seat = said("Chair", "组长单位")
    members: Annotated[tuple[Seat, ...], Field(max_length=_MOST)] = said(
        "Members", "成员单位", default=()
    )

    @model_validator(mode="after")
    def _one_chair(self) -> "PlanGroup":
        if self.chair.each is not None:
            raise unfit("chair-many", _("A group has one chair."))
        return self


class PlanTask(Body):
    """A task to be sent to the unit accountable for a duty: one, or one per area of a level."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")
    text: Text | None = said("Text", "说明", default=None)
    duty: Key = said("Duty", "职责")
    each: Level | None = said("One per area of this level", "每个该级区域一项", default=None)
    group: Key | None = said("Group", "所属专班", default=None)
    work: WorkCode = said("Kind of work", "协同类型", default="serve")
    priority: PriorityCode = said("Priority", "紧急程度", default="routine")
    due: Length = said("Due after stand-up", "启动后时限")
    basis: BasisCode = said("Basis", "依据", default="order")
    basis_note: str = said("Note on the basis", "依据说明", default="")
    when: tuple[Condition, ...] = said("Only when", "适用条件", default=())


class Window(Body):
    """A length in whole days: fixed, or so many of the longest incubation of the incident."""

    days: int | None = said("Days", "天数", default=None, ge=1, le=366)
    incubations: float | None = said("Incubations", "最长潜伏期倍数", default=None, gt=0, le=10)

    @model_validator(mode="after")
    def _one_way(self) -> "Window":
        if (self.days is None) == (self.incubations is None):
            raise unfit("window-unclear", _("Give either days or incubations."))
        return self

    def of(self, incubation_days: int | None) -> int | None:
        """The days; None where they hang on an incubation that is not known."""
        if self.days is not None:
            return self.days
        if self.incubations is None or not incubation_days:
            return None
        return max(1, round(self.incubations * incubation_days))


class PlanMeasure(Body):
    """A measure proposed where the figures meet the rule ``when``. ``window`` fills the place
    ``{window}`` of the stop rule with a number of days."""

    key: Key = said("Key", "标识")
    title: Text = said("Title", "标题")
    each: Level | None = said("One per area of this level", "每个该级区域一项", default=None)
    when: tuple[Condition, ...] = said("Proposed when", "建议条件", default=())
    legal_basis: Text = said("Legal basis", "法律依据")
    stop_rule: Text = said("Stop rule", "解除条件")
    window: Window | None = said("Window of the stop rule", "解除观察期", default=None)
    lasts: Window = said("Expires after", "有效期")

    @model_validator(mode="after")
    def _places(self) -> "PlanMeasure":
        for words in (self.stop_rule.zh, self.stop_rule.en):
            if ("{window}" in words) != (self.window is not None):
                raise unfit(
                    "window-place",
                    _("The stop rule has the place {window} exactly where a window is given."),
                )
        return self


class StepDown(Body):
    """What ends the plan: tasks that begin then, and what outlives it."""

    tasks: Annotated[tuple[PlanTask, ...], Field(max_length=_MOST)] = said(
        "Tasks of stepping down", "终止响应任务", default=()
    )
    keep_groups: tuple[Key, ...] = said("Groups that stay", "保留的专班", default=())
    keep_measures: tuple[Key, ...] = said("Measures that stay", "保留的措施", default=())


@kind("plan", en="Response plan", zh="应急预案")
class Plan(Body):
    """A plan for the areas of one level, at these response levels, in these phases."""

    level: Level = said("Level of the area", "适用层级")
    grades: tuple[GradeCode, ...] = said("Response levels", "响应级别", min_length=1)
    phases: tuple[PhaseCode, ...] = said("Phases", "阶段", min_length=1)
    when: tuple[Condition, ...] = said("Only for areas where", "适用区域条件", default=())
    summary: Text | None = said("Summary", "摘要", default=None)
    groups: Annotated[tuple[PlanGroup, ...], Field(max_length=60)] = said(
        "Working groups", "工作专班", default=()
    )
    tasks: Annotated[tuple[PlanTask, ...], Field(max_length=_MOST)] = said(
        "Tasks", "任务", default=()
    )
    measures: Annotated[tuple[PlanMeasure, ...], Field(max_length=100)] = said(
        "Measures", "措施", default=()
    )
    clocks: tuple[Key, ...] = said("Time limits that run", "启用的时限", default=())
    step_down: StepDown = said("Stepping down", "终止响应", default=StepDown())

    @model_validator(mode="after")
    def _consistent(self) -> "Plan":
        groups = [group.key for group in self.groups]
        measures = [measure.key for measure in self.measures]
        _no_double(groups, "groups")
        _no_double([task.key for task in (*self.tasks, *self.step_down.tasks)], "tasks")
        _no_double(measures, "measures")
        for place, task in self._tasks():
            if task.group is not None and task.group not in groups:
                raise _unknown(task.group, (*place, "group"))
        for at, key in enumerate(self.step_down.keep_groups):
            if key not in groups:
                raise _unknown(key, ("step_down", "keep_groups", at))
        for at, key in enumerate(self.step_down.keep_measures):
            if key not in measures:
                raise _unknown(key, ("step_down", "keep_measures", at))
        return self

    def _tasks(self) -> Iterator[tuple[tuple[str | int, ...], PlanTask]]:
        for at, task in enumerate(self.tasks):
            yield ("tasks", at), task
        for at, task in enumerate(self.step_down.tasks):
            yield ("step_down", "tasks", at), task

    def duties(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every duty that the plan names, with its place in the body."""
        for at, group in enumerate(self.groups):
            if group.chair.duty is not None:
                yield ("groups", at, "chair", "duty"), group.chair.duty
            for place, seat in enumerate(group.members):
                if seat.duty is not None:
                    yield ("groups", at, "members", place, "duty"), seat.duty
        for way, task in self._tasks():
            yield (*way, "duty"), task.duty


def _no_double(keys: Sequence[str], where: str) -> None:
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise unfit(
                "key-twice", _("“%(key)s” stands twice in “%(where)s”."), key=key, where=where
            )


def _unknown(key: str, place: tuple[str | int, ...]) -> PydanticCustomError:
    return unfit(
        "plan-reference-unknown",
        _("%(where)s: the plan has nothing of the name “%(key)s”."),
        place=place,
        key=key,
        where=".".join(map(str, place)),
    )
