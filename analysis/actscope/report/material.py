"""What a report is made from, and how it speaks."""

from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa


@dataclass(frozen=True)
class Material:
    """``acts``: a table of acts; ``actors``: of units, for names and sectors; ``plan``: planned
    ties; ``cases``: open and closed cases. ``language``: ``en`` or ``zh``. ``zone``: in which
    days begin. ``seed``: of whatever is drawn."""

    acts: pa.Table
    actors: pa.Table | None = None
    plan: pa.Table | None = None
    cases: pa.Table | None = None
    language: str = "en"
    zone: str = "UTC"
    seed: int = 1

    def say(self, en: str, zh: str) -> str:
        """The one of the two that the report speaks."""
        return zh if self.language == "zh" else en

    @cached_property
    def names(self) -> dict[str, str]:
        """What each unit is called, where the table of actors says so."""
        if self.actors is None:
            return {}
        column = "name_zh" if self.language == "zh" else "name_en"
        if column not in self.actors.column_names:
            return {}
        units, called = self.actors["unit"].to_pylist(), self.actors[column].to_pylist()
        return {unit: name for unit, name in zip(units, called, strict=True) if name}

    def name(self, unit: str) -> str:
        """What a unit is called; else its id."""
        return self.names.get(unit, unit)

    @cached_property
    def groups(self) -> dict[str, str]:
        """The sector of each unit."""
        if self.actors is None or "sector" not in self.actors.column_names:
            return {}
        units, sectors = self.actors["unit"].to_pylist(), self.actors["sector"].to_pylist()
        return {unit: sector or "" for unit, sector in zip(units, sectors, strict=True)}
