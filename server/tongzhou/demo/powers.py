"""Powers and duties: a list is laid out over the tree of units on the eve of the story, and unit
after unit consents and notes its means. Two are left without means, one without anybody."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tongzhou.demo.command import COMMANDER
from tongzhou.demo.scenario import Scenario
from tongzhou.demo.season import moment
from tongzhou.demo.steps import Step, Value, unit

_BEGINS: Final = "01-22 17:00"
#: The duties that units took on and were not given the means for: laboratories without money
#: for sewage, property firms that must hold people to rules without any power.
WITHOUT_MEANS: Final = ("wastewater-watch", "property-measures")
#: The duty that was declined in Hangzhou: nobody is accountable for it there.
DECLINED: Final = ("hz-data", "share-data")
#: Those who hold no office and cannot answer: what was asked of them is taken back.
WITHOUT_OFFICE: Final = ("baoshi-residents", "01-28 10:10")


def powers(scenario: Scenario) -> Iterator[Step]:
    """Laid out at five in the afternoon; by nine everybody has answered."""
    at = moment(_BEGINS)
    laid: dict[str, Value] = {
        "key": "duties", "jurisdiction": "cn", "top": unit("zj-command"),
    }  # fmt: skip
    yield Step(at, "mandates.lay_out", COMMANDER, laid)
    code, duty = DECLINED
    for row in scenario.units.values():
        if not row.kind:
            continue
        at += timedelta(minutes=2)
        post = row.spokesperson().post
        if row.code == code:
            declined: dict[str, Value] = {
                "unit": unit(code), "duty": duty,
                "reason": "无执法依据和专职人员 · No legal power and no staff for it",
            }  # fmt: skip
            yield Step(at, "mandates.decline", post, declined)
        taken: dict[str, Value] = {"unit": unit(row.code), "without": WITHOUT_MEANS}
        yield Step(at, "mandates.take_on", post, taken)
    code, written = WITHOUT_OFFICE
    back: dict[str, Value] = {
        "unit": unit(code),
        "reason": "居民小组没有值守岗位 · Residents hold no office; their committee does it",
    }
    yield Step(moment(written), "mandates.take_back", COMMANDER, back)
