"""Money as the API shows and takes it. Amounts are text, such as "1250.50": no program rounds
them by the way."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.funds import money
from tongzhou.funds.forecast import Emptying, Forecast, PurposeGap, WeekOf
from tongzhou.funds.models import Claim, ClaimItem, Fund, Gift, Planned, Spending, Transfer
from tongzhou.funds.queries.cost import Cost, Costs, Row
from tongzhou.funds.queries.gifts import Cell, Followed, Overview, Use
from tongzhou.funds.queries.spending import payment_of
from tongzhou.funds.queries.statement import Line as StatementRow
from tongzhou.kernel.api.values import Code, Day, Input, Line, Output

#: An amount as it is written; what it means is checked with the currency.
Amount = Annotated[str, Field(min_length=1, max_length=40, examples=["1250.50"])]
MoneyText = Annotated[str, Field(min_length=1, max_length=4000)]
PurposeName = Literal[
    "supplies", "medical", "testing", "isolation", "transport", "community", "relief", "social",
    "information", "recovery", "other",
]  # fmt: skip
SourceName = Literal[
    "budget", "transfer", "donation", "in_kind", "insurance", "reimbursement", "own"
]
DonorName = Literal["person", "firm", "organisation", "authority"]
WorkName = Literal["task", "claim", "need", "commitment", "movement"]
Quantity = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^\d{1,10}(\.\d{1,3})?$")]
FundCode = Annotated[str, Field(max_length=60)]


def _plain(amount: int | None) -> str | None:
    return None if amount is None else money.currency().plain(amount)


class FundIn(Input):
    """A new fund of the own unit; ``purposes``, ``area`` and ``incident`` (codes) bind it."""

    code: Annotated[Code, Field(max_length=60)]
    name_zh: Annotated[Line, Field(min_length=1)]
    name_en: Line = ""
    source: SourceName
    starts_on: Day
    ends_on: Day | None = None
    purpose: Annotated[str, Field(max_length=4000)] = ""
    purposes: Annotated[list[PurposeName], Field(max_length=11)] = []
    area: Code | None = None
    incident: Code | None = None
    giver: Code | None = None
    overdraft: Amount | None = None
    open_to_area: bool = False
    takes_gifts: bool = False


class FundOut(Output):
    """A fund. What is in it is null for those who may not read its statement."""

    code: str
    name_zh: str
    name_en: str
    owner: UnitName
    source: SourceName
    currency: str
    purpose: str
    purposes: list[str]
    area: str | None
    incident: str | None
    starts_on: date
    ends_on: date | None
    open_to_area: bool
    takes_gifts: bool
    at_hand: str | None
    set_aside: str | None
    in_kind: str | None
    asked: str | None

    @classmethod
    def of(cls, fund: Fund, *, sees: bool) -> Self:
        """From the query, with what is in it."""
        plain = fund.money.plain

        def shown(name: str) -> str | None:
            return plain(getattr(fund, name)) if sees else None

        return cls.model_construct(
            **{name: getattr(fund, name) for name in (
                "code", "name_zh", "name_en", "source", "currency", "purpose", "purposes",
                "starts_on", "ends_on", "open_to_area", "takes_gifts",
            )},
            owner=UnitName.named(fund.owner),
            area=fund.area.code if fund.area else None,
            incident=fund.incident.code if fund.incident else None,
            at_hand=shown("free"), set_aside=shown("held"), in_kind=shown("goods"),
            asked=shown("asked"),
        )  # fmt: skip


class MoneyIn(Input):
    """Money that came in; ``reference``: where it is written."""

    amount: Amount
    reference: Annotated[Line, Field(min_length=1)]
    giver: Code | None = None


class StatementLine(Output):
    """A posting, with what there is after it."""

    id: UUID
    kind: str
    at: datetime
    about: str
    reference: str
    party: str
    amount: str
    set_aside: str
    in_kind: str
    balance: str
    balance_set_aside: str
    balance_in_kind: str

    @classmethod
    def of(cls, line: StatementRow) -> Self:
        """From the query."""
        plain = money.currency().plain
        return cls.model_construct(
            **{name: getattr(line, name) for name in (
                "id", "kind", "at", "about", "reference", "party",
            )},
            amount=plain(line.moved), set_aside=plain(line.held), in_kind=plain(line.goods),
            balance=plain(line.balance), balance_set_aside=plain(line.aside),
            balance_in_kind=plain(line.stored),
        )  # fmt: skip


class SpendingIn(Input):
    """A request for money from a fund; ``payee`` a unit (else the own), ``for_kind`` and
    ``for_id`` what it is for."""

    fund: Code
    title: Annotated[Line, Field(min_length=1)]
    purpose: PurposeName
    amount: Amount
    payee: Code | None = None
    area: Code | None = None
    incident: Code | None = None
    for_kind: WorkName | None = None
    for_id: UUID | None = None
    for_label: Line = ""
    needed_on: Day | None = None


class SpendingOut(Output):
    """A request for money; ``receipt_at`` null: no receipt yet."""

    number: int
    title: str
    fund: str
    asker: UnitName
    payee: UnitName
    purpose: PurposeName
    state: str
    amount: str
    approved: str | None
    paid: str | None
    returned: str | None
    for_kind: str
    for_id: UUID | None
    for_label: str
    needed_on: date
    reason: str
    asked_at: datetime
    due_at: datetime
    decided_at: datetime | None
    paid_at: datetime | None
    receipt_due_at: datetime | None
    receipt_at: datetime | None

    @classmethod
    def of(cls, found: Spending) -> Self:
        """From the query, with fund, units and payment joined."""
        payment = payment_of(found)
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "title", "purpose", "state", "for_kind", "for_id", "for_label",
                "needed_on", "reason", "asked_at", "due_at", "decided_at",
            )},
            fund=found.fund.code,
            asker=UnitName.named(found.asker),
            payee=UnitName.named(found.payee),
            amount=_plain(found.amount),
            approved=_plain(found.approved),
            paid=_plain(payment.amount) if payment else None,
            returned=_plain(payment.returned) if payment else None,
            paid_at=payment.at if payment else None,
            receipt_due_at=payment.receipt_due_at if payment else None,
            receipt_at=payment.receipt_at if payment else None,
        )  # fmt: skip


class MoneyAmountIn(Input):
    """How much; left out: all of it."""

    amount: Amount | None = None


class PayIn(MoneyAmountIn):
    """What is paid."""

    reference: Line = ""


class MoneyReasonIn(Input):
    """Why."""

    reason: MoneyText


class RepayIn(Input):
    """What came back."""

    amount: Amount
    reason: MoneyText


class TransferIn(Input):
    """Money for another fund."""

    source: Code
    target: Code
    amount: Amount
    why: MoneyText


class TransferOut(Output):
    """A transfer."""

    number: int
    source: str
    target: str
    amount: str
    why: str
    state: str
    reason: str
    asker: UnitName
    asked_at: datetime
    due_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, found: Transfer) -> Self:
        """From the query."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "why", "state", "reason", "asked_at", "due_at", "decided_at",
            )},
            source=found.source.code, target=found.target.code, amount=_plain(found.amount),
            asker=UnitName.named(found.asker),
        )  # fmt: skip


class PromiseIn(Input):
    """A gift that is promised: an amount, or ``thing`` and ``quantity``; ``own``: the unit of
    the post gives under its own name."""

    fund: Code
    donor_kind: DonorName
    amount: Amount | None = None
    thing: Line = ""
    quantity: Quantity | None = None
    measure: Annotated[str, Field(max_length=40)] = ""
    item: UUID | None = None
    expected_on: Day | None = None
    own: bool = False


class GiftReceiveIn(Input):
    """What came; of goods the value, and how it was found."""

    amount: Amount
    valued_by: Line = ""
    quantity: Quantity | None = None
    reference: Line = ""


class GiftUseIn(Input):
    """Goods that are handed out to a unit."""

    receiver: Code
    what: Annotated[Line, Field(min_length=1)]
    amount: Amount


class GiftUseOut(Output):
    """What a part of a gift became."""

    at: datetime
    amount: str
    returned: str
    purpose: str
    what: str
    receiver: str
    receipt: bool | None

    @classmethod
    def of(cls, use: Use) -> Self:
        """From the query."""
        return cls.model_construct(
            **{name: getattr(use, name) for name in (
                "at", "purpose", "what", "receiver", "receipt",
            )},
            amount=_plain(use.amount), returned=_plain(use.returned),
        )  # fmt: skip


class GiftFollowed(Output):
    """A gift as its donor sees it."""

    fund: str
    state: str
    in_kind: bool
    thing: str
    amount: str
    used: str
    left: str
    valued_by: str
    uses: list[GiftUseOut]

    @classmethod
    def followed(cls, found: Followed) -> Self:
        """From the query."""
        gift = found.gift
        return cls.model_construct(
            fund=gift.fund.code, state=gift.state, in_kind=gift.in_kind, thing=gift.thing,
            amount=_plain(gift.amount), used=_plain(found.used), left=_plain(found.left),
            valued_by=gift.valued_by, uses=[GiftUseOut.of(use) for use in found.uses],
        )  # fmt: skip


class GiftOut(Output):
    """A gift, for whoever keeps its fund."""

    number: int
    fund: str
    donor_kind: DonorName
    donor: UnitName | None
    state: str
    in_kind: bool
    thing: str
    promised: str | None
    amount: str
    used: str
    expected_on: date | None
    received_at: datetime | None

    @classmethod
    def of(cls, gift: Gift) -> Self:
        """From the model, with fund and donor joined."""
        return cls.model_construct(
            **{name: getattr(gift, name) for name in (
                "number", "donor_kind", "state", "in_kind", "thing", "expected_on", "received_at",
            )},
            fund=gift.fund.code, donor=UnitName.named(gift.donor) if gift.donor else None,
            promised=_plain(gift.promised), amount=_plain(gift.amount), used=_plain(gift.used),
        )  # fmt: skip


class PromisedOut(Output):
    """A promise: its number, and the code by which the donor follows it."""

    number: int
    code: str


class GiftSum(Output):
    """A sum of gifts; null where it would tell who gave."""

    label: str
    gifts: int
    amount: str | None

    @classmethod
    def of(cls, cell: Cell) -> Self:
        """From the query."""
        return cls.model_construct(label=cell.label, gifts=cell.donors, amount=_plain(cell.amount))


class GiftsOut(Output):
    """What was given in all."""

    money: GiftSum
    goods: GiftSum
    by_donor: list[GiftSum]
    by_purpose: list[GiftSum]

    @classmethod
    def of(cls, found: Overview) -> Self:
        """From the query."""
        return cls.model_construct(
            money=GiftSum.of(found.money), goods=GiftSum.of(found.goods),
            by_donor=[GiftSum.of(cell) for cell in found.by_donor],
            by_purpose=[GiftSum.of(cell) for cell in found.by_purpose],
        )  # fmt: skip


class ClaimLineIn(Input):
    """So much of an item of the template."""

    item: Code
    quantity: Quantity


class ClaimIn(Input):
    """A claim of the own unit on ``answerer``, a unit."""

    answerer: Code
    since: Day
    until: Day
    what: MoneyText
    lines: Annotated[list[ClaimLineIn], Field(min_length=1, max_length=40)]
    purpose: PurposeName = "community"
    incident: Code | None = None
    task: Annotated[str, Field(max_length=20)] = ""


class ClaimItemOut(Output):
    """A line of a claim."""

    code: str
    title: str
    measure: str
    quantity: str
    rate: str
    amount: str
    accepted: str | None

    @classmethod
    def of(cls, item: ClaimItem) -> Self:
        """From the model."""
        return cls.model_construct(
            code=item.code, title=item.title, measure=item.measure,
            quantity=item.quantity_text, rate=_plain(item.rate), amount=_plain(item.amount),
            accepted=_plain(item.accepted),
        )  # fmt: skip


class ClaimOut(Output):
    """A claim of cost."""

    number: int
    unit: UnitName
    answerer: UnitName
    since: date
    until: date
    what: str
    purpose: PurposeName
    state: str
    total: str
    accepted: str | None
    reason: str
    made_at: datetime
    due_at: datetime
    answered_at: datetime | None
    paid_at: datetime | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """From the model, with its units joined."""
        return cls.model_construct(
            **{name: getattr(claim, name) for name in (
                "number", "since", "until", "what", "purpose", "state", "reason", "made_at",
                "due_at", "answered_at", "paid_at",
            )},
            unit=UnitName.named(claim.unit), answerer=UnitName.named(claim.answerer),
            total=_plain(claim.total), accepted=_plain(claim.accepted),
        )  # fmt: skip


class ClaimWhole(Output):
    """A claim with its lines."""

    claim: ClaimOut
    items: list[ClaimItemOut]


class ClaimAnswerIn(Input):
    """How much of each item is accepted (left out: all of it); less needs a reason."""

    accepted: Annotated[dict[Code, Amount], Field(max_length=40)] = {}
    reason: Annotated[str, Field(max_length=4000)] = ""


class PlannedIn(Input):
    """Spending that is expected."""

    purpose: PurposeName
    since: Day
    until: Day
    amount: Amount
    note: Line = ""
    incident: Code | None = None


class PlannedOut(Output):
    """Spending that is expected."""

    id: UUID
    unit: UnitName
    purpose: PurposeName
    since: date
    until: date
    amount: str
    note: str

    @classmethod
    def of(cls, row: Planned) -> Self:
        """From the model, with its unit joined."""
        return cls.model_construct(
            id=row.id, unit=UnitName.named(row.unit), purpose=row.purpose, since=row.since,
            until=row.until, amount=_plain(row.amount), note=row.note,
        )  # fmt: skip


class GapWeek(Output):
    """A purpose in a week."""

    monday: date
    planned: str
    extrapolated: str
    covered: str
    gap: str

    @classmethod
    def of(cls, week: WeekOf) -> Self:
        """From the forecast."""
        return cls.model_construct(
            monday=week.monday, planned=_plain(week.planned),
            extrapolated=_plain(week.extrapolated), covered=_plain(week.covered),
            gap=_plain(week.gap),
        )  # fmt: skip


class GapPurpose(Output):
    """A purpose: what lacks, and between what where a part is extrapolated."""

    purpose: PurposeName
    gap: str
    low: str | None
    high: str | None
    weeks_of_history: int
    weeks: list[GapWeek]

    @classmethod
    def of(cls, row: PurposeGap) -> Self:
        """From the forecast."""
        return cls.model_construct(
            purpose=row.purpose, gap=_plain(row.gap), low=_plain(row.low), high=_plain(row.high),
            weeks_of_history=row.rate.weeks if row.rate else 0,
            weeks=[GapWeek.of(week) for week in row.weeks],
        )  # fmt: skip


class FundDays(Output):
    """The days until a fund is empty; null where nobody knows."""

    fund: str
    there: str
    days: float | None
    low: float | None
    high: float | None
    weeks_of_history: int

    @classmethod
    def of(cls, row: Emptying) -> Self:
        """From the forecast."""
        return cls.model_construct(
            fund=row.code, there=_plain(row.there), days=row.days, low=row.low, high=row.high,
            weeks_of_history=row.weeks,
        )  # fmt: skip


class GapOut(Output):
    """Planned against there; ``formula`` says how."""

    there: str
    promised: str
    gap: str
    purposes: list[GapPurpose]
    funds: list[FundDays]
    formula: str

    @classmethod
    def of(cls, found: Forecast) -> Self:
        """From the forecast."""
        return cls.model_construct(
            there=_plain(found.there), promised=_plain(found.promised), gap=_plain(found.gap),
            purposes=[GapPurpose.of(row) for row in found.purposes],
            funds=[FundDays.of(row) for row in found.funds],
            formula="gap = planned + m*mean - covered; 95 %: m*mean +- t*s*sqrt(m + m^2/k); "
            "days = 7*there/mean, mean +- t*s/sqrt(k)",
        )  # fmt: skip


class CostOut(Output):
    """Cases of a kind in a span; means are null where there are fewer than three."""

    n: int
    hours: float | None
    no_hours: int
    money: str
    money_each: str | None
    paid: int

    @classmethod
    def of(cls, found: Cost) -> Self:
        """From the query."""
        return cls.model_construct(
            n=found.n, hours=found.shown_hours, no_hours=found.no_hours,
            money=_plain(found.money), money_each=_plain(found.each), paid=found.paid,
        )  # fmt: skip


class CostRow(Output):
    """A kind of case, before and after."""

    form: str
    work: str
    before: CostOut
    after: CostOut

    @classmethod
    def of(cls, row: Row) -> Self:
        """From the query."""
        return cls.model_construct(
            form=row.form, work=row.work, before=CostOut.of(row.before),
            after=CostOut.of(row.after),
        )  # fmt: skip


class CostsOut(Output):
    """Cost per closed case by kind."""

    before: date
    after: date
    rows: list[CostRow]

    @classmethod
    def of(cls, found: Costs) -> Self:
        """From the query."""
        return cls.model_construct(
            before=found.before, after=found.after, rows=[CostRow.of(row) for row in found.rows]
        )
