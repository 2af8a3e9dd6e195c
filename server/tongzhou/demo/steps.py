"""What a plan consists of: one step for each act, with everything named by keys.

A plan holds no object of the database, so that it can be made, compared and tested alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Ref:
    """An object by its kind ("area", "unit", "post", "incident", "group", "decision",
    "measure", "signal", "task", "report", "shift" …) and its key: the code of an area or a
    unit, ``user@unit`` of a post, of others the name that the plan gives them."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a task that is split; ``key`` names the task that it becomes."""

    key: str
    title: str
    lead: str
    due_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Figures:
    """Cumulative counts of an area at the end of a day."""

    area: str
    day: date
    confirmed: int
    cured: int
    dead: int


@dataclass(frozen=True, slots=True)
class FileOf:
    """A text file that is attached to a task."""

    name: str
    text: str


Plain: TypeAlias = str | int | float | bool | datetime | timedelta | None
Named: TypeAlias = Ref | PartOf | Figures | FileOf
Value: TypeAlias = "Plain | Named | tuple[Value, ...]"


@dataclass(frozen=True)
class Step:
    """One act: when (simulated), which, by whose post ("": by nobody), and with what.
    ``makes`` is the key of the object that it makes."""

    at: datetime
    act: str
    by: str = ""
    args: Mapping[str, Value] = field(default_factory=dict)
    makes: str = ""


def unit(code: str) -> Ref:
    """A unit by its code."""
    return Ref("unit", code)


def area(code: str) -> Ref:
    """An area by its code."""
    return Ref("area", code)


def task(key: str) -> Ref:
    """A task by the name that the plan gave it."""
    return Ref("task", key)
