"""What the API takes and gives of plans and process charts."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.models import Post
from tongzhou.actors.schemas import UnitName
from tongzhou.kernel.api.values import Code, Input, Output
from tongzhou.plans.actions.taking_back import Report
from tongzhou.plans.models import PlanLine, StandUp
from tongzhou.plans.outline import Line, MeasureLine, TaskLine
from tongzhou.plans.processes import Chart
from tongzhou.plans.queries import Ending, Fitting, Preview
from tongzhou.plans.rules import Reading

Words = Annotated[str, Field(max_length=4000)]
LineName = Annotated[str, Field(min_length=1, max_length=200)]


class OverruleIn(Input):
    """What is wanted otherwise of one line, by its name in the preview; `unit` to assign."""

    line: LineName
    act: Literal["leave_out", "assign", "include"]
    reason: Words
    unit: Code | None = None


class StandUpIn(Input):
    """`seen`: the digest of the preview that was looked at; the stand-up is refused when it
    would do something else by now."""

    overrules: Annotated[list[OverruleIn], Field(max_length=500)] = []
    seen: Annotated[str, Field(max_length=64)] = ""


class PlanReason(Input):
    """Why."""

    reason: Words


class FillIn(PlanReason):
    """The unit that takes an open line on."""

    unit: Code


class FittingOut(Output):
    """A plan in force for areas of the incident's level. `now`: it is for the incident's
    response level and phase; `rule`: what its own condition on the area says."""

    version: UUID
    key: str
    title_zh: str
    title_en: str
    grades: list[str]
    phases: list[str]
    now: bool
    rule: Literal["met", "not_met", "unknown"]

    @classmethod
    def of(cls, found: Fitting) -> Self:
        """From what was found."""
        title, plan = found.version.title, found.plan
        return cls.model_construct(
            version=found.version.id, key=found.version.key, title_zh=title.zh,
            title_en=title.en, grades=list(plan.grades), phases=list(plan.phases), now=found.now,
            rule=found.rule.verdict,
        )  # fmt: skip


class BoundOut(Output):
    """One bound of a rule with the figure that was found, null where it is not known."""

    fact: str
    value: float | None
    at_least: float | None
    at_most: float | None

    @classmethod
    def of(cls, found: Reading) -> Self:
        """From the reading."""
        return cls.model_construct(
            fact=found.fact, value=found.value, at_least=found.at_least, at_most=found.at_most
        )


class OutlineLineOut(Output):
    """One line of what a plan would do: `standing` is `ready`, `kept`, `unresolved`,
    `left_out`, `not_met` or `undecided`; `why` the code of what stands in the way, `rule` the
    bounds of a measure with the figures that were found, `until` when a task is due or a
    measure expires."""

    name: str
    kind: str
    title_zh: str
    title_en: str
    area: str
    standing: str
    unit: UnitName | None
    why: str | None
    rule: list[BoundOut]
    until: datetime | None

    @classmethod
    def of(cls, line: Line) -> Self:
        """From a line of an outline."""
        return cls.model_construct(
            name=line.name, kind=line.kind, title_zh=line.title_zh, title_en=line.title_en,
            area=line.area.code, standing=line.standing.value,
            unit=UnitName.named(line.unit) if line.unit else None,
            why=line.why.code if line.why else None,
            rule=[BoundOut.of(reading) for reading in line.judgement.readings],
            until=_until(line),
        )  # fmt: skip


def _until(line: Line) -> datetime | None:
    match line:
        case TaskLine():
            return line.due_at
        case MeasureLine():
            return line.expires_at
    return None


class PreviewOut(Output):
    """What a plan would do in an incident now. `limits`: the keys of the time limits that will
    run; `replaces`: the plans (by key) that give way, `ends` how many of their lines end."""

    version: UUID
    digest: str
    lines: list[OutlineLineOut]
    told: list[UnitName]
    limits: list[str]
    replaces: list[str]
    ends: int

    @classmethod
    def of(cls, found: Preview) -> Self:
        """From the preview."""
        return cls.model_construct(
            version=found.version.id, digest=found.digest,
            lines=[OutlineLineOut.of(line) for line in found.outline.lines],
            told=[UnitName.named(unit) for unit in found.told],
            limits=[limit.key for limit in found.limits],
            replaces=[stand.key for stand in found.replaces],
            ends=len(found.ends),
        )  # fmt: skip


class PlanLineOut(Output):
    """What became of one line; `made` is its task, group or measure."""

    id: UUID
    kind: str
    key: str
    area: str
    unit: UnitName | None
    outcome: str
    made: UUID | None
    why: str

    @classmethod
    def of(cls, line: PlanLine) -> Self:
        """From the model, with area and unit joined."""
        names = ("id", "kind", "key", "outcome", "made", "why")
        return cls.model_construct(
            **{name: getattr(line, name) for name in names}, area=line.area.code,
            unit=UnitName.named(line.unit) if line.unit else None,
        )  # fmt: skip


class StandUpOut(Output):
    """A plan that stands or stood, with its lines."""

    id: UUID
    key: str
    version: UUID
    state: str
    grade: str
    phase: str
    at: datetime
    lines: list[PlanLineOut]

    @classmethod
    def of(cls, stand_up: StandUp) -> Self:
        """From the model; one query for its lines."""
        names = ("id", "key", "version", "state", "grade", "phase", "at")
        lines = stand_up.lines.select_related("area", "unit").order_by("place", "id")
        return cls.model_construct(
            **{name: getattr(stand_up, name) for name in names},
            lines=[PlanLineOut.of(line) for line in lines],
        )  # fmt: skip


class StandUpReportOut(Output):
    """What was taken back, what could not be (with the code of why), and what goes on."""

    taken: list[str]
    stayed: dict[str, str]
    going: list[str]

    @classmethod
    def of(cls, report: Report) -> Self:
        """From the report of the act."""
        return cls.model_construct(
            taken=[_name(line) for line in report.taken],
            stayed={_name(line): line.why for line in report.stayed},
            going=[_name(line) for line in report.going],
        )


class EndingOut(Output):
    """What ending a plan would do now: lines by name; what stays with the code of why; the
    tasks of stepping down that begin. `may`: the post's unit is the one that can."""

    authority: UnitName
    may: bool
    taken: list[str]
    stayed: dict[str, str]
    going: list[str]
    begins: list[OutlineLineOut]

    @classmethod
    def of(cls, found: Ending, *, by: Post) -> Self:
        """From what was foreseen for a post."""
        stand_up = found.stand_up
        return cls.model_construct(
            authority=UnitName.named(stand_up.unit),
            may=stand_up.unit_id == by.unit_id,
            taken=[_name(fate.line) for fate in found.taken],
            stayed={_name(fate.line): fate.why for fate in found.stayed},
            going=[_name(fate.line) for fate in found.going],
            begins=[OutlineLineOut.of(line) for line in found.steps],
        )


class ChartOut(Output):
    """A process chart as its table."""

    key: str
    title: str
    note: str
    headers: list[str]
    rows: list[list[str]]

    @classmethod
    def of(cls, chart: Chart) -> Self:
        """From the chart."""
        return cls.model_construct(
            key=chart.key, title=str(chart.title), note=str(chart.note),
            headers=[str(text) for text in chart.headers],
            rows=[[str(cell) for cell in row] for row in chart.rows],
        )  # fmt: skip


def _name(line: PlanLine) -> str:
    return f"{line.kind}:{line.key}"
