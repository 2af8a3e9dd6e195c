"""The hotline: people call, write or come to the desk; units handle, bounce, object; the desk
calls back."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from tongzhou.demo.chance import stream
from tongzhou.demo.scenario import Scenario, UnitRow
from tongzhou.demo.season import ZONE, Season, wakeful
from tongzhou.demo.steps import Ref, Step, Value, area, unit
from tongzhou.demo.voices import both

#: A ticket lives longer than the story where its limit lies beyond.
_LAST_HOURS: Final = 60


def post_of(row: UnitRow) -> str:
    """Who acts for a unit."""
    return row.spokesperson().post


def moment_of(day: date, since: timedelta) -> datetime:
    """So long after the beginning of a day, to the second."""
    return (datetime.combine(day, time(0), ZONE) + since).replace(microsecond=0)


class Hotline:
    """Tickets day by day, each with its fate."""

    def __init__(self, scenario: Scenario, seed: int, scale: float) -> None:
        self._units = scenario.units
        self._raw = scenario.hotline
        self._season = Season.of(scenario.tempo)
        self._seed = seed
        self._scale = scale

    def steps(self) -> Iterator[Step]:
        """All steps, ticket by ticket."""
        for day in self._season.days():
            chance = stream(self._seed, "hotline", day.isoformat())
            wanted = self._raw["per_day"] * self._season.share(day) * self._scale
            for number in range(int(wanted + chance.random())):
                hour = timedelta(hours=7.5 + 13 * chance.random())
                at = moment_of(day, hour)
                yield from self._ticket(f"{day:%m%d}-{number}", at, chance)

    def _ticket(self, key: str, at: datetime, chance: Random) -> Iterator[Step]:
        code = chance.choice(sorted(self._raw["desks"]))
        desk = self._raw["desks"][code]
        leads = [self._units[lead] for lead in desk["leads"]]
        kind_of = {lead.kind: lead for lead in leads}
        matters = [row for row in self._raw["matters"] if row[1] in kind_of]
        class_code, kind, zh, en = chance.choice(matters)
        lead = kind_of[kind]
        ref = Ref("ticket", key)
        wrong = chance.random() < self._share("bounce")
        first = chance.choice([row for row in leads if row != lead]) if wrong else lead
        asked: dict[str, Value] = {
            "text": both(zh, en),
            "area": area(desk["area"]),
            "channel": self._channel(chance),
            "class_code": class_code,
            "lead": unit(first.code),
        }
        yield Step(at, "hotline.register_ticket", desk["post"], asked, key)
        if chance.random() < self._share("repeat"):
            again = at + timedelta(minutes=6 + 20 * chance.random())
            repeated = {**asked, "channel": self._channel(chance), "repeat_of": ref}
            del repeated["lead"]
            yield Step(again, "hotline.register_ticket", desk["post"], repeated, f"{key}-again")
        at += timedelta(minutes=30 + 60 * chance.random())
        yield Step(at, "hotline.see", post_of(first), {"task": ref})
        if wrong:
            at += timedelta(minutes=15)
            yield from self._bounced(ref, at, first, lead, desk["post"], chance)
            at += timedelta(minutes=70)
        yield from self._handled(ref, at, lead, desk["post"], class_code, chance)

    def _bounced(
        self, ref: Ref, at: datetime, first: UnitRow, lead: UnitRow, desk: str, chance: Random
    ) -> Iterator[Step]:
        """Refused with a better owner, or objected to and reviewed; in the end the right unit
        has it."""
        words = self._raw["reasons"]
        if chance.random() < self._share("object") / self._share("bounce"):
            yield Step(
                at, "hotline.object", post_of(first), {"task": ref, "reason": words["object"]}
            )
            reviewed: dict[str, Value] = {
                "task": ref, "upheld": True, "reason": words["upheld"], "to": unit(lead.code),
            }  # fmt: skip
            yield Step(at + timedelta(minutes=40), "hotline.review", desk, reviewed)
            return
        refused: dict[str, Value] = {
            "task": ref, "reason": words["bounce"], "better_owner": unit(lead.code),
        }  # fmt: skip
        yield Step(at, "hotline.refuse", post_of(first), refused)
        forwarded: dict[str, Value] = {
            "task": ref, "to": unit(lead.code), "reason": words["upheld"],
        }  # fmt: skip
        yield Step(at + timedelta(minutes=40), "hotline.forward", desk, forwarded)

    def _handled(
        self, ref: Ref, at: datetime, lead: UnitRow, desk: str, class_code: str, chance: Random
    ) -> Iterator[Step]:
        words = self._raw["reasons"]
        limit = min(float(self._raw["hours"][class_code]), _LAST_HOURS)
        late = chance.random() < self._share("late")
        at = self._later(at, 0.08 * limit * (0.3 + chance.random()), class_code, chance)
        yield Step(at, "hotline.accept", post_of(lead), {"task": ref})
        spent = limit * (1.1 + 0.6 * chance.random() if late else 0.1 + 0.5 * chance.random())
        at = self._later(at, spent, class_code, chance)
        yield Step(at, "hotline.finish", post_of(lead), {"task": ref, "result": words["done"]})
        at = self._later(at, 1 + 3 * chance.random(), "normal", chance)
        yield Step(at, "hotline.confirm", desk, {"task": ref})
        if chance.random() < self._share("reopen"):
            at = self._later(at, 2, "normal", chance)
            yield Step(at, "hotline.reopen", desk, {"task": ref, "reason": words["reopen"]})
            at = self._later(at, 5 + 10 * chance.random(), "normal", chance)
            yield Step(at, "hotline.finish", post_of(lead), {"task": ref, "result": words["done"]})
            at = self._later(at, 1, "normal", chance)
            yield Step(at, "hotline.confirm", desk, {"task": ref})
        at = self._later(at, 3 + 20 * chance.random(), "normal", chance)
        reached = chance.random() < self._share("reached")
        called: dict[str, Value] = {"task": ref, "reached": reached}
        if reached:
            solved = chance.random() < self._share("solved")
            called["solved"] = solved
            called["satisfied"] = solved and chance.random() < self._share("satisfied")
        yield Step(at, "hotline.call_back", desk, called)

    def _later(self, at: datetime, hours: float, class_code: str, chance: Random) -> datetime:
        """Some hours later; at night only where life is in danger."""
        then = at + timedelta(hours=hours)
        found = then if class_code == "life" else wakeful(then, chance)
        return max(found, at + timedelta(minutes=2)).replace(microsecond=0)

    def _share(self, name: str) -> float:
        return float(self._raw["shares"][name])

    def _channel(self, chance: Random) -> str:
        names: Sequence[str] = list(self._raw["channels"])
        weights: Sequence[Any] = list(self._raw["channels"].values())
        return chance.choices(names, weights)[0]
