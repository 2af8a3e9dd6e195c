"""What lies in stores when the demo has been played: a reserve of the province, hospitals that
use theirs up, streets with a little of everything, some of it idle, some of it expired."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from tongzhou.demo.command import COMMANDER
from tongzhou.demo.scenario import Scenario
from tongzhou.demo.steps import Step, Value, unit

#: Unit, code, names, kind, the least, what comes (item, amount, days it is good), what goes out
#: on later days. Nothing goes out of what lies idle.
_STORES: Final[
    tuple[tuple[str, str, str, str, str, str, tuple[str, ...], tuple[str, ...]], ...]
] = (
    ("zj-health", "zj-reserve", "省级应急物资储备库", "Provincial reserve", "warehouse",
     "mask-n95 200000",
     ("mask-n95 320000 900", "mask-surgical 2400000 700", "coverall 86000 900",
      "goggles 40000 0", "gloves-nitrile 600000 1200", "test-pcr 240000 55",
      "ventilator 120 0", "oxygen-concentrator 600 0", "disinfectant-84 30000 300",
      "bed-folding 4000 0", "tent 180 0"),
     ("mask-n95 60000", "mask-surgical 400000", "coverall 12000", "test-pcr 80000")),
    ("hz-hospital", "hz-hospital-store", "九院库房", "Hospital store", "hospital_store",
     "mask-n95 6000",
     ("mask-n95 9000 600", "coverall 1500 700", "goggles 900 0", "face-shield 1200 0",
      "gloves-latex 20000 800", "boot-cover 3000 0", "hand-sanitiser 400 40",
      "isolation-gown 2500 700", "oximeter 120 0"),
     ("mask-n95 4800", "coverall 1100", "gloves-latex 9000", "boot-cover 2100")),
    ("wz-hospital", "wz-hospital-store", "瓯江医院库房", "Oujiang hospital store",
     "hospital_store", "mask-n95 5000",
     ("mask-n95 3000 500", "coverall 700 600", "goggles 2600 0", "mask-surgical 40000 500"),
     ("mask-n95 2700", "coverall 640", "mask-surgical 9000")),
    ("beishan-street", "beishan-store", "北山街道物资库", "Beishan store", "warehouse",
     "test-antigen 2000",
     ("mask-surgical 30000 400", "coverall 900 500", "test-antigen 1500 90",
      "disinfectant-84 600 20", "food-parcel 300 7", "thermometer-ir 60 0"),
     ("mask-surgical 8000", "food-parcel 240")),
    ("baoshi-community", "baoshi-point", "宝石社区物资点", "Baoshi community point",
     "community_point", "mask-medical 1000",
     ("mask-medical 4000 400", "alcohol-75 60 200", "thermometer-ir 6 0", "food-parcel 80 7"),
     ("mask-medical 3300", "food-parcel 64")),
)  # fmt: skip
_BEGAN: Final = timedelta(days=48)
#: Goods go out in so many parts, the last of them yesterday.
_PARTS: Final = 6


def supplies(scenario: Scenario, now: datetime) -> Iterator[Step]:
    """Catalogue, stores, deliveries, and what was used since."""
    begin = now - _BEGAN
    yield Step(begin, "catalogue.lay_out", COMMANDER)
    for place, (owner, code, zh, en, kind, least, comes, goes) in enumerate(_STORES):
        row = scenario.units.get(owner)
        if row is None:
            continue
        by, at = row.spokesperson().post, begin + timedelta(hours=1 + place)
        opened: dict[str, Value] = {
            "unit": unit(owner), "code": code, "zh": zh, "en": en, "kind": kind, "least": least,
        }  # fmt: skip
        yield Step(at, "stock.open_store", by, opened)
        came: dict[str, Value] = {"store": code, "lines": comes, "origin": "supplier"}
        yield Step(at + timedelta(minutes=20), "stock.deliver", by, came)
        for part in range(1, _PARTS + 1):
            used: dict[str, Value] = {"store": code, "lines": tuple(map(_sixth, goes))}
            gone = at + (_BEGAN - timedelta(days=1)) * part / _PARTS
            # What is eaten within a week is handed out within a week.
            fresh = tuple(line for line in map(_sixth, goes) if "food-parcel" not in line)
            if part > 1:
                used["lines"] = fresh
            yield Step(gone if part > 1 else at + timedelta(days=2), "stock.issue", by, used)


def _sixth(line: str) -> str:
    item, amount = line.split()
    return f"{item} {int(amount) // _PARTS}"
