"""Rules by which areas are classed by risk: conditions as data, the first that holds decides."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit

#: What is known of an area on a day, out of its daily counts. ``days_since_case`` is unknown
#: where there never was a case: then no condition on it holds.
Fact = Literal["cumulative", "new_in_window", "days_since_case", "cluster_in_window"]
LevelName = Literal["high", "medium", "low"]


class Condition(Body):
    """A fact between two bounds, both included. For ``cluster_in_window``, 1 is yes."""

    fact: Fact = said("Fact", "指标")
    at_least: int | None = said("At least", "不少于", default=None, ge=0)
    at_most: int | None = said("At most", "不超过", default=None, ge=0)

    @model_validator(mode="after")
    def _bounded(self) -> "Condition":
        if self.at_least is None and self.at_most is None:
            raise unfit("condition-open", _("A condition needs at least one bound."))
        if None not in (self.at_least, self.at_most) and self.at_least > self.at_most:  # type: ignore[operator]
            raise unfit("condition-empty", _("No number lies between these bounds."))
        return self

    def holds(self, value: int | None) -> bool:
        """True when the value is known and lies between the bounds."""
        if value is None:
            return False
        low, high = self.at_least, self.at_most
        return (low is None or low <= value) and (high is None or value <= high)


class Rule(Body):
    """A level, and the conditions of which all must hold. The place ``{window}`` of the words
    takes the days looked back on."""

    level: LevelName = said("Risk", "风险等级")
    why: Text = said("In words", "说明")
    when: tuple[Condition, ...] = said("When all hold", "同时满足", default=())


class Consequence(Body):
    """What follows for an area of this level."""

    level: LevelName = said("Risk", "风险等级")
    text: Text = said("What follows", "防控策略")


@kind("risk_area", en="Risk areas", zh="风险区划定")
class RiskAreaBody(Body):
    """``window_days``: the days looked back on. Where ``window`` names one of the windows that
    follow from the incubation, these are the days for an agent whose incubation is not known,
    and the window of the incident's agent stands for them. ``unit``: what is classed. The
    last rule has no conditions, so that every area falls under one."""

    unit: Text = said("What is classed", "划定单元")
    window_days: int = said("Days looked back on", "回溯天数", ge=1, le=60)
    window: Key | None = said("Window from the incubation", "潜伏期时窗", default=None)
    rules: tuple[Rule, ...] = said(
        "Rules, the first that holds decides", "规则（依次判断）", min_length=1
    )
    consequences: tuple[Consequence, ...] = said("What follows", "防控策略", default=())
    notes: tuple[Text, ...] = said("Notes", "说明", default=())

    @model_validator(mode="after")
    def _total(self) -> "RiskAreaBody":
        if self.rules[-1].when or not all(rule.when for rule in self.rules[:-1]):
            raise unfit(
                "rules-not-total",
                _("The last rule, and only the last, must be without conditions."),
            )
        return self
