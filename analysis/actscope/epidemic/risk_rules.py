"""Tables of rules for levels of risk: data with a first and a last day."""

import operator
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from actscope.errors import InputError
from actscope.results import Result

MEASURES = ("cumulative", "new_14", "days_without", "cluster_14")
COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class RulesUnreadableError(InputError):
    """A table of rules that does not say what it must."""

    code = "rules_unreadable"
    en = "The table of rules cannot be read at {field}: {value}."
    zh = "规则表在 {field} 处无法读取：{value}。"


class NoRulesOnDayError(InputError):
    """A day on which no set of rules held."""

    code = "rules_none_on_day"
    en = "No set of rules holds on {value}; known are {known}."
    zh = "{value} 没有适用的规则；已知的规则为 {known}。"


@dataclass(frozen=True, slots=True)
class Condition(Result):
    """``measure`` compared with ``value``."""

    measure: str
    comparison: str
    value: float

    def holds(self, numbers: Mapping[str, float | None]) -> bool | None:
        """Whether it holds; ``None`` when the figure is not known."""
        number = numbers[self.measure]
        return None if number is None else COMPARISONS[self.comparison](number, self.value)


@dataclass(frozen=True, slots=True)
class Rule(Result):
    """The ``level`` of an area for which all of ``when`` hold, in words."""

    level: str
    en: str
    zh: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet(Result):
    """Rules in order, for areas of one kind, from ``valid_from`` to ``valid_to`` (``None``: still),
    with where they come from and how sure that is."""

    id: str
    jurisdiction: str
    area_en: str
    area_zh: str
    title_en: str
    title_zh: str
    force: str
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
    note: str
    rules: tuple[Rule, ...]

    def holds_on(self, day: date) -> bool:
        """Whether the set is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


TEXTS = (
    *("id", "jurisdiction", "area_en", "area_zh", "title_en", "title_zh"),
    *("force", "source", "confidence", "note"),
)


def shipped_rules() -> tuple[RuleSet, ...]:
    """The sets that come with the library: templates, to be checked before they are used."""
    text = files("actscope.epidemic").joinpath("risk_rules.toml").read_text(encoding="utf-8")
    return rules_of(text)


def rules_of(text: str) -> tuple[RuleSet, ...]:
    """The sets of a TOML text of the form of ``risk_rules.toml``. Raises
    ``RulesUnreadableError``."""
    try:
        listed = tomllib.loads(text).get("sets")
    except tomllib.TOMLDecodeError as error:
        raise RulesUnreadableError(field="TOML", value=error) from None
    if not isinstance(listed, list) or not listed:
        raise RulesUnreadableError(field="sets", value="there are none")
    return tuple(_rule_set(held, f"sets[{i}]") for i, held in enumerate(listed))


def in_force(sets: tuple[RuleSet, ...], day: date) -> RuleSet:
    """The set that holds on ``day``; of several the one that came last. Raises
    ``NoRulesOnDayError``."""
    valid = [one for one in sets if one.holds_on(day)]
    if not valid:
        known = ", ".join(f"{one.id} ({one.valid_from} – {one.valid_to or '…'})" for one in sets)
        raise NoRulesOnDayError(value=str(day), known=known)
    return max(valid, key=lambda one: one.valid_from)


def _rule_set(held: Any, where: str) -> RuleSet:
    texts = {name: _held(held, name, str, where) for name in TEXTS}
    rules = _held(held, "rules", list, where)
    valid_to = held.get("valid_to")
    if valid_to is not None and not isinstance(valid_to, date):
        raise RulesUnreadableError(field=f"{where}.valid_to", value=valid_to)
    return RuleSet(
        **texts,
        valid_from=_held(held, "valid_from", date, where),
        valid_to=valid_to,
        rules=tuple(_rule(rule, f"{where}.rules[{i}]") for i, rule in enumerate(rules)),
    )


def _rule(held: Any, where: str) -> Rule:
    level, en, zh = (_held(held, name, str, where) for name in ("level", "en", "zh"))
    conditions = []
    for one in _held(held, "when", list, where):
        match one:
            case [str(measure), str(sign), int() | float() as value] if (
                measure in MEASURES and sign in COMPARISONS
            ):
                conditions.append(Condition(measure, sign, value))
            case _:
                raise RulesUnreadableError(field=f"{where}.when", value=one)
    return Rule(level, en, zh, tuple(conditions))


def _held(held: Any, name: str, kind: type, where: str) -> Any:
    if not isinstance(held, dict) or not isinstance(held.get(name), kind):
        raise RulesUnreadableError(field=f"{where}.{name}", value=f"a {kind.__name__} is needed")
    return held[name]
