"""Bodies and answers of the API: needs, offers, hospitals. Names of messages follow EDXL-RM, words
for hospitals EDXL-HAVE."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.api.values import Code, Day, Input, Line, Moment, Output, Text
from tongzhou.needs.models import Commitment, HospitalStatus, Need, NeedLine, Offer
from tongzhou.needs.queries.hospitals import Standing
from tongzhou.needs.queries.matching import Match
from tongzhou.needs.queries.reading import Proposal

Amount = Annotated[str, Field(max_length=40)]
Reason = Annotated[str, Field(max_length=500)]
Count = Annotated[int, Field(ge=0, le=20_000)]
SupplyWord = Literal["adequate", "short", "out"]


class NeedLineIn(Input):
    """One thing: any name of the catalogue; no quantity: needed, the amount is not known."""

    item: Line
    quantity: Amount | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    minimum: Amount | None = None
    maximum: Amount | None = None
    note: Line = ""


class AmountIn(Input):
    """Another amount of a line; no quantity: the amount is not known."""

    quantity: Amount | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    minimum: Amount | None = None
    maximum: Amount | None = None


class NeedIn(Input):
    """A need (RequestResource)."""

    lines: Annotated[list[NeedLineIn], Field(max_length=100)]
    unit: Code | None = None
    area: Code | None = None
    place: Annotated[str, Field(max_length=200)] = ""
    needed_by: Moment | None = None
    priority: Literal[1, 2, 3, 4] = 3
    reason: Reason = ""
    note: Annotated[str, Field(max_length=5000)] = ""
    incident: Code | None = None


class NeedReasonIn(Input):
    """Why."""

    reason: Reason


class NeedChangeIn(Input):
    """What changes, and ``why``: amounts of lines by their ids (an item named there is the one
    that it has), ``more`` lines, lines to ``drop``. What is left out stays as it is."""

    why: Reason
    amounts: dict[UUID, AmountIn] = {}
    more: Annotated[list[NeedLineIn], Field(max_length=100)] = []
    drop: Annotated[list[UUID], Field(max_length=100)] = []
    needed_by: Moment | None = None
    priority: Literal[1, 2, 3, 4] | None = None
    reason: Reason | None = None


class NeedMergeIn(Input):
    """The number of the need that stays."""

    into: Annotated[int, Field(ge=1, lt=2**62)]


class CallIn(Input):
    """A call for help as it was written."""

    text: Text


class CommitIn(Input):
    """How much is given (CommitResource): out of the line of an offer, out of the store of a
    ``site`` (kept there at once), or by the word of ``giver``, your own unit unless named."""

    quantity: Amount
    unit: Annotated[str, Field(max_length=40)] = ""
    giver: Code | None = None
    offer_line: UUID | None = None
    site: Code | None = None
    item: Line | None = None
    due_at: Moment | None = None
    note: Annotated[str, Field(max_length=300)] = ""
    over_reason: Annotated[str, Field(max_length=300)] = ""


class ReceivedIn(Input):
    """How much came; left out: all that was promised."""

    quantity: Amount | None = None
    difference_reason: Annotated[str, Field(max_length=300)] = ""


class OfferedIn(Input):
    """One thing that is offered."""

    item: Line
    quantity: Amount | None = None
    unit: Annotated[str, Field(max_length=40)] = ""
    expires_on: Day | None = None


class OfferIn(Input):
    """An offer (OfferUnsolicitedResource where nobody asked for it)."""

    lines: Annotated[list[OfferedIn], Field(max_length=50)]
    area: Code | None = None
    place: Annotated[str, Field(max_length=200)] = ""
    until_at: Moment | None = None
    conditions: Annotated[str, Field(max_length=5000)] = ""


class OfferAnswerIn(Input):
    """Accept or decline; ``items``: line → what its words mean."""

    accepted: bool
    reason: Reason = ""
    items: dict[UUID, Line] = {}


class StatusIn(Input):
    """The ten figures; what is left out is not said."""

    beds: Count | None = None
    beds_free: Count | None = None
    isolation_free: Count | None = None
    icu_free: Count | None = None
    ventilators_free: Count | None = None
    dialysis_free: Count | None = None
    staff: SupplyWord | None = None
    drugs: SupplyWord | None = None
    oxygen: SupplyWord | None = None
    emergency: Literal["normal", "advisory", "closed"] | None = None
    as_of: Moment | None = None
    source: Annotated[str, Field(max_length=200)] = ""


def said(value: Decimal | None) -> str | None:
    """An amount as text, exact."""
    return None if value is None else plain(value)


class NeedLineOut(Output):
    """A line of the board. State, unmet amount and urgency are worked out, never written."""

    id: UUID
    need: int
    item: str
    unit: str
    holder: str
    area_path: str
    asked: str | None
    minimum: str | None
    maximum: str | None
    committed: str
    on_way: str
    received: str
    unmet: str | None
    state: str
    priority: int
    needed_by: datetime | None

    @classmethod
    def of(cls, line: NeedLine) -> "NeedLineOut":
        """From a line with its need, unit, item and holder."""
        return cls.model_construct(
            id=line.id, need=line.need.number, item=line.item.code, unit=line.unit.code,
            holder=line.holder.code, area_path=line.area_path, asked=said(line.asked),
            minimum=said(line.minimum), maximum=said(line.maximum), committed=plain(line.committed),
            on_way=plain(line.on_way), received=plain(line.received), unmet=said(line.unmet),
            state=str(line.state), priority=line.priority, needed_by=line.needed_by,
        )  # fmt: skip


class NeedOut(Output):
    """A need with its lines."""

    number: int
    unit: str
    area: str
    holder: str
    state: str
    priority: int
    needed_by: datetime | None
    stated_at: datetime
    lines: list[NeedLineOut]

    @classmethod
    def of(cls, need: Need, lines: list[NeedLine], state: str) -> "NeedOut":
        """From a need and its lines."""
        return cls.model_construct(
            number=need.number, unit=need.unit.code, area=need.area.code, holder=need.holder.code,
            state=state, priority=need.priority, needed_by=need.needed_by,
            stated_at=need.stated_at, lines=[NeedLineOut.of(line) for line in lines],
        )  # fmt: skip


class CommitmentOut(Output):
    """A commitment."""

    id: UUID
    line: UUID
    giver: str | None
    source: str
    quantity: str
    received: str | None
    due_at: datetime | None

    @classmethod
    def of(cls, one: Commitment) -> "CommitmentOut":
        """From a commitment with its unit."""
        return cls.model_construct(
            id=one.id, line=one.line_id, giver=one.unit.code if one.unit else None,
            source=str(one.source), quantity=plain(one.quantity), received=said(one.received),
            due_at=one.due_at,
        )  # fmt: skip


class MatchOut(Output):
    """What could meet a line: ``kind`` says whether ``id`` is a line of an offer, a site or a
    resource; ``steps``: how far up the tree of areas both places lie in one."""

    kind: Literal["offer", "stock", "people"]
    id: UUID
    reference: str
    label: str
    unit: str | None
    area: str
    item: str
    condition: str
    left: str | None
    enough: bool
    steps: int
    within: str
    expires_on: date | None
    skills: list[str]

    @classmethod
    def of(cls, one: Match) -> "MatchOut":
        """From a match."""
        return cls.model_construct(
            kind=one.kind, id=one.id, reference=one.reference, label=one.label,
            unit=one.unit.code if one.unit else None, area=one.area.code, item=one.item.code,
            condition=one.condition, left=said(one.left), enough=one.enough, steps=one.steps,
            within=one.within, expires_on=one.expires_on, skills=list(one.skills),
        )  # fmt: skip


class OfferLineOut(Output):
    """A line of an offer."""

    id: UUID
    item: str | None
    words: str
    quantity: str | None
    promised: str
    expires_on: date | None


class OfferOut(Output):
    """An offer; never how to reach its donor."""

    number: int
    unit: str | None
    area: str
    answer: str
    unsolicited: bool
    until_at: datetime | None
    lines: list[OfferLineOut]

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        """From an offer with its lines."""
        lines = [
            OfferLineOut.model_construct(
                id=line.id, item=line.item.code if line.item else None, words=line.words,
                quantity=said(line.quantity), promised=plain(line.promised),
                expires_on=line.expires_on,
            )
            for line in offer.lines.all()
        ]  # fmt: skip
        return cls.model_construct(
            number=offer.number, unit=offer.unit.code if offer.unit else None,
            area=offer.area.code, answer=str(offer.answer), unsolicited=offer.unsolicited,
            until_at=offer.until_at, lines=lines,
        )  # fmt: skip


class ReadLineOut(Output):
    """A line that was read out of a call; nothing is asked for by it."""

    item: str | None
    name: str
    words: str
    start: int
    end: int
    quantity: str | None
    most: str | None
    unit: str
    sure: float
    doubts: list[str]

    @classmethod
    def of(cls, one: Proposal) -> "ReadLineOut":
        """From a proposal."""
        mention = one.mention
        return cls.model_construct(
            item=one.item.code if one.item else None, name=mention.name, words=mention.said,
            start=mention.start, end=mention.end, quantity=said(mention.quantity),
            most=said(mention.most), unit=mention.unit, sure=mention.sure,
            doubts=list(mention.doubts),
        )  # fmt: skip


class StandingOut(Output):
    """How a hospital stands; null is "not said"."""

    unit: str
    as_of: datetime | None
    old: bool
    beds: int | None = None
    beds_free: int | None = None
    isolation_free: int | None = None
    icu_free: int | None = None
    ventilators_free: int | None = None
    dialysis_free: int | None = None
    staff: str = ""
    drugs: str = ""
    oxygen: str = ""
    emergency: str = ""

    @classmethod
    def of(cls, unit: str, status: HospitalStatus | None, *, old: bool) -> "StandingOut":
        """From what it last said."""
        if status is None:
            return cls(unit=unit, as_of=None, old=False)
        return cls.model_construct(
            unit=unit, as_of=status.as_of, old=old, beds=status.beds, beds_free=status.beds_free,
            isolation_free=status.isolation_free, icu_free=status.icu_free,
            ventilators_free=status.ventilators_free, dialysis_free=status.dialysis_free,
            staff=str(status.staff), drugs=str(status.drugs), oxygen=str(status.oxygen),
            emergency=str(status.emergency),
        )  # fmt: skip

    @classmethod
    def standing(cls, one: Standing) -> "StandingOut":
        """From a line of the list."""
        return cls.of(one.unit.code, one.status, old=one.old)
