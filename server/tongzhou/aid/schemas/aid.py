"""Packages, calls, offers, agreements, deployments and cost in the API. Amounts of money are text,
in whole units of the currency with its decimals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.aid.hosting import Day as LoadDay
from tongzhou.aid.models import (
    Agreement,
    AidOffer,
    AidRequest,
    Cost,
    Deployment,
    Package,
    PackageLine,
    Version,
)
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.api.values import Code, Day, Input, Line, Moment, Output

KindName = Literal[
    "testing", "tracing", "medical", "disinfection", "logistics", "supplies", "command", "other"
]
PartName = Literal["people", "goods", "equipment"]
PaymentName = Literal["asker", "gift"]
LiabilityName = Literal["asker", "offerer", "each"]
StageName = Literal[
    "asked", "offered", "agreed", "on_the_way", "here", "home", "to_pay", "over", "all"
]
Words = Annotated[str, Field(min_length=1, max_length=4_000)]
MayWords = Annotated[str, Field(max_length=4_000)]
Sum = Annotated[str, Field(max_length=40)]
Many = Annotated[int, Field(ge=1, le=1_000)]


class AidPackageLineIn(Input):
    """A line; ``item`` by its code or name, ``resource`` by the label of registered people of the
    own unit; without ``cost`` these count by their day."""

    part: PartName
    quantity: Annotated[Decimal, Field(gt=0, le=10**9, max_digits=12, decimal_places=3)]
    item: Annotated[str, Field(max_length=120)] = ""
    resource: Annotated[str, Field(max_length=80)] = ""
    what: Line = ""
    skill: Line = ""
    licence: Line = ""
    cost: Sum | None = None


class AidPackageIn(Input):
    """A package; the same code again is its next version."""

    code: Annotated[str, Field(min_length=1, max_length=60)]
    name_zh: Line
    name_en: Line = ""
    kind: KindName
    days: Annotated[int, Field(ge=1, le=366)]
    lines: Annotated[list[AidPackageLineIn], Field(min_length=1, max_length=60)]
    transport: Line = ""
    power: Line = ""
    other_needs: Line = ""
    reusable: bool = True
    since: Day | None = None
    until: Day | None = None


class AidPackageLineOut(Output):
    """A line of a package."""

    part: PartName
    title: str
    item: str | None
    skill: str
    licence: str
    quantity: str
    cost: str

    @classmethod
    def of(cls, line: PackageLine, package: Package) -> Self:
        """From the model, with its item joined."""
        return cls.model_construct(
            part=line.part, title=line.title, item=line.item.code if line.item else None,
            skill=line.skill, licence=line.licence, quantity=plain(line.quantity),
            cost=package.money.plain(line.cost),
        )  # fmt: skip


class AidPackageOut(Output):
    """A mission package."""

    code: str
    version: int
    unit: UnitName
    name: str
    kind: KindName
    days: int
    people: int
    transport: str
    power: str
    other_needs: str
    reusable: bool
    since: date
    until: date | None
    currency: str
    cost: str
    retired_at: datetime | None

    @classmethod
    def of(cls, found: Package) -> Self:
        """From the model, with its unit joined."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "code", "version", "name", "kind", "days", "people", "transport", "power",
                "other_needs", "reusable", "since", "until", "currency", "retired_at",
            )},
            unit=UnitName.named(found.unit),
            cost=found.money.plain(found.total),
        )  # fmt: skip


class AidPackageWhole(Output):
    """A package with its lines."""

    package: AidPackageOut
    lines: list[AidPackageLineOut]


class AidCallIn(Input):
    """A call for aid; ``asked``: the codes of units of other regions."""

    kind: KindName
    what: Annotated[str, Field(min_length=1, max_length=300)]
    count: Many
    asked: Annotated[list[Code], Field(min_length=1, max_length=40)]
    starts_on: Day
    ends_on: Day
    priority: Annotated[int, Field(ge=1, le=4)]
    reason: Words
    package: Code | None = None
    area: Code | None = None
    incident: Code | None = None


class AidAskedOut(Output):
    """A unit that was asked, and its answer."""

    unit: UnitName
    answer: Literal["waiting", "offered", "declined"]
    reason: str
    better: UnitName | None
    answered_at: datetime | None


class AidCallOut(Output):
    """A call, with how many are at which stage."""

    number: int
    unit: UnitName
    kind: KindName
    what: str
    count: int
    area: str
    incident: str | None
    starts_on: date
    ends_on: date
    priority: int
    asked_at: datetime
    due_at: datetime
    closed_at: datetime | None
    offered: int
    agreed: int
    on_the_way: int
    here: int
    gone: int

    @classmethod
    def of(cls, found: AidRequest) -> Self:
        """From ``queries.requests``, which counts the stages."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "kind", "what", "count", "starts_on", "ends_on", "priority", "asked_at",
                "due_at", "closed_at", "offered", "agreed", "on_the_way", "here", "gone",
            )},
            unit=UnitName.named(found.unit),
            area=found.area.code,
            incident=found.incident.code if found.incident else None,
        )  # fmt: skip


class AidOfferIn(Input):
    """An offer; without ``cost`` and ``people`` what the package says."""

    count: Many
    arrives_at: Moment
    ends_on: Day
    package: Code | None = None
    people: Annotated[int, Field(ge=0, le=10_000)] | None = None
    cost: Sum | None = None
    conditions: MayWords = ""


class AidOfferOut(Output):
    """An offer; cost and conditions are null where the post may not see the price yet."""

    number: int
    unit: UnitName
    package: str | None
    count: int
    people: int
    arrives_at: datetime
    ends_on: date
    cost: str | None
    currency: str
    conditions: str | None
    state: Literal["made", "taken", "declined", "withdrawn"]

    @classmethod
    def of(cls, found: AidOffer) -> Self:
        """From ``queries.requests.offers``."""
        shown = bool(getattr(found, "shown", False))
        return cls.model_construct(
            number=found.number, unit=UnitName.named(found.unit),
            package=found.package.code if found.package else None, count=found.count,
            people=found.people, arrives_at=found.arrives_at, ends_on=found.ends_on,
            cost=found.money.plain(found.cost) if shown else None, currency=found.currency,
            conditions=found.conditions if shown else None, state=found.state,
        )  # fmt: skip


class AidCallWhole(Output):
    """A call with those asked, its offers, and the numbers of the agreements that one may see."""

    call: AidCallOut
    reason: str
    asked: list[AidAskedOut]
    offers: list[AidOfferOut]
    agreements: list[int]


class AidDeclineIn(Input):
    """Why not, and who could."""

    reason: Words
    better: Code | None = None


class AidReasonIn(Input):
    """Why."""

    reason: Words


class AidProlongIn(Input):
    """Until when, and why."""

    ends_on: Day
    reason: Words


class AidTakeIn(Input):
    """How much of an offer is taken, and on what terms."""

    count: Many | None = None
    payment: PaymentName = "asker"
    liability: LiabilityName = "asker"
    conditions: MayWords = ""


class AidAmendIn(Input):
    """What changes; what is left out stays."""

    reason: Words
    count: Many | None = None
    cost: Sum | None = None
    arrives_at: Moment | None = None
    ends_on: Day | None = None
    payment: PaymentName | None = None
    liability: LiabilityName | None = None
    conditions: MayWords | None = None


class AidSignIn(Input):
    """The number of the version that was read."""

    version: Annotated[int, Field(ge=1, le=100_000)]


class AidVersionOut(Output):
    """A version of an agreement."""

    number: int
    count: int
    cost: str
    arrives_at: datetime
    ends_on: date
    payment: PaymentName
    liability: LiabilityName
    conditions: str
    clauses: list[str]
    reason: str
    drafted_at: datetime
    asker_signed_at: datetime | None
    offerer_signed_at: datetime | None
    dropped_at: datetime | None

    @classmethod
    def of(cls, found: Version, agreement: Agreement) -> Self:
        """From the model."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "count", "arrives_at", "ends_on", "payment", "liability", "conditions",
                "reason", "drafted_at", "asker_signed_at", "offerer_signed_at", "dropped_at",
            )},
            cost=agreement.money.plain(found.cost),
            clauses=found.clause_texts,
        )  # fmt: skip


class AidStayOut(Output):
    """Who left together."""

    id: UUID
    position: int
    sent: int
    arrived: int
    released: int
    home: int
    left_at: datetime
    due_at: datetime
    arrived_at: datetime | None
    released_at: datetime | None
    home_at: datetime | None
    early: bool
    place: str
    host_difference: str
    home_difference: str

    @classmethod
    def of(cls, found: Deployment) -> Self:
        """From the model."""
        return cls.model_construct(**{name: getattr(found, name) for name in cls.model_fields})


class AidCostLineIn(Input):
    """What and how much."""

    what: Annotated[str, Field(min_length=1, max_length=300)]
    amount: Sum


class AidCostIn(Input):
    """A claim of cost."""

    lines: Annotated[list[AidCostLineIn], Field(min_length=1, max_length=40)]


class AidPayIn(Input):
    """The fund that is asked to pay."""

    fund: Code
    purpose: Annotated[str, Field(max_length=20)] = "other"


class AidCostOut(Output):
    """A claim of cost; ``spending``: the number of the request for money that pays it."""

    number: int
    total: str
    paid: str
    state: Literal["claimed", "asked", "paid", "refused", "given"]
    reason: str
    spending: int | None
    claimed_at: datetime
    due_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, found: Cost) -> Self:
        """From the model, with its request for money joined."""
        return cls.model_construct(
            number=found.number, total=found.money.plain(found.total),
            paid=found.money.plain(found.paid), state=found.state, reason=found.reason,
            spending=found.spending.number if found.spending else None,
            claimed_at=found.claimed_at, due_at=found.due_at, settled_at=found.settled_at,
        )  # fmt: skip


class AidAgreementOut(Output):
    """An agreement with its versions, who was sent, and what it cost."""

    number: int
    call: int
    offer: int
    asker: UnitName
    offerer: UnitName
    state: Literal["draft", "force", "cancelled"]
    version: int
    count: int
    people: int
    cost: str
    currency: str
    sent: int
    claimed: str
    paid: str
    versions: list[AidVersionOut]
    stays: list[AidStayOut]
    costs: list[AidCostOut]

    @classmethod
    def of(
        cls, found: Agreement, versions: list[Version], stays: list[Deployment], costs: list[Cost]
    ) -> Self:
        """From ``queries.agreements``."""
        return cls.model_construct(
            number=found.number, call=found.request.number, offer=found.offer.number,
            asker=UnitName.named(found.asker), offerer=UnitName.named(found.offerer),
            state=found.state, version=found.version, count=found.count, people=found.people,
            cost=found.money.plain(found.cost), currency=found.currency, sent=found.sent,
            claimed=found.money.plain(found.claimed), paid=found.money.plain(found.paid),
            versions=[AidVersionOut.of(one, found) for one in versions],
            stays=[AidStayOut.of(one) for one in stays],
            costs=[AidCostOut.of(one) for one in costs],
        )  # fmt: skip


class AidSendIn(Input):
    """How many set off."""

    count: Many
    due_at: Moment | None = None
    note: MayWords = ""


class AidMovedIn(Input):
    """How many (left out: all), and what is not as it was."""

    count: Many | None = None
    difference: MayWords = ""


class AidArrivedIn(AidMovedIn):
    """Also where they lodge."""

    place: Line = ""


class AidHostingIn(Input):
    """From a day on so many can be lodged."""

    people: Annotated[int, Field(ge=0, le=1_000_000)]
    since: Day


class AidLoadOut(Output):
    """A day of a host: who is here or on the way, who else is agreed, room (null: not said)."""

    day: date
    here: int
    agreed: int
    room: int | None
    beyond: int

    @classmethod
    def of(cls, found: LoadDay) -> Self:
        """From ``queries.agreements.load``."""
        return cls.model_construct(
            day=found.day, here=found.here, agreed=found.agreed, room=found.room,
            beyond=found.beyond,
        )  # fmt: skip
