"""Duties, charges, proposals, means, delegations as the API gives them."""

from datetime import datetime
from typing import Self
from uuid import UUID

from tongzhou.actors.models import Unit
from tongzhou.kernel.api.values import Output
from tongzhou.mandates import cells
from tongzhou.mandates.models import Charge, Delegation, Duty, Means, Proposal
from tongzhou.places.schemas import AreaName


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
