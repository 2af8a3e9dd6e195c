"""What the API takes and gives about items and resources. Amounts are decimal text."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from tongzhou.catalogue.models import Equivalent, Item, Pack, Resource
from tongzhou.catalogue.quantities import plain
from tongzhou.catalogue.queries.listing import Card
from tongzhou.kernel.api.values import Code, Day, Input, Line, Moment, Output

#: An amount as people or programs write it; read exactly, refused by name.
Amount = Annotated[str, Field(min_length=1, max_length=40, description="A decimal number as text.")]
ItemKindName = Literal["supply", "equipment", "medicine", "person", "team"]
MeasureName = Literal[
    "piece", "pair", "set", "bottle", "roll", "cylinder", "test", "dose", "parcel", "litre",
    "cubic_metre", "kg", "bed", "room", "vehicle", "person", "team", "person_hour",
]  # fmt: skip
CategoryName = Literal[
    "respiratory", "body", "eyes", "hands", "feet", "disinfection", "testing", "care", "oxygen",
    "medicines", "household", "shelter", "transport", "burial", "people", "other",
]  # fmt: skip


class ItemOut(Output):
    """An item."""

    code: str
    name_zh: str
    name_en: str
    kind: ItemKindName
    category: CategoryName
    measure: MeasureName
    decimals: int
    shelf_life_days: int | None
    cold_chain: bool
    spec_zh: str
    spec_en: str
    retired: bool

    @classmethod
    def of(cls, item: Item) -> "ItemOut":
        """The item as the API shows it."""
        return cls.model_construct(**_plain(item))


class PackOut(Output):
    """How much one pack holds."""

    name_zh: str
    name_en: str
    quantity: str

    @classmethod
    def of(cls, pack: Pack) -> "PackOut":
        """The pack as the API shows it."""
        return cls(name_zh=pack.name_zh, name_en=pack.name_en, quantity=plain(pack.quantity))


class StandInOut(Output):
    """What may be given instead, on the condition stated; this way round only."""

    item: str
    condition_zh: str
    condition_en: str
    ratio: str

    @classmethod
    def of(cls, row: Equivalent) -> "StandInOut":
        """The relation as the API shows it."""
        return cls(
            item=row.other.code, condition_zh=row.condition_zh, condition_en=row.condition_en,
            ratio=plain(row.ratio),
        )  # fmt: skip


class KitPartOut(Output):
    """So much of an item in one kit."""

    item: str
    quantity: str


class ItemCardOut(ItemOut):
    """An item with everything that belongs to it."""

    names: list[str]
    packs: list[PackOut]
    stand_ins: list[StandInOut]
    parts: list[KitPartOut]

    @classmethod
    def card(cls, card: Card) -> "ItemCardOut":
        """The card as the API shows it."""
        return cls.model_construct(
            **_plain(card.item),
            names=card.names,
            packs=[PackOut.of(pack) for pack in card.packs],
            stand_ins=[StandInOut.of(row) for row in card.stand_ins],
            parts=[
                KitPartOut(item=row.part.code, quantity=plain(row.quantity)) for row in card.parts
            ],
        )


def _plain(item: Item) -> dict[str, Any]:
    names = (
        "code", "name_zh", "name_en", "kind", "category", "measure", "decimals",
        "shelf_life_days", "cold_chain", "spec_zh", "spec_en",
    )  # fmt: skip
    return {name: getattr(item, name) for name in names} | {"retired": not item.is_open}


class FoundOut(Output):
    """The item that is called so, or those that may be meant."""

    item: ItemOut | None
    candidates: list[ItemOut]


class PackIn(Input):
    """A pack of a new item."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    quantity: Amount


class ItemIn(Input):
    """A new item."""

    code: Code
    name_zh: Annotated[str, Field(max_length=120)] = ""
    name_en: Annotated[str, Field(max_length=120)] = ""
    kind: ItemKindName = "supply"
    category: CategoryName = "other"
    measure: MeasureName = "piece"
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    shelf_life_days: Annotated[int, Field(ge=1, le=20_000)] | None = None
    cold_chain: bool = False
    spec_zh: Annotated[str, Field(max_length=400)] = ""
    spec_en: Annotated[str, Field(max_length=400)] = ""
    names: Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=60)] = []
    packs: Annotated[list[PackIn], Field(max_length=20)] = []


class NamesIn(Input):
    """Other names of an item."""

    names: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=120)]],
        Field(min_length=1, max_length=60),
    ]


class ItemReason(Input):
    """Why."""

    reason: Line


class StandInIn(Input):
    """What may be given instead, and on what condition."""

    item: Code
    condition_zh: Annotated[str, Field(max_length=400)] = ""
    condition_en: Annotated[str, Field(max_length=400)] = ""
    ratio: Amount = "1"


class LaidOut(Output):
    """What taking in the catalogues of the library made."""

    items: int
    names: int
    taken: list[str]


class ResourceIn(Input):
    """People or a team that others may ask for; no names of persons."""

    item: Line
    unit: Code
    label: Annotated[str, Field(min_length=1, max_length=80)]
    people: Annotated[int, Field(ge=1, le=100_000)] = 1
    area: Code | None = None
    skills: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=20)] = []
    licence: Annotated[str, Field(max_length=120)] = ""
    licence_until: Day | None = None
    travel_km: Annotated[int, Field(ge=0, le=20_000)] | None = None
    cost_per_day: Amount | None = None
    currency: Annotated[str, Field(max_length=3)] = ""


class ResourceOut(Output):
    """People or a team."""

    id: UUID
    item: str
    unit: str
    area: str
    label: str
    people: int
    skills: list[str]
    licence: str
    licence_until: Day | None
    travel_km: int | None
    cost_per_day: str | None
    currency: str
    registered_at: Moment
    ended: bool

    @classmethod
    def of(cls, row: Resource) -> "ResourceOut":
        """The resource as the API shows it."""
        cost: Decimal | None = row.cost_per_day
        return cls.model_construct(
            id=row.id, item=row.item.code, unit=row.unit.code, area=row.area.code,
            label=row.label, people=row.people, skills=row.skills, licence=row.licence,
            licence_until=row.licence_until, travel_km=row.travel_km,
            cost_per_day=plain(cost) if cost is not None else None, currency=row.currency,
            registered_at=row.registered_at, ended=row.ended_at is not None,
        )  # fmt: skip
