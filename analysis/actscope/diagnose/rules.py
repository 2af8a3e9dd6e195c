"""The rules of a diagnosis: data in a versioned file, checked when they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml

from actscope.errors import InputError
from actscope.results import Result

_T = TypeVar("_T")

HEADS = ("system_design", "coordination_capability", "social_trust")
"""Under what a countermeasure stands, after the third source text."""


class RulesInvalidError(InputError):
    """A file of rules that does not say what it must."""

    code = "rules_invalid"
    en = "The rules are wrong at {field}: {value}."
    zh = "规则文件在 {field} 处有误：{value}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Result):
    """A text in both languages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Result):
    """The words of a source text, which the rule rests on."""

    text: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Result):
    """Beyond what a measure shows what is looked for: ``below`` or ``above``, one of the two."""

    measure: str
    below: float | None = None
    above: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Countermeasure(Result):
    """What would mend it, under which head, and where it comes from."""

    under: str
    words: Words
    source: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Result):
    """What could cause the problem, how that is tested, and what would refute it."""

    id: str
    words: Words
    shown_by: Bound
    refuted_by: Words
    countermeasures: tuple[Countermeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Result):
    """What is looked for, where it was claimed, how it shows, and its possible causes."""

    id: str
    words: Words
    source: Claim
    shown_by: Bound
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(Result):
    """All rules of one ``version``."""

    version: int
    problems: tuple[Problem, ...]

    @property
    def measures(self) -> frozenset[str]:
        """The measures that the rules ask for."""
        return frozenset(
            shown.measure
            for problem in self.problems
            for shown in (problem.shown_by, *(cause.shown_by for cause in problem.causes))
        )


def read_rules(path: str | Path | None = None) -> Rules:
    """The rules of a YAML file, or those that come with the library.

    Raises ``RulesInvalidError`` with the place and what is wrong there.
    """
    try:
        found = Path(path) if path else resources.files(__package__).joinpath("rules.yaml")
        data = yaml.safe_load(found.read_text(encoding="utf-8"))
    except OSError as error:
        raise RulesInvalidError(field=str(path), value=error.strerror) from error
    except UnicodeDecodeError as error:
        raise RulesInvalidError(field=str(path), value="not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else str(path)
        raise RulesInvalidError(field=line, value=getattr(error, "problem", "no YAML")) from error
    return rules_of(data)


def rules_of(data: Any) -> Rules:
    """Rules out of plain values as YAML gives them. Raises ``RulesInvalidError``."""
    top = _Part(data, "")
    problems = tuple(map(_problem, top.parts("problems")))
    ids = [problem.id for problem in problems]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise RulesInvalidError(field="problems", value=f"{twice} comes twice")
    version = top.get("version", int)
    return Rules(version=version, problems=problems)


def _problem(part: "_Part") -> Problem:
    return Problem(
        id=part.get("id", str),
        words=_words(part),
        source=_claim(part.part("source")),
        shown_by=_bound(part.part("shown_by")),
        causes=tuple(map(_cause, part.parts("causes"))),
    )


def _cause(part: "_Part") -> Cause:
    return Cause(
        id=part.get("id", str),
        words=_words(part),
        shown_by=_bound(part.part("shown_by")),
        refuted_by=_words(part.part("refuted_by")),
        countermeasures=tuple(map(_countermeasure, part.parts("countermeasures"))),
    )


def _countermeasure(part: "_Part") -> Countermeasure:
    under = part.get("under", str)
    if under not in HEADS:
        raise RulesInvalidError(field=f"{part.place}.under", value=under)
    return Countermeasure(under=under, words=_words(part), source=_claim(part.part("source")))


def _words(part: "_Part") -> Words:
    return Words(en=part.get("en", str), zh=part.get("zh", str))


def _claim(part: "_Part") -> Claim:
    return Claim(text=part.get("text", str), words=part.get("words", str))


def _bound(part: "_Part") -> Bound:
    sides = {side: part.number(side) for side in ("below", "above") if side in part.held}
    if len(sides) != 1:
        raise RulesInvalidError(field=part.place, value="below or above, one of the two")
    return Bound(measure=part.get("measure", str), **sides)


@dataclass(frozen=True, slots=True)
class _Part:
    """A mapping in the file, and where it stands."""

    value: Any
    place: str

    @property
    def held(self) -> Mapping[str, Any]:
        if not isinstance(self.value, Mapping):
            raise RulesInvalidError(field=self.place or "the top", value="no mapping")
        return self.value

    def get(self, key: str, type_: type[_T]) -> _T:
        """What stands under the key; refused where it is not there or of another type."""
        found = self.held.get(key)
        if not isinstance(found, type_) or isinstance(found, bool) or found == "":
            raise RulesInvalidError(field=self._at(key), value=f"must be {type_.__name__}")
        return found

    def number(self, key: str) -> float:
        """A number under the key."""
        found = self.held.get(key)
        if not isinstance(found, int | float) or isinstance(found, bool):
            raise RulesInvalidError(field=self._at(key), value="must be a number")
        return float(found)

    def part(self, key: str) -> "_Part":
        """The mapping under the key."""
        return _Part(self.held.get(key), self._at(key))

    def parts(self, key: str) -> list["_Part"]:
        """The mappings in the list under the key, at least one."""
        found = self.get(key, list)
        if not found:
            raise RulesInvalidError(field=self._at(key), value="is empty")
        return [_Part(one, f"{self._at(key)}[{place}]") for place, one in enumerate(found)]

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key
