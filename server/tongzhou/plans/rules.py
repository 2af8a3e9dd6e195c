"""Rules of a plan over the figures of an area: met, not met, or not to be decided because a
figure is missing. Nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tongzhou.library.kinds.plan import Condition

Verdict = Literal["met", "not_met", "unknown"]


@dataclass(frozen=True)
class Reading:
    """One bound of a rule with the figure that was found; ``met`` is None without one."""

    fact: str
    value: float | None
    at_least: float | None
    at_most: float | None

    @property
    def met(self) -> bool | None:
        """Whether the figure lies within the bounds."""
        if self.value is None:
            return None
        above = self.at_least is None or self.value >= self.at_least
        below = self.at_most is None or self.value <= self.at_most
        return above and below


@dataclass(frozen=True)
class Judgement:
    """What a rule says of an area, and on which figures."""

    verdict: Verdict
    readings: tuple[Reading, ...] = ()

    @property
    def met(self) -> bool:
        """True where every bound is met."""
        return self.verdict == "met"


def judge(rule: Sequence[Condition], figures: Mapping[str, float | None]) -> Judgement:
    """A rule is met when all its bounds are; one bound that is not met decides it whatever is
    unknown beside. A rule without bounds is always met."""
    readings = tuple(
        Reading(bound.fact, figures.get(bound.fact), bound.at_least, bound.at_most)
        for bound in rule
    )
    answers = {reading.met for reading in readings}
    verdict: Verdict = "not_met" if False in answers else "unknown" if None in answers else "met"
    return Judgement(verdict, readings)
