"""The level of risk that a set of rules gives an area, with the figures that gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from actscope.definition import Definition
from actscope.epidemic.incidence import Incidence
from actscope.epidemic.repair import Counts
from actscope.epidemic.risk_rules import MEASURES, Rule, RuleSet
from actscope.errors import InputError
from actscope.results import Result

RISK_LEVEL = Definition(
    en=(
        "The first rule of the set whose conditions all hold gives the level. When a rule hangs on "
        "a figure that is not known, and no rule before it holds, there is no level."
    ),
    zh="规则表中第一条全部条件成立的规则决定等级；若某条规则取决于未知数据且其前无规则成立，则不给出等级。",
    source="The set of rules named beside it.",
)

WINDOW = 14


class DayOutsideError(InputError):
    """A day for which there are no counts."""

    code = "day_outside"
    en = "No area has counts for {value}."
    zh = "没有任何地区在 {value} 有数据。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLevel(Result):
    """One area: its ``level``, the ``rule`` in words, and the ``numbers`` it rests on. ``unknown``
    names the figures for want of which there is no level; ``missing_days`` of the last 14 had no
    count."""

    area: str
    level: str | None
    rule_en: str | None
    rule_zh: str | None
    numbers: Mapping[str, float | None]
    unknown: tuple[str, ...]
    missing_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLevels(Result):
    """The levels of ``n`` areas on one day, of which ``missing`` got none."""

    n: int
    missing: int
    definition: Definition
    on: date
    rules: RuleSet
    areas: tuple[AreaLevel, ...]


def area_levels(
    areas: Mapping[str, Incidence],
    *,
    on: date,
    rules: RuleSet,
    clusters: Mapping[str, bool] | None = None,
) -> AreaLevels:
    """The levels of ``areas`` on the day ``on``, by name of area. ``clusters`` says of which areas
    it is known whether a cluster was reported in the 14 days that end on it.

    An area whose counts do not reach ``on`` gets no level; before its first day it has 0. Raises
    ``DayOutsideError`` when no area has counts for ``on``.
    """
    if not any(on in cases.days for cases in areas.values()):
        raise DayOutsideError(value=str(on))
    listed = [
        _level(area, areas[area], on, rules, (clusters or {}).get(area)) for area in sorted(areas)
    ]
    return AreaLevels(
        n=len(listed),
        missing=sum(one.level is None for one in listed),
        definition=RISK_LEVEL,
        on=on,
        rules=rules,
        areas=tuple(listed),
    )


def _level(
    area: str, cases: Incidence, on: date, rules: RuleSet, cluster: bool | None
) -> AreaLevel:
    end = cases.days.index(on) + 1 if on in cases.days else 0
    numbers = _numbers(cases.local[:end], cluster)
    rule, unknown = _first_rule(rules, numbers)
    recent = set(cases.days[max(end - WINDOW, 0) : end])
    return AreaLevel(
        area=area,
        level=rule.level if rule else None,
        rule_en=rule.en if rule else None,
        rule_zh=rule.zh if rule else None,
        numbers=numbers,
        unknown=unknown,
        missing_days=len(recent.intersection(cases.missing_days)),
    )


def _numbers(local: Counts, cluster: bool | None) -> dict[str, float | None]:
    """The figures that rules ask for, of the local cases up to the day."""
    if not len(local):
        return dict.fromkeys(MEASURES)
    with_cases = np.flatnonzero(local)
    return {
        "cumulative": int(local.sum()),
        "new_14": int(local[-WINDOW:].sum()),
        "days_without": int(len(local) - 1 - with_cases[-1]) if len(with_cases) else None,
        "cluster_14": None if cluster is None else int(cluster),
    }


def _first_rule(
    rules: RuleSet, numbers: Mapping[str, float | None]
) -> tuple[Rule | None, tuple[str, ...]]:
    for rule in rules.rules:
        held = [condition.holds(numbers) for condition in rule.when]
        if False in held:
            continue
        unknown = tuple(
            condition.measure
            for condition, holds in zip(rule.when, held, strict=True)
            if holds is None
        )
        return (None, unknown) if unknown else (rule, ())
    return None, ()
