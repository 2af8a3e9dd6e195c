"""People and shifts as tables, or refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.allocation.lines import Source
from actscope.errors import InputError


class ShiftEndsFirstError(InputError):
    """A shift that ends before it begins."""

    code = "shift_ends_first"
    en = "Row {row}: the shift “{value}” ends at or before its start."
    zh = "第 {row} 行：班次“{value}”的结束时间不晚于开始时间。"


class ShiftTimesDifferError(InputError):
    """Two rows of one shift with different times."""

    code = "shift_times_differ"
    en = "Row {row}: the shift “{value}” has other times in an earlier row."
    zh = "第 {row} 行：班次“{value}”的时间与前面的行不一致。"


class SkillRepeatedError(InputError):
    """One skill of a shift in two rows."""

    code = "skill_repeated"
    en = "Row {row}: the shift “{value}” asks for “{skill}” in an earlier row."
    zh = "第 {row} 行：班次“{value}”对“{skill}”的要求已在前面的行中出现。"


class NumberNegativeError(InputError):
    """A count below zero."""

    code = "number_negative"
    en = "Row {row}: “{field}” is {value}; it cannot be below 0."
    zh = "第 {row} 行：“{field}”为 {value}，不能小于 0。"


PEOPLE = (
    Column(
        name="id", type="text", en="the person", zh="人员", required=True, filled=True, unique=True
    ),
    Column(name="skills", type="texts", en="what the person can do", zh="技能", required=True),
    Column(name="leads", type="whole", en="1: can lead a team", zh="1：可带队"),
    Column(name="max_shifts", type="whole", en="most shifts; empty: as for all", zh="最多班次"),
)
SHIFTS = (
    Column(name="id", type="text", en="the shift", zh="班次", required=True, filled=True),
    Column(name="start", type="time", en="when it begins", zh="开始", required=True, filled=True),
    Column(name="end", type="time", en="when it ends", zh="结束", required=True, filled=True),
    Column(name="skill", type="text", en="needed", zh="所需技能", required=True, filled=True),
    Column(name="number", type="whole", en="how many", zh="人数", required=True, filled=True),
)


@dataclass(frozen=True, slots=True)
class Person:
    """``most``: shifts at most; ``None``: no limit."""

    id: str
    skills: frozenset[str]
    leads: bool
    most: int | None


@dataclass(frozen=True, slots=True)
class Shift:
    """``needs``: how many people with which skill, by skill."""

    id: str
    start: datetime
    end: datetime
    needs: tuple[tuple[str, int], ...]

    @property
    def members(self) -> int:
        """How many people it needs beside those who lead."""
        return sum(number for _, number in self.needs)

    @property
    def hours(self) -> float:
        """How long it is."""
        return (self.end - self.start).total_seconds() / 3600

    def too_near(self, other: "Shift", rest: timedelta) -> bool:
        """Whether nobody can work in both with ``rest`` between them."""
        return self.start < other.end + rest and other.start < self.end + rest


def read_people(source: Source, *, most: int | None) -> tuple[tuple[Person, ...], bool]:
    """``id,skills[,leads][,max_shifts]``, skills joined by ``;``; and whether anything is said
    about leading. ``most``: the limit of those who have none of their own."""
    table = read_columns(source, {c.name: c for c in PEOPLE}, table="people").table
    _refuse_negative(table, "max_shifts")
    people = tuple(
        Person(
            row["id"],
            frozenset(row["skills"] or ()),
            bool(row.get("leads")),
            most if row.get("max_shifts") is None else row["max_shifts"],
        )
        for row in table.to_pylist()
    )
    return tuple(sorted(people, key=lambda person: person.id)), "leads" in table.column_names


def read_shifts(source: Source, *, zone: str | None) -> tuple[Shift, ...]:
    """``id,start,end,skill,number``, a row for each shift and skill; in order of time."""
    table = read_columns(source, {c.name: c for c in SHIFTS}, table="shifts", zone=zone).table
    _refuse_negative(table, "number")
    found: dict[str, Shift] = {}
    for number, row in enumerate(table.to_pylist(), 1):
        shift = found.get(row["id"]) or Shift(row["id"], row["start"], row["end"], ())
        if row["end"] <= row["start"]:
            raise ShiftEndsFirstError(row=number, value=shift.id)
        if (shift.start, shift.end) != (row["start"], row["end"]):
            raise ShiftTimesDifferError(row=number, value=shift.id)
        if row["skill"] in dict(shift.needs):
            raise SkillRepeatedError(row=number, value=shift.id, skill=row["skill"])
        needs = tuple(sorted((*shift.needs, (row["skill"], row["number"]))))
        found[shift.id] = Shift(shift.id, shift.start, shift.end, needs)
    return tuple(sorted(found.values(), key=lambda shift: (shift.start, shift.end, shift.id)))


def _refuse_negative(table: pa.Table, field: str) -> None:
    if field in table.column_names:
        values = table[field].to_pylist()
        for row in np.flatnonzero([value is not None and value < 0 for value in values]).tolist():
            raise NumberNegativeError(row=row + 1, field=field, value=values[row])
