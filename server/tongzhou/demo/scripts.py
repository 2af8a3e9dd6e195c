"""Stories of the command layer, written down step by step: ``scenario/scripts/*.yaml``.

A row is one act: when (``at`` a time of 2020, or ``ago`` hours before the present), by whom (the
code of a unit, whose spokesperson acts, or ``user@unit``), which, and with what. Tags name what
is no plain text: ``!unit hz-health``, ``!signal first``, ``!in 36`` (hours after the act),
``!at 02-01 09:00``, ``!hours 2`` (a length), ``!area beishan``,
``!file "name.csv|text"``, ``!cite "finding:key"``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from tongzhou.demo.scenario import Scenario, code_of
from tongzhou.demo.season import moment
from tongzhou.demo.steps import FileOf, Ref, Step, Value, area

_FOLDER: Final = Path(__file__).parent / "scenario" / "scripts"
_OWN: Final = frozenset({"at", "ago", "by", "act", "makes"})


@dataclass(frozen=True)
class _In:
    """So many hours after the act."""

    hours: float


class _Loader(yaml.SafeLoader):
    """Knows the tags."""


def _tagged(loader: yaml.Loader, tag: str, node: yaml.Node) -> object:
    text = str(loader.construct_scalar(node))  # type: ignore[arg-type]
    match tag:
        case "in":
            return _In(float(text))
        case "at":
            return moment(text)
        case "hours":
            return timedelta(hours=float(text))
        case "area":
            return area(code_of(text))
        case "file":
            name, _, content = text.partition("|")
            return FileOf(name, content.replace("\\n", "\n"))
        case _:
            return Ref(tag, text)


_Loader.add_multi_constructor("!", _tagged)


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a script. Raises FileNotFoundError, yaml.YAMLError."""
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=_Loader))  # noqa: S506 – a SafeLoader with tags for text


def script(scenario: Scenario, name: str, *, now: datetime | None = None) -> Iterator[Step]:
    """The steps of a script, in the order of the file. ``now``: the present, for scripts that
    count back from it."""
    for row in rows(name):
        if now is not None and "ago" in row:
            at = now.replace(microsecond=0) - timedelta(hours=float(row["ago"]))
        else:
            at = moment(row["at"])
        if None in row.values():
            raise ValueError(f"{name}.yaml: quote what holds a comma: {row}")
        args = {key: _value(given, at) for key, given in row.items() if key not in _OWN}
        yield Step(at, row["act"], _post(scenario, row.get("by", "")), args, row.get("makes", ""))


def _post(scenario: Scenario, by: str) -> str:
    return by if "@" in by or not by else scenario.units[by].spokesperson().post


def _value(given: Any, at: datetime) -> Value:
    match given:
        case _In():
            return at + timedelta(hours=given.hours)
        case list():
            return tuple(_value(each, at) for each in given)
        case Mapping():
            raise ValueError(f"an act takes no mapping: {given}")
        case _:
            found: Value = given
            return found
