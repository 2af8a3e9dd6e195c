"""What a synthetic log is asked to be, and which wishes cannot be met."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from actscope.acts.schema import KINDS, PHASES
from actscope.errors import InputError
from actscope.results import Result

ACTS_PER_CASE = 6
"""Four acts make the life of a case; the rest must leave work to see between them."""

LEAST_KINDS = 8
"""Six kinds make the life of a case and its lead; two more make a mix."""

LEAST_UNITS = 6


class Plant(StrEnum):
    """A truth that can be planted."""

    BLOCKED_PAIR = "blocked_pair"
    """A planned tie that stays silent."""

    SLOW_PAIR = "slow_pair"
    """A planned tie on which every answer waits long."""

    ROLE_CHANGE = "role_change"
    """Another unit takes the lead from the middle phase on."""

    RISE_AND_FALL = "rise_and_fall"
    """Joint acts per open case rise and fall, whatever the number of open cases does."""

    PHASE_SHIFT = "phase_shift"
    """The core task changes with the middle phase."""

    BURDEN = "burden"
    """One unit in six leads most cases."""

    MIXING = "mixing"
    """Units work mostly with units of their own area."""


class SettingRefusedError(InputError):
    """A number that is too small or too large."""

    code = "synth_setting"
    en = "“{field}” is {value}; it must be from {least} to {most}."
    zh = "“{field}”为 {value}；应在 {least} 与 {most} 之间。"


class PlantRefusedError(InputError):
    """A truth that needs more phases than there are."""

    code = "synth_plant_phases"
    en = "“{value}” needs at least 2 phases."
    zh = "“{value}”至少需要 2 个阶段。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Result):
    """``acts``, ``units``, ``cases``, ``kinds``, ``days``, ``phases``: how many of each; ``start``:
    the first day, from 0:00 UTC; ``plants``: the truths planted. Two equal settings give equal
    logs. Raises ``SettingRefusedError``, ``PlantRefusedError``.
    """

    acts: int = 10_000
    units: int = 24
    cases: int = 500
    kinds: int = len(KINDS)
    days: int = 60
    phases: int = len(PHASES)
    seed: int = 1
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    plants: frozenset[Plant] = field(default_factory=frozenset)

    BOUNDS: ClassVar[dict[str, tuple[int, int]]] = {
        "units": (LEAST_UNITS, 30_000),
        "cases": (1, 100_000_000),
        "kinds": (LEAST_KINDS, len(KINDS)),
        "phases": (1, len(PHASES)),
        "days": (len(PHASES), 3_660),
        "seed": (0, 2**63 - 1),
    }

    def __post_init__(self) -> None:
        for name, (least, most) in self.BOUNDS.items():
            _within(name, getattr(self, name), least, most)
        _within("acts", self.acts, ACTS_PER_CASE * self.cases, 10**10)
        for plant in (Plant.ROLE_CHANGE, Plant.PHASE_SHIFT):
            if plant in self.plants and self.phases < 2:
                raise PlantRefusedError(value=plant.value)


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise SettingRefusedError(field=name, value=value, least=least, most=most)
