"""A task while it is told: whose it is, what time it is, which steps there are already – and how
likely and how quick things are for those who have it."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from tongzhou.actors.vocabulary import ROLES, TASK_FINISH, Role
from tongzhou.demo.asked import Asked
from tongzhou.demo.chance import hours
from tongzhou.demo.scenario import PersonRow, Scenario, UnitRow
from tongzhou.demo.season import wakeful
from tongzhou.demo.steps import Step, Value, task
from tongzhou.demo.voices import Voices

_SUPERVISOR: Final = "gu@zj-command"
_TOP: Final = "zj-command"


class Telling:
    """``steps`` fill up while it is told."""

    def __init__(
        self, asked: Asked, *, scenario: Scenario, voices: Voices, chance: Random, depth: int = 0
    ) -> None:
        self.asked = asked
        self.steps: list[Step] = []
        self._scenario = scenario
        self._voices = voices
        self._chance = chance
        self._depth = depth
        self._at = asked.at
        self._due = asked.due
        self._lead = asked.lead
        self._ref = task(asked.key)
        self._open = True

    # ------------------------------------------------------------------ time and steps
    def _go(self, duration: float) -> None:
        """Lets this many hours pass, and the night where it falls into it."""
        least = self._at + timedelta(seconds=self._chance.randint(50, 400))
        self._at = max(wakeful(self._at + timedelta(hours=duration), self._chance), least).replace(
            microsecond=0
        )

    def _step(self, act: str, by: str, **args: Value) -> None:
        self._at += timedelta(seconds=1)
        self.steps.append(Step(self._at, f"tasks.{act}", by, {"task": self._ref, **args}))

    def _aside(self, at: datetime, end: datetime, act: str, by: str, **args: Value) -> bool:
        """Something beside the course of the story; left out where it would come too late.
        Returns whether it is in."""
        moved = wakeful(at, self._chance).replace(microsecond=0)
        if moved >= end:
            return False
        self.steps.append(Step(moved, f"tasks.{act}", by, {"task": self._ref, **args}))
        return True

    def _say(self, about: str) -> str:
        return self._voices.say(about, self._chance)

    # ------------------------------------------------------------------ how likely, how quick
    @property
    def _planted(self) -> bool:
        """True between the two departments that the scenario sets against each other."""
        pair = self._scenario.tempo["blockage"]
        kinds = (self.asked.asker.kind, self._lead.kind)
        return kinds == (pair["asker"], pair["lead"])

    def _rates(self) -> dict[str, float]:
        happens, chain = self._scenario.tempo["happens"], self._scenario.tempo["chain"]
        rates = {name: float(happens[name]) for name in ("returned", "refused", "forwarded")}
        if (self.asked.asker.kind, self._lead.kind) == (chain["asker"], chain["lead"]):
            rates["returned"] = float(chain["returned"])
        if self._planted:
            pair = self._scenario.tempo["blockage"]
            rates |= {"returned": float(pair["returned"]), "refused": float(pair["refused"])}
        return rates

    def _happens(self, what: str, rate: float | None = None) -> bool:
        chosen = float(self._scenario.tempo["happens"][what]) if rate is None else rate
        return self._chance.random() < chosen

    def _pace(self, row: UnitRow) -> float:
        tempo: Any = self._scenario.tempo
        level = "society" if row.society else row.level
        return hours(self._chance, median=tempo["response"][level], spread=tempo["spread"])

    def _response(self) -> float:
        if self._planted:
            tempo = self._scenario.tempo
            return hours(self._chance, median=tempo["blockage"]["hours"], spread=0.4)
        return self._pace(self._lead)

    # ------------------------------------------------------------------ who
    def _asks(self) -> str:
        """Who acts for the asker: for matters of information its information officer."""
        row = self.asked.asker
        officer = row.holder(Role.INFORMATION_OFFICER)
        if self.asked.topic == "information" and officer is not None:
            return officer.post
        return row.spokesperson().post

    def _speaks(self) -> str:
        return self._lead.spokesperson().post

    def _does(self) -> str:
        """Who of the lead works on it: often somebody other than its spokesperson."""
        others = [p for p in self._lead.people if _works(p)]
        return self._chance.choice(others).post if others else self._speaks()

    def _affected(self) -> str:
        """Anyone affected may reopen: asker, a unit that assists, the lead itself."""
        units = [self.asked.asker, self.asked.asker, *self.asked.assisting]
        return self._chance.choice(units).spokesperson().post

    def _urger(self) -> str:
        above = _TOP in self.asked.asker.line or _TOP in self._lead.line[:-1]
        if above and self._chance.random() < 0.35:
            return _SUPERVISOR
        return self._asks() if self.asked.asker.manages else _SUPERVISOR if above else ""


def _works(person: PersonRow) -> bool:
    return TASK_FINISH in ROLES[person.role]
