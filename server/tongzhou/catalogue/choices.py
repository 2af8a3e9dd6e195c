"""Kinds of items and the measures they are counted in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """What sort of thing an item is. People and teams are resources with an owner, never
    stock."""

    SUPPLY = "supply", _("supply")
    EQUIPMENT = "equipment", _("equipment")
    MEDICINE = "medicine", _("medicine")
    PERSON = "person", _("person")
    TEAM = "team", _("team")


#: Kinds that lie in a store. A person or a team is asked for and offered, not stored.
STORED: Final = frozenset({ItemKind.SUPPLY, ItemKind.EQUIPMENT, ItemKind.MEDICINE})


class Measure(models.TextChoices):
    """The base unit in which an item is counted everywhere; packs say how many make one."""

    PIECE = "piece", _("pieces")
    PAIR = "pair", _("pairs")
    SET = "set", _("sets")
    BOTTLE = "bottle", _("bottles")
    ROLL = "roll", _("rolls")
    CYLINDER = "cylinder", _("cylinders")
    TEST = "test", _("tests")
    DOSE = "dose", _("doses")
    PARCEL = "parcel", _("parcels")
    LITRE = "litre", _("litres")
    CUBIC_METRE = "cubic_metre", _("cubic metres")
    KILOGRAM = "kg", _("kilograms")
    BED = "bed", _("beds")
    ROOM = "room", _("rooms")
    VEHICLE = "vehicle", _("vehicles")
    PERSON = "person", _("people")
    TEAM = "team", _("teams")
    PERSON_HOUR = "person_hour", _("person-hours")


#: How people write a measure. Chinese counts most things by words of their own; where an item
#: is counted in pieces, all of these say "piece".
WORDS: Final[Mapping[Measure, frozenset[str]]] = {
    Measure.PIECE: frozenset(
        {"piece", "pieces", "pc", "pcs", "unit", "units", "ea", "each"}
        | set("个個只隻件台顶片枚支张辆把床条部根架面份块")
    ),
    Measure.PAIR: frozenset(["pair", "pairs", "pr", "双", "副", "对"]),
    Measure.SET: frozenset(["set", "sets", "kit", "kits", "套"]),
    Measure.BOTTLE: frozenset(["bottle", "bottles", "瓶"]),
    Measure.ROLL: frozenset(["roll", "rolls", "卷"]),
    Measure.CYLINDER: frozenset(["cylinder", "cylinders", "钢瓶", "罐"]),
    Measure.TEST: frozenset(["test", "tests", "人份", "人次", "测试"]),
    Measure.DOSE: frozenset(["dose", "doses", "剂", "剂次"]),
    Measure.PARCEL: frozenset(["parcel", "parcels", "package", "packages", "份", "包"]),
    Measure.LITRE: frozenset(["l", "litre", "litres", "liter", "liters", "升", "公升"]),
    Measure.CUBIC_METRE: frozenset(["m3", "立方米", "方"]),
    Measure.KILOGRAM: frozenset(["kg", "kilogram", "kilograms", "kilo", "kilos", "公斤", "千克"]),
    Measure.BED: frozenset(["bed", "beds", "床", "张", "床位"]),
    Measure.ROOM: frozenset(["room", "rooms", "间"]),
    Measure.VEHICLE: frozenset(["vehicle", "vehicles", "辆", "台", "车"]),
    Measure.PERSON: frozenset(["person", "people", "persons", "人", "名", "位"]),
    Measure.TEAM: frozenset(["team", "teams", "支", "队"]),
    Measure.PERSON_HOUR: frozenset(["personhour", "personhours", "人时", "工时"]),
}

#: Measures that are a fixed part of another.
PARTS: Final[Mapping[str, tuple[Measure, Decimal]]] = {
    "ml": (Measure.LITRE, Decimal("0.001")),
    "毫升": (Measure.LITRE, Decimal("0.001")),
    "g": (Measure.KILOGRAM, Decimal("0.001")),
    "克": (Measure.KILOGRAM, Decimal("0.001")),
    "斤": (Measure.KILOGRAM, Decimal("0.5")),
    "t": (Measure.KILOGRAM, Decimal(1000)),
    "tonne": (Measure.KILOGRAM, Decimal(1000)),
    "tonnes": (Measure.KILOGRAM, Decimal(1000)),
    "吨": (Measure.KILOGRAM, Decimal(1000)),
}


class Category(models.TextChoices):
    """The shelf on which people look for an item."""

    RESPIRATORY = "respiratory", _("masks and respirators")
    BODY = "body", _("protective clothing")
    EYES = "eyes", _("eye and face protection")
    HANDS = "hands", _("gloves")
    FEET = "feet", _("shoes and covers")
    DISINFECTION = "disinfection", _("disinfection and hygiene")
    TESTING = "testing", _("tests and laboratory")
    CARE = "care", _("equipment for care")
    OXYGEN = "oxygen", _("oxygen")
    MEDICINES = "medicines", _("medicines")
    HOUSEHOLD = "household", _("food and daily needs")
    SHELTER = "shelter", _("beds and shelter")
    TRANSPORT = "transport", _("transport and communication")
    BURIAL = "burial", _("care of the dead")
    PEOPLE = "people", _("people and teams")
    OTHER = "other", _("other")
