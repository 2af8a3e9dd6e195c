"""Who lacks what when the demo has been played: hospitals call as those of Hubei did in 2020, a
community asks for little, a firm and a donor offer, some of it is on its way."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from tongzhou.demo.scenario import Scenario
from tongzhou.demo.steps import Ref, Step, Value, area, unit

#: Key, unit, hours ago, needed in hours, priority, reason, note, things. The first ask as hospitals
#: of Jingmen, Xianning and Yidu did on 25 January 2020.
_NEEDS: Final[tuple[tuple[str, str, float, float, int, str, str, tuple[str, ...]], ...]] = (
    ("nine", "hz-hospital", 7, 20, 1, "防护服只够今晚 · coveralls last until tonight",
     "大号防护服优先；货车可到南门 · large sizes first; lorries reach the south gate",
     ("coverall 1000", "mask-n95 4000", "goggles 300", "face-shield 500")),
    ("oujiang", "wz-hospital", 30, 40, 2, "最多支撑两天 · lasts two days at most", "",
     ("goggles 3000", "mask-n95 10000", "alcohol-75 1000", "coverall 1000")),
    ("ningbo", "nb-hospital", 80, 60, 3, "", "", ("mask-n95", "mask-surgical 20000", "cap")),
    ("taizhou", "tz-hospital", 20, 90, 3, "", "", ("test-pcr 8000", "swab 8000")),
    ("street", "beishan-street", 26, 48, 3, "", "", ("test-antigen 3000", "food-parcel 200")),
    ("baoshi", "baoshi-community", 5, 30, 3, "", "送到南门岗亭 · to the booth at the south gate",
     ("mask-medical 2000", "thermometer-ir 4", "food-parcel 60")),
    ("baoshi-again", "baoshi-community", 2, 30, 3, "", "", ("mask-medical 2400",)),
)  # fmt: skip
#: Need, giver, hours ago, due in hours, what.
_GIVEN: Final[tuple[tuple[str, str, float, float | None, str], ...]] = (
    ("nine", "hz-health", 5, 10, "coverall 600"),
    ("oujiang", "zj-health", 24, 16, "goggles 1200"),
    ("ningbo", "zj-health", 70, None, "mask-surgical 20000"),
    ("baoshi", "beishan-street", 3, 20, "food-parcel 60"),
)
_HOSPITALS: Final = (
    ("hz-hospital", 3, ("beds 620", "beds_free 41", "isolation_free 6", "icu_free 2",
     "ventilators_free 9", "dialysis_free 4", "staff short", "drugs adequate", "oxygen adequate",
     "emergency advisory")),
    ("hz-hospital", 27, ("beds 620", "beds_free 66", "isolation_free 11", "icu_free 5",
     "staff adequate", "oxygen adequate")),
    ("wz-hospital", 9, ("beds 480", "beds_free 12", "isolation_free 0", "icu_free 1",
     "ventilators_free 3", "staff short", "drugs short", "oxygen short", "emergency advisory")),
    ("nb-hospital", 50, ("beds 710", "beds_free 120", "icu_free 14", "emergency normal")),
)  # fmt: skip


def calls(scenario: Scenario, now: datetime) -> Iterator[Step]:
    """Needs, promises, receipts, offers, reports."""

    def ago(hours: float) -> datetime:
        return now - timedelta(hours=hours)

    def by(code: str) -> str:
        return scenario.units[code].spokesperson().post

    there = scenario.units
    for key, code, since, within, priority, reason, note, lines in _NEEDS:
        if code in there:
            asked: dict[str, Value] = {
                "lines": lines, "needed_by": now + timedelta(hours=within), "priority": priority,
                "reason": reason, "note": note,
            }  # fmt: skip
            yield Step(ago(since), "needs.ask", by(code), asked, key)
    asking = {key: code for key, code, *_rest in _NEEDS if code in there}
    for key, code, since, ends, line in _GIVEN:
        if key in asking and code in there:
            due = now + timedelta(hours=ends) if ends is not None else None
            given: dict[str, Value] = {"need": Ref("need", key), "line": line, "due_at": due}
            yield Step(ago(since), "needs.give", by(code), given)
    if "ningbo" in asking and "zj-health" in there:
        came: dict[str, Value] = {"need": Ref("need", "ningbo"), "short": 400}
        yield Step(ago(31), "needs.receive", by(asking["ningbo"]), came)
    yield from _offers(scenario, ago)
    for code, since, figures in _HOSPITALS:
        if code in there:
            told: dict[str, Value] = {"unit": unit(code), "figures": figures}
            yield Step(ago(since), "needs.tell_hospital", by(code), told)


def _offers(scenario: Scenario, ago: Callable[[float], datetime]) -> Iterator[Step]:
    firm = scenario.units.get("wz-trade")
    if firm is not None:
        offered: dict[str, Value] = {
            "lines": ("mask-surgical 50000", "goggles 2000"),
            "conditions": "需自提 · to be collected",
        }
        yield Step(ago(11), "needs.propose", firm.spokesperson().post, offered, "firm")
    donated: dict[str, Value] = {
        "area": area("330106"), "line": "food-parcel 80",
        "words": "手工布口罩约300个 · about 300 cloth masks, hand-made",
    }  # fmt: skip
    yield Step(ago(4), "needs.donate", "", donated, "donor")
