"""Interests as the API shows and takes them. Amounts are text, as in the API of money."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.funds import money
from tongzhou.funds.schemas import Amount
from tongzhou.interests.models import Conflict, Mediation, Stake
from tongzhou.interests.models.stakes import Said
from tongzhou.interests.queries.burden import Row as BurdenRow
from tongzhou.interests.queries.conflicts import Paid
from tongzhou.interests.queries.tensions import Row as TensionRow
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output

Words = Annotated[str, Field(max_length=4000)]
Filled = Annotated[str, Field(min_length=1, max_length=4000)]
Hours = Annotated[str, Field(max_length=12, pattern=r"^-?\d{1,8}(\.\d{1,2})?$")]
ClashName = Literal[
    "cost", "workload", "goods", "access", "powers", "information", "rights", "other"
]
Cost = Annotated[str, Field(max_length=40, examples=["0", "1250.50"])]


class StakeWords(Input):
    """What is said; ``reason`` where it is said for another unit."""

    stake: Filled
    cost: Cost = "0"
    hours: Hours = "0"
    red_line: Words = ""
    wish: Words = ""
    reason: Words = ""


class StakeIn(StakeWords):
    """A new stake: in an incident (code), a measure of it (id), or an area (code); of a unit
    below, or the own."""

    unit: Code | None = None
    incident: Code | None = None
    measure: UUID | None = None
    area: Code | None = None


class StakeSaid(Output):
    """One version of what was said."""

    version: int
    stake: str
    cost: str
    hours: str
    currency: str
    red_line: str
    wish: str
    reason: str
    at: datetime
    confirmed_at: datetime | None

    @classmethod
    def said(cls, row: Said) -> Self:
        """From a version, or from what stands now."""
        return cls.model_construct(
            version=row.version, stake=row.stake, cost=row.money.plain(row.cost),
            hours=str(row.hours), currency=row.currency, red_line=row.red_line, wish=row.wish,
            reason=row.reason, at=row.at, confirmed_at=row.confirmed_at,
        )  # fmt: skip


class StakeOut(Output):
    """A stake as it stands."""

    number: int
    unit: UnitName
    incident: str | None
    measure: UUID | None
    area: str
    said: StakeSaid
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: Stake) -> Self:
        """From the model, with its relations joined."""
        return cls.model_construct(
            number=row.number, unit=UnitName.named(row.unit),
            incident=row.incident.code if row.incident else None, measure=row.measure_id,
            area=row.area.code, said=StakeSaid.said(row), withdrawn_at=row.withdrawn_at,
        )  # fmt: skip


class StakeWhole(Output):
    """A stake with what was said before."""

    stake: StakeOut
    versions: list[StakeSaid]


class ConflictIn(Input):
    """Two stakes by number, over what, how badly (1 to 3), and why both cannot be met."""

    one: int
    other: int
    clash: ClashName
    severity: Annotated[int, Field(ge=1, le=3)]
    why: Filled


class ConflictOut(Output):
    """A conflict; terms and amounts are null for whoever is neither near a side nor mediates."""

    number: int
    one: UnitName
    other: UnitName
    stakes: list[int]
    clash: str
    severity: int
    why: str
    state: str
    incident: str | None
    declared_at: datetime
    ended_at: datetime | None
    terms: str | None
    agreed: str | None
    decider: str | None

    @classmethod
    def of(cls, row: Conflict, *, near: bool) -> Self:
        """From the model, with its relations joined."""
        one, other = row.units
        return cls.model_construct(
            number=row.number, one=UnitName.named(one), other=UnitName.named(other),
            stakes=[row.one.number, row.other.number], clash=row.clash, severity=row.severity,
            why=row.why, state=row.state, incident=row.incident.code if row.incident else None,
            declared_at=row.declared_at, ended_at=row.ended_at,
            terms=row.terms if near else None,
            agreed=row.money.plain(row.agreed) if near else None,
            decider=row.decider.code if row.decider else None,
        )  # fmt: skip


class MediationOut(Output):
    """A mediation; what was said in it is null for those who are not near."""

    mediator: UnitName
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    failed: bool
    round: int
    terms: str | None
    agreed: list[str]
    refused: list[str]
    meetings: int

    @classmethod
    def of(cls, row: Mediation, *, near: bool) -> Self:
        """From the model; consents of the round that holds."""
        said = [one for one in row.consents.all() if one.round == row.round]
        return cls.model_construct(
            mediator=UnitName.named(row.mediator), opened_at=row.opened_at, due_at=row.due_at,
            closed_at=row.closed_at, failed=row.failed, round=row.round,
            terms=row.terms if near else None,
            agreed=[one.unit.code for one in said if one.agreed] if near else [],
            refused=[one.unit.code for one in said if not one.agreed] if near else [],
            meetings=len(row.meetings.all()),
        )  # fmt: skip


class CompensationOut(Output):
    """A compensation; ``spending``: the number of the request by which a fund pays it."""

    number: int
    payer: UnitName
    receiver: UnitName
    means: str
    amount: str
    what: str
    due_at: datetime
    state: str
    spending: int | None
    paid: str

    @classmethod
    def of(cls, row: Paid) -> Self:
        """From the query."""
        one = row.compensation
        return cls.model_construct(
            number=one.number, payer=UnitName.named(one.payer),
            receiver=UnitName.named(one.receiver), means=one.means,
            amount=one.conflict.money.plain(one.amount), what=one.what, due_at=one.due_at,
            state=one.state, spending=row.spending.number if row.spending else None,
            paid=row.spending.state if row.spending else "",
        )  # fmt: skip


class ConflictWhole(Output):
    """A conflict with its mediations and compensations."""

    conflict: ConflictOut
    mediations: list[MediationOut]
    compensations: list[CompensationOut]


class ConflictCell(Output):
    """Two units with living conflicts: how many, and the worst severity."""

    one: str
    other: str
    severity: int
    n: int


class ConflictMatrix(Output):
    """Who clashes with whom; ``settled`` of ``raised``, in the median so many days."""

    units: list[UnitName]
    cells: list[ConflictCell]
    raised: int
    living: int
    settled: int
    median_days: float | None


class MediationIn(Input):
    """Who mediates (code), until when (else seven days)."""

    mediator: Code
    due_at: Moment | None = None


class MediationMeetingIn(Input):
    """A meeting that was held."""

    held_at: Moment
    note: Filled


class TermsIn(Input):
    """Proposed terms; ``agreed``: the most that is promised as compensation."""

    outcome: Literal["settled", "partly"]
    terms: Filled
    agreed: Cost = "0"


class TermsAnswerIn(Input):
    """A side's answer to the terms of a round."""

    agreed: bool
    reason: Words = ""
    round: int | None = None


class MediationCloseIn(Input):
    """Closed with the terms, or failed with the reason."""

    failed: bool = False
    reason: Words = ""


class ConflictDecisionIn(Input):
    """What the line decides."""

    terms: Filled
    agreed: Cost = "0"


class InterestReasonIn(Input):
    """Why."""

    reason: Filled


class CompensationIn(Input):
    """What is promised to a side (code)."""

    receiver: Code
    means: Literal["money", "goods", "people", "other"]
    amount: Amount
    due_at: Moment
    what: Line = ""


class CompensationFundIn(Input):
    """Which fund (code) pays it."""

    fund: Code


class BurdenUnit(Output):
    """What one unit bore; hours by source, ``each`` null where its people are unknown."""

    unit: UnitName
    task_hours: float
    shift_hours: float
    form_hours: float
    cost: str
    compensation: str
    balance: float
    people: int | None
    each: float | None

    @classmethod
    def of(cls, row: BurdenRow) -> Self:
        """From the query."""
        plain = money.currency().plain
        return cls.model_construct(
            unit=UnitName.named(row.unit), task_hours=row.task_hours,
            shift_hours=row.shift_hours, form_hours=row.form_hours, cost=plain(row.cost),
            compensation=plain(row.compensation), balance=row.balance, people=row.people,
            each=row.each,
        )  # fmt: skip


class BurdenBalance(Output):
    """The balance of a span. ``gini`` with its 95 % interval is null while ``pending`` (ask
    again), or with fewer than three units whose people are known."""

    since: date
    until: date
    units: list[BurdenUnit]
    gini: float | None
    lower: float | None
    upper: float | None
    n: int
    missing: int
    pending: bool
    hour_price: str | None


class DependencyTie(Output):
    """One unit (code) needs another for this, so often."""

    needs: str
    of: str
    kind: str
    n: int


class FailurePoint(Output):
    """A unit without which the network falls into so many parts; ``cut`` pairs lose each
    other, ``share`` of all that could reach each other."""

    unit: str
    parts: int
    cut: int
    share: float


class OnlySupplier(Output):
    """A unit that alone gave another an item, so often."""

    supplier: str
    needs: str
    item: str
    n: int


class DependencyMap(Output):
    """The ties, whose loss breaks the network (null while it is worked out), and only
    suppliers."""

    ties: list[DependencyTie]
    points: list[FailurePoint] | None
    only_suppliers: list[OnlySupplier]


class StoppedWork(Output):
    """Something that stops, and who (codes) could take it over."""

    kind: str
    label: str
    instead: list[str]


class WithoutUnit(Output):
    """What stops without a unit; ``more`` is not listed."""

    unit: UnitName
    stops: list[StoppedWork]
    nobody_else: int
    more: int


class TensionPart(Output):
    """A component: null where it is missing; ``z`` null where too few can be compared."""

    indicator: str
    value: float | None
    year: int | None
    source: str
    z: float | None


class TensionOut(Output):
    """An area with its score (null with fewer than two components)."""

    area: str
    score: float | None
    parts: list[TensionPart]

    @classmethod
    def of(cls, row: TensionRow) -> Self:
        """From the query."""
        return cls.model_construct(
            area=row.area.code, score=row.score,
            parts=[
                TensionPart.model_construct(
                    indicator=one.indicator.value, value=one.value, year=one.year,
                    source=one.source, z=one.z,
                )
                for one in row.figures
            ],
        )  # fmt: skip


class FigureIn(Input):
    """A figure of an area (code) for a year, with its source."""

    area: Code
    indicator: Literal["density", "elderly", "staff", "supplier"]
    value: Annotated[str, Field(max_length=20, pattern=r"^\d{1,10}(\.\d{1,4})?$")]
    year: Annotated[int, Field(ge=1900, le=2200)]
    source: Annotated[Line, Field(min_length=1)]


class FiguresIn(Input):
    """Figures to record, all or none."""

    figures: Annotated[list[FigureIn], Field(min_length=1, max_length=1000)]
