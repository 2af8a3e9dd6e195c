"""Early signals: somebody notices, one or two assess, the reporter is answered."""

from collections.abc import Iterator
from datetime import timedelta

from tongzhou.demo.asked import INCIDENT
from tongzhou.demo.chance import stream
from tongzhou.demo.command import speaks
from tongzhou.demo.scenario import Scenario, code_of
from tongzhou.demo.season import moment, wakeful
from tongzhou.demo.steps import Ref, Step, Value, area


def noticed(scenario: Scenario, seed: int) -> Iterator[Step]:
    """Three to four steps for each signal of the scenario."""
    opened = moment(scenario.incident["incident"]["opened"])
    for row in scenario.signals["signals"]:
        at, ref = moment(row["at"]), Ref("signal", row["key"])
        chance = stream(seed, "signal", row["key"])
        reported: dict[str, Value] = {
            "text": row["text"], "area": area(code_of(row["area"])), "channel": row["channel"],
        }  # fmt: skip
        by = speaks(scenario, row["by"]) if "by" in row else ""
        yield Step(at, "incidents.report_signal", by, reported, row["key"])
        assessors = row["assess"]
        for assessor, verdict, serious, unusual, spread, travel, reasons in assessors:
            at = wakeful(at + timedelta(minutes=25 + 50 * chance.random()), chance)
            at = at.replace(microsecond=0)
            assessed: dict[str, Value] = {
                "signal": ref,
                "verdict": verdict,
                "reasons": reasons,
                "serious": serious,
                "unusual": unusual,
                "spread": spread,
                "travel_trade": travel,
            }
            yield Step(at, "incidents.assess_signal", speaks(scenario, assessor), assessed)
        first, verdict = assessors[0][0], assessors[0][1]
        at = max(at, opened) + timedelta(minutes=20 + 150 * chance.random())
        answered: dict[str, Value] = {
            "signal": ref, "answer": scenario.signals["verdict_texts"][verdict],
        }  # fmt: skip
        if verdict != "dismiss":
            answered["incident"] = INCIDENT
        at = wakeful(at, chance).replace(microsecond=0)
        yield Step(at, "incidents.answer_signal", speaks(scenario, first), answered)
