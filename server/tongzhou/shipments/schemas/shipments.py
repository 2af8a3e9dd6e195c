"""Shipments, their lines and differences."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.api.values import Code, Input, Moment, Output
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine

#: An amount in the item's base unit; as text or number, exact.
Amount = Annotated[Decimal, Field(ge=0, le=10**9, max_digits=16, decimal_places=3)]
#: The same in an answer: text, so that it stays exact.
Plain = str
Words = Annotated[str, Field(min_length=1, max_length=4_000)]
StateName = Literal[
    "planned", "picked", "loaded", "on_the_way", "arrived", "received", "returning", "returned",
    "lost", "cancelled",
]  # fmt: skip
ShowName = Literal[
    "all", "late", "send", "carry", "receive", "differ", "planned", "picked", "loaded",
    "on_the_way", "arrived", "received", "returning", "returned", "lost", "cancelled",
]  # fmt: skip
KindName = Literal["less", "more", "damaged", "lost"]
CauseName = Literal["lost", "spoilt", "not_loaded", "found", "loaded_more", "unknown_source"]


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


class ShipmentLineIn(Input):
    """So much of an item (its code, or any of its names); ``for_kind`` and ``for_id`` name what it
    is for."""

    item: Annotated[str, Field(min_length=1, max_length=120)]
    quantity: Amount
    for_kind: Annotated[str, Field(max_length=40)] = ""
    for_id: UUID | None = None


class ShipmentIn(Input):
    """A shipment: from a site (its code) to another, or to the unit that uses it."""

    from_site: Code
    lines: Annotated[list[ShipmentLineIn], Field(min_length=1, max_length=200)]
    due_at: Moment
    to_site: Code | None = None
    receiver: Code | None = None
    area: Code | None = None
    carrier: Code | None = None
    incident: Code | None = None
    vehicle: Annotated[str, Field(max_length=120)] = ""
    note: Annotated[str, Field(max_length=4_000)] = ""


class DifferenceOut(Output):
    """What did not come as it was loaded, and what became of it."""

    id: UUID
    kind: KindName
    quantity: Plain
    reason: str
    owner: UnitName
    found_at: datetime
    cause: str
    explanation: str
    explained_at: datetime | None

    @classmethod
    def of(cls, found: Difference) -> Self:
        """From the model, with its owner joined."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "id", "kind", "reason", "found_at", "cause", "explanation", "explained_at",
            )},
            quantity=plain(found.quantity),
            owner=UnitName.named(found.owner),
        )  # fmt: skip


class ShipmentLineOut(Output):
    """A line: four amounts in the item's base unit, null until that step was taken."""

    id: UUID
    position: int
    item: str
    batch: UUID
    batch_code: str
    expires_on: date | None
    planned: Plain
    picked: Plain | None
    loaded: Plain | None
    received: Plain | None
    damaged: Plain
    back: Plain | None
    for_kind: str
    for_id: UUID | None
    differences: list[DifferenceOut]

    @classmethod
    def of(cls, line: ShipmentLine) -> Self:
        """From the model, with item, batch and differences joined."""
        return cls.model_construct(
            id=line.id,
            position=line.position,
            planned=plain(line.planned),
            picked=_plain(line.picked),
            loaded=_plain(line.loaded),
            received=_plain(line.received),
            damaged=plain(line.damaged),
            back=_plain(line.back),
            for_kind=line.for_kind,
            for_id=line.for_id,
            item=line.item.code,
            batch=line.batch_id,
            batch_code=line.batch.code,
            expires_on=line.batch.expires_on,
            differences=[DifferenceOut.of(each) for each in line.differences.all()],
        )


class ShipmentOut(Output):
    """A shipment, without its lines."""

    id: UUID
    number: int
    state: StateName
    from_site: str
    to_site: str | None
    area: str
    giver: UnitName
    carrier: UnitName
    receiver: UnitName
    incident: str | None
    vehicle: str
    due_at: datetime
    planned_at: datetime
    picked_at: datetime | None
    loaded_at: datetime | None
    left_at: datetime | None
    arrived_at: datetime | None
    received_at: datetime | None
    turned_back_at: datetime | None
    taken_back_at: datetime | None
    lost_at: datetime | None
    cancelled_at: datetime | None

    @classmethod
    def of(cls, found: Shipment) -> Self:
        """From the model, with its units joined."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "id", "number", "state", "vehicle", "due_at", "planned_at", "picked_at",
                "loaded_at", "left_at", "arrived_at", "received_at", "turned_back_at",
                "taken_back_at", "lost_at", "cancelled_at",
            )},
            from_site=found.from_site.code,
            to_site=found.to_site.code if found.to_site else None,
            area=found.area.code,
            giver=UnitName.named(found.giver),
            carrier=UnitName.named(found.carrier),
            receiver=UnitName.named(found.receiver),
            incident=found.incident.code if found.incident else None,
        )  # fmt: skip


class ShipmentCard(Output):
    """A shipment with its lines."""

    shipment: ShipmentOut
    lines: list[ShipmentLineOut]
    note: str
    reason: str

    @classmethod
    def of(cls, found: Shipment, lines: list[ShipmentLine]) -> Self:
        """From the model and ``queries.shipments.lines``."""
        return cls.model_construct(
            shipment=ShipmentOut.of(found),
            lines=[ShipmentLineOut.of(line) for line in lines],
            note=found.note,
            reason=found.reason,
        )


class LineAmountIn(Input):
    """So much of a line."""

    line: UUID
    quantity: Amount


class ShipmentPickIn(Input):
    """The lines of which less was found than planned."""

    lines: Annotated[list[LineAmountIn], Field(max_length=1_000)] = []


class ShipmentLoadIn(ShipmentPickIn):
    """The lines of which less went on; carrier and vehicle where others came than planned."""

    carrier: Code | None = None
    vehicle: Annotated[str, Field(max_length=120)] | None = None


class ShipmentPositionIn(Input):
    """The code of the area where it is."""

    area: Code


class ShipmentCountedIn(Input):
    """What came of a line."""

    line: UUID
    good: Amount
    damaged: Amount = Decimal(0)
    reason: Annotated[str, Field(max_length=1_000)] = ""


class ShipmentCountIn(Input):
    """The lines that are not as loaded; the others came as they were."""

    lines: Annotated[list[ShipmentCountedIn], Field(max_length=1_000)] = []


class ShipmentReasonIn(Input):
    """Why."""

    reason: Words


class DifferenceExplainIn(Input):
    """What became of a difference."""

    cause: CauseName
    explanation: Words
