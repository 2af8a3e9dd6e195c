"""Duties, charges, proposals, means, delegations."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.models import Unit
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, left_out
from tongzhou.kernel.errors import Refusal
from tongzhou.mandates import cells
from tongzhou.mandates.actions.import_matrix import Report
from tongzhou.mandates.actions.layout import Layout
from tongzhou.mandates.models import Charge, Delegation, Duty, Means, Proposal
from tongzhou.mandates.queries.checking import Verdict
from tongzhou.mandates.queries.resolving import Resolution
from tongzhou.places.schemas import AreaName, LevelName

PartName = Literal["accountable", "responsible", "consulted", "informed"]
MeansName = Literal["power", "people", "money", "supplies"]
SideName = Literal[
    "leadership", "government", "consultation", "society", "public", "law", "technology"
]
PhaseName = Literal["prepare", "watch", "respond", "sustain", "recover"]
GradeName = Literal["", "I", "II", "III", "IV"]
Words = Annotated[str, Field(max_length=1_000)]
Why = Annotated[str, Field(min_length=1, max_length=4_000)]
Said = Annotated[str, Field(max_length=4_000)]
DutyCode = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[-a-z0-9_A-Z]+$")]


class DutyUnit(Output):
    """A unit, by name."""

    code: str
    name_zh: str
    name_en: str

    @classmethod
    def of(cls, unit: Unit) -> Self:
        """From the model."""
        return cls.model_construct(code=unit.code, name_zh=unit.name_zh, name_en=unit.name_en)

    @classmethod
    def maybe(cls, unit: Unit | None) -> Self | None:
        """Null where there is none."""
        return cls.of(unit) if unit is not None else None


class DutyOut(Output):
    """A duty. ``needs``: the means without which it cannot be done; ``lowest``: the lowest
    level that may be charged; ``confidence`` of the list that it came from (o, m, k)."""

    code: str
    name_zh: str
    name_en: str
    side: str
    legal_basis: str
    source: str
    confidence: str
    needs: list[str]
    lowest: str
    autonomous: bool
    declared_at: datetime
    retired_at: datetime | None

    @classmethod
    def of(cls, duty: Duty) -> Self:
        """From the model."""
        return cls.model_construct(**{name: getattr(duty, name) for name in cls.model_fields})


class SpanOut(Output):
    """Phases at grades; an empty list means all, the grade "" none in force."""

    phases: list[str]
    grades: list[str]


def spans(covered: int) -> list[SpanOut]:
    """The set of cells as few blocks."""
    return [
        SpanOut.model_construct(phases=list(span.phases), grades=list(span.grades))
        for span in cells.spans(covered)
    ]


class MeansOut(Output):
    """A means of a charge."""

    id: UUID
    kind: str
    text: str
    at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, means: Means) -> Self:
        """From the model."""
        return cls.model_construct(
            id=means.id,
            kind=means.kind,
            text=means.text,
            at=means.at,
            ended_at=means.ended_at,
        )


class ChargeOut(Output):
    """A unit's part in a duty for an area."""

    id: UUID
    duty: str
    unit: DutyUnit
    area: AreaName
    part: str
    cells: list[SpanOut]
    state: str
    proposed_at: datetime
    since: datetime | None
    ended_at: datetime | None
    means: list[MeansOut]

    @classmethod
    def of(cls, charge: Charge, *, means: bool = True) -> Self:
        """From the model, with duty, unit and area joined."""
        return cls.model_construct(
            id=charge.id,
            duty=charge.duty.code,
            unit=DutyUnit.of(charge.unit),
            area=AreaName.named(charge.area),
            part=charge.part,
            cells=spans(charge.cells),
            state=charge.state,
            proposed_at=charge.proposed_at,
            since=charge.since,
            ended_at=charge.ended_at,
            means=[MeansOut.of(m) for m in charge.means.all()] if means else [],
        )


class ProposalOut(Output):
    """A change that waits for consent, or what became of it. ``waiting``: how many units
    have not answered."""

    id: UUID
    kind: str
    charge: ChargeOut
    takes_over: bool
    state: str
    by_unit: DutyUnit | None
    at: datetime
    due_at: datetime
    answered_at: datetime | None
    reason: str
    answer: str
    waiting: int

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """From the model, with its charge joined."""
        return cls.model_construct(
            id=proposal.id,
            kind=proposal.kind,
            charge=ChargeOut.of(proposal.charge, means=False),
            takes_over=proposal.takes_over,
            state=proposal.state,
            by_unit=DutyUnit.maybe(proposal.by_unit),
            at=proposal.at,
            due_at=proposal.due_at,
            answered_at=proposal.answered_at,
            reason=proposal.reason,
            answer=proposal.answer,
            waiting=len(proposal.waiting) if proposal.state == "open" else 0,
        )


class ProposalsOut(Output):
    """What waits for your unit, and what it asked of others."""

    to_answer: list[ProposalOut]
    made: list[ProposalOut]


class DelegationOut(Output):
    """A duty passed on."""

    id: UUID
    of: DutyUnit
    to: DutyUnit
    charge: UUID
    until: datetime
    recalled_at: datetime | None

    @classmethod
    def named(cls, delegation: Delegation) -> Self:
        """From the model, with both charges joined."""
        return cls.model_construct(
            id=delegation.id,
            of=DutyUnit.of(delegation.charge.unit),
            to=DutyUnit.of(delegation.to.unit),
            charge=delegation.to_id,
            until=delegation.until,
            recalled_at=delegation.recalled_at,
        )


class DutyIn(Input):
    """A new duty."""

    code: DutyCode
    name_zh: Line
    name_en: Line = ""
    side: SideName = "government"
    legal_basis: Words = ""
    source: Words = ""
    needs: Annotated[list[MeansName], Field(max_length=4)] = []
    lowest: LevelName | Literal[""] = ""
    autonomous: bool = False


class DutyChange(Input):
    """The words of a duty as they are to be; what is left out stays."""

    reason: Why
    name_zh: Line = left_out()
    name_en: Line = left_out()
    side: SideName = left_out()
    legal_basis: Words = left_out()
    source: Words = left_out()
    needs: Annotated[list[MeansName], Field(max_length=4)] = left_out()
    lowest: LevelName | Literal[""] = left_out()
    autonomous: bool = left_out()


class DutyReason(Input):
    """Why."""

    reason: Why


class ChargeIn(Input):
    """Who is to take which part; ``area`` left out: the unit's own. No phases or grades: all.
    ``take_over``: from whoever is accountable now, once both consent."""

    unit: Code
    part: PartName
    area: Code | None = None
    phases: Annotated[list[PhaseName], Field(max_length=5)] = []
    grades: Annotated[list[GradeName], Field(max_length=5)] = []
    take_over: bool = False
    due_at: Moment | None = None
    reason: Said = ""


class EndIn(Input):
    """Why a unit is to give up its part."""

    reason: Why
    due_at: Moment | None = None


class MeansIn(Input):
    """A means of a charge."""

    kind: MeansName
    text: Annotated[str, Field(min_length=1, max_length=1_000)]


class DelegateIn(Input):
    """To whom, until when, and what comes along."""

    to: Code
    until: Moment
    area: Code | None = None
    means: Annotated[dict[MeansName, Words], Field(max_length=4)] = {}
    reason: Said = ""


class LayoutIn(Input):
    """Which version of a list, over the units below which one."""

    version: UUID
    top: Code
    dry_run: bool = False


class UnresolvedOut(Output):
    """A part for which there is not exactly one unit."""

    duty: str
    part: str
    code: str
    detail: str
    units: list[str]


class LayoutOut(Output):
    """What was proposed, or would be."""

    dry_run: bool
    declared: int
    proposed: int
    unchanged: int
    unresolved: list[UnresolvedOut]

    @classmethod
    def of(cls, layout: Layout, *, dry_run: bool) -> Self:
        """From the act."""
        return cls.model_construct(
            dry_run=dry_run,
            declared=len(layout.new),
            proposed=len(layout.lines),
            unchanged=layout.unchanged,
            unresolved=[
                UnresolvedOut.model_construct(
                    duty=one.duty,
                    part=one.part,
                    code=one.code,
                    detail=one.sentence,
                    units=list(one.units),
                )
                for one in layout.unresolved
            ],
        )


class MatrixFaultOut(Output):
    """What is wrong with a line of a sheet."""

    line: int | None
    field: str
    code: str
    detail: str

    @classmethod
    def of(cls, refusal: Refusal) -> Self:
        """From the refusal."""
        return cls.model_construct(
            line=refusal.row, field=refusal.field, code=refusal.code, detail=str(refusal)
        )


class MatrixImportOut(Output):
    """What a workbook gave. With faults nothing was written."""

    dry_run: bool
    proposed: int
    ends: int
    means: int
    unchanged: int
    waiting: int
    faults: list[MatrixFaultOut]

    @classmethod
    def of(cls, report: Report) -> Self:
        """From the import."""
        given: dict[str, Any] = dict(vars(report))
        given["faults"] = [MatrixFaultOut.of(fault) for fault in report.faults]
        return cls.model_construct(**given)


class WhyOut(Output):
    """Why nobody was found."""

    code: str
    detail: str


class ResolutionOut(Output):
    """Who is charged there and then, or why nobody is."""

    duty: str
    accountable: DutyUnit | None
    responsible: list[DutyUnit]
    consulted: list[DutyUnit]
    informed: list[DutyUnit]
    cell: UUID | None
    why: WhyOut | None

    @classmethod
    def of(cls, found: Resolution) -> Self:
        """From the query."""
        why = found.why
        return cls.model_construct(
            duty=found.duty,
            accountable=DutyUnit.maybe(found.accountable),
            responsible=[DutyUnit.of(unit) for unit in found.responsible],
            consulted=[DutyUnit.of(unit) for unit in found.consulted],
            informed=[DutyUnit.of(unit) for unit in found.informed],
            cell=found.cell,
            why=WhyOut.model_construct(code=why.code, detail=why.sentence) if why else None,
        )


class RuleOut(Output):
    """The rule that forbids something, with its source and date."""

    text: str
    source: str


class VerdictOut(Output):
    """Whether a unit acts inside its mandate."""

    kind: Literal["in_cell", "emergent", "wrong"]
    cell: UUID | None
    proposed: DutyUnit | None
    forbidden_by: RuleOut | None

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        """From the query."""
        rule = verdict.forbidden_by
        return cls.model_construct(
            kind=verdict.kind,
            cell=verdict.cell,
            proposed=DutyUnit.maybe(verdict.proposed),
            forbidden_by=(
                RuleOut.model_construct(text=rule.text, source=rule.cited) if rule else None
            ),
        )


class DutyProblemOut(Output):
    """One thing that is wrong with the matrix."""

    kind: Literal["nobody", "two", "means", "idle"]
    duty: str | None
    unit: str | None
    area: str | None
    cells: list[SpanOut]
    missing: list[str]


class DutyProblemsOut(Output):
    """All that is wrong, counted by kind; of each kind the first 200 are listed."""

    counts: dict[str, int]
    problems: list[DutyProblemOut]
