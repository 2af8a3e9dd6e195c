"""Who is charged, whether a unit may be, and what is wrong."""

from typing import Literal, Self
from uuid import UUID

from tongzhou.kernel.api.values import Output
from tongzhou.mandates.queries.checking import Verdict
from tongzhou.mandates.queries.resolving import Resolution
from tongzhou.mandates.schemas.duties import DutyUnit, SpanOut


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
