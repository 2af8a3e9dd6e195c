"""A response plan as data: the steps that a case should take, and which must come before which."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from actscope.errors import InputError


class PlanUnreadableError(InputError):
    """A file that is no plan."""

    code = "plan_unreadable"
    en = (
        "The plan “{value}” is not JSON of the form "
        '{{"steps": [{{"activity": …, "after": […], "optional": false}}]}}.'
    )
    zh = (
        "预案“{value}”不是如下形式的 JSON："
        '{{"steps": [{{"activity": …, "after": […], "optional": false}}]}}。'
    )


class PlanRepeatsError(InputError):
    """One activity as two steps."""

    code = "plan_step_repeated"
    en = "The plan has the step “{value}” twice."
    zh = "预案中步骤“{value}”重复。"


class PlanStepUnknownError(InputError):
    """A step after one that the plan does not have."""

    code = "plan_step_unknown"
    en = "The step “{value}” stands after “{other}”, which is no step of the plan."
    zh = "步骤“{value}”排在“{other}”之后，但预案中没有后者。"


class PlanCycleError(InputError):
    """Steps that wait for each other."""

    code = "plan_cycle"
    en = "The steps of the plan wait for each other: {value}."
    zh = "预案的步骤互相等待：{value}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An ``activity`` that must occur, or may when it is ``optional``; where it does, each of
    ``after`` that occurs must have occurred before."""

    activity: str
    after: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in a partial order: steps that are not named in each other's ``after`` may come in
    any order. Raises ``PlanRepeatsError``, ``PlanStepUnknownError``, ``PlanCycleError``."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        names = [step.activity for step in self.steps]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise PlanRepeatsError(value=name)
        for step in self.steps:
            for other in step.after:
                if other not in names:
                    raise PlanStepUnknownError(value=step.activity, other=other)
        try:
            TopologicalSorter({step.activity: step.after for step in self.steps}).prepare()
        except CycleError as error:
            raise PlanCycleError(value=" → ".join(error.args[1])) from error

    @property
    def order(self) -> tuple[tuple[str, str], ...]:
        """Each pair of which the first must come before the second."""
        return tuple((before, step.activity) for step in self.steps for before in step.after)


def in_sequence(*activities: str) -> Plan:
    """The plan in which each activity comes after the one before it."""
    befores = [(), *((before,) for before in activities)]
    return Plan(
        tuple(
            Step(activity=name, after=before)
            for name, before in zip(activities, befores, strict=False)
        )
    )


def read_plan(path: str | Path) -> Plan:
    """The plan in a JSON file ``{"steps": [{"activity", "after"?, "optional"?}]}``.

    Raises ``PlanUnreadableError`` and what ``Plan`` raises.
    """
    name = Path(path).name
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlanUnreadableError(value=name) from error
    steps = found.get("steps") if isinstance(found, Mapping) else None
    if not isinstance(steps, list) or not steps or not all(map(_is_step, steps)):
        raise PlanUnreadableError(value=name)
    return Plan(
        tuple(
            Step(
                activity=step["activity"],
                after=tuple(step.get("after", ())),
                optional=step.get("optional", False),
            )
            for step in steps
        )
    )


def _is_step(found: Any) -> bool:
    return (
        isinstance(found, Mapping)
        and set(found) <= {"activity", "after", "optional"}
        and isinstance(found.get("activity"), str)
        and isinstance(found.get("after", []), list)
        and all(isinstance(name, str) for name in found.get("after", []))
        and isinstance(found.get("optional", False), bool)
    )
