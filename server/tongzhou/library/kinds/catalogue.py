"""Items that can be needed, held and sent: names, measures, packs, standards, kits, and what
can stand for what."""

from decimal import Decimal
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from tongzhou.library.kinds.base import Body, Text, kind, said, unfit

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Amount = Annotated[Decimal, Field(gt=0, le=10**9, max_digits=16, decimal_places=3)]


class PackLine(Body):
    """A pack: its name and how many of the item's measure it holds."""

    name: Text = said("Pack", "包装")
    quantity: Amount = said("Holds", "内含数量")


class StandIn(Body):
    """Another item that may be given instead, for what use and why. It holds one way only."""

    item: Code = said("Item", "物资")
    condition: Text = said("Condition", "适用条件")
    ratio: Amount = said("So many for one", "折算比例", default=Decimal(1))


class KitPart(Body):
    """What a kit holds."""

    item: Code = said("Item", "物资")
    quantity: Amount = said("Quantity", "数量")


class ItemLine(Body):
    """One item."""

    code: Code = said("Code", "代码")
    name: Text = said("Name", "名称")
    names: list[Name] = said("Other names", "别名", default=[], max_length=60)
    kind: Literal["supply", "equipment", "medicine", "person", "team"] = said(
        "Kind", "类型", default="supply"
    )
    category: Literal[
        "respiratory", "body", "eyes", "hands", "feet", "disinfection", "testing", "care",
        "oxygen", "medicines", "household", "shelter", "transport", "burial", "people", "other",
    ] = said("Category", "类别")  # fmt: skip
    measure: Literal[
        "piece", "pair", "set", "bottle", "roll", "cylinder", "test", "dose", "parcel", "litre",
        "cubic_metre", "kg", "bed", "room", "vehicle", "person", "team", "person_hour",
    ] = said("Measure", "计量单位", default="piece")  # fmt: skip
    decimals: int = said("Decimals", "小数位", default=0, ge=0, le=3)
    shelf_life_days: int | None = said("Shelf life in days", "保质期（天）", default=None, ge=1)
    cold_chain: bool = said("Cold chain", "冷链", default=False)
    spec: Text | None = said("Standard", "标准", default=None)
    packs: list[PackLine] = said("Packs", "包装", default=[], max_length=20)
    stand_ins: list[StandIn] = said("Can be replaced by", "可替代物资", default=[], max_length=20)
    kit: list[KitPart] = said("Made of", "组成", default=[], max_length=100)


@kind("catalogue", en="Catalogue of items", zh="物资目录")
class CatalogueBody(Body):
    """Items of one catalogue. They may refer to items of another one in force beside it."""

    items: list[ItemLine] = said("Items", "物资", max_length=2000)

    @model_validator(mode="after")
    def _once(self) -> "CatalogueBody":
        seen: set[str] = set()
        for place, item in enumerate(self.items):
            if item.code in seen:
                raise unfit(
                    "item-twice",
                    _("“%(code)s” stands here twice."),
                    ("items", place, "code"),
                    code=item.code,
                )
            seen.add(item.code)
        return self
