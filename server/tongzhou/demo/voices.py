"""What people write: titles and sentences in both languages, from the scenario's words."""

from collections.abc import Mapping
from random import Random
from typing import Any

from tongzhou.demo.scenario import Scenario, UnitRow


def both(zh: str, en: str) -> str:
    """A sentence for readers of either language: Chinese first, as it would be written."""
    return f"{zh} · {en}"


class Voices:
    """Fills the places of templates. Everything comes from the given stream of chance."""

    def __init__(self, scenario: Scenario) -> None:
        self._words: Mapping[str, Any] = scenario.words
        self._areas = scenario.areas

    def slots(self, chance: Random, *, asker: UnitRow, lead: UnitRow) -> dict[str, tuple[str, str]]:
        """One filling of every place, as (Chinese, English); the same for a task's title and
        its parts."""
        item = chance.choice(self._words["items"])
        site = chance.choice(self._words["sites"])
        number = str(chance.choice((2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 24, 30, 36, 40, 60)))
        return {
            "place": self._name(lead.area),
            "home": self._name(asker.area),
            "item": (item[0], item[1]),
            "site": (site[0], site[1]),
            "n": (number, number),
        }

    def title(self, zh: str, en: str, slots: Mapping[str, tuple[str, str]]) -> str:
        """A title in both languages."""
        first = zh.format_map({name: value[0] for name, value in slots.items()})
        second = en.format_map({name: value[1] for name, value in slots.items()})
        return both(first, second)

    def body(self, work: str) -> str:
        """What goes with every task of a kind of work."""
        return str(self._words["body"][work])

    def result(self, work: str, chance: Random) -> str:
        """What came of it."""
        text = str(chance.choice(self._words["result"][work]))
        return text.replace("{n}", str(chance.randint(3, 180))).replace(
            "{m}", str(chance.randint(1, 9))
        )

    def say(self, about: str, chance: Random) -> str:
        """A sentence of a kind: "comment", "refuse", "return", "block", …"""
        return str(chance.choice(self._words[about]))

    def _name(self, code: str) -> tuple[str, str]:
        row = self._areas[code]
        return row.zh, row.en
