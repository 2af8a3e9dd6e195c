"""Which columns of a log hold what, and what is asked of it."""

from dataclasses import dataclass
from enum import StrEnum

from actscope.acts.schema import Column, Type
from actscope.results import Result


class Measure(StrEnum):
    """What one pass can find."""

    HAND_OVERS = "hand_overs"
    FOLLOWS = "follows"
    TIES = "ties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Result):
    """The names of the columns. Cases of different ``case_kind`` are different cases.
    ``kinds_only``: an act whose ``kind`` is empty is not collaboration and is set aside. Ties need
    ``partners`` (a list), and ``phase`` where there are phases."""

    case: str
    at: str
    unit: str
    case_kind: str | None = None
    kind: str | None = None
    partners: str | None = None
    phase: str | None = None
    kinds_only: bool = False

    def columns(self, measures: frozenset[Measure]) -> dict[str, Column]:
        """The columns that the measures read, by what they hold."""
        steps = bool(measures & {Measure.HAND_OVERS, Measure.FOLLOWS})
        ties = Measure.TIES in measures
        wanted: list[tuple[str, str | None, Type, bool]] = [
            ("case", self.case, "text", steps),
            ("case_kind", self.case_kind, "text", steps),
            ("at", self.at, "time", steps),
            ("unit", self.unit, "text", True),
            ("kind", self.kind, "text", self.kinds_only or Measure.FOLLOWS in measures),
            ("partners", self.partners, "texts", ties),
            ("phase", self.phase, "text", ties),
        ]
        return {
            role: Column(name=name, type=type_, en=role, zh=role, required=True)
            for role, name, type_, needed in wanted
            if needed and name
        }


ACTS_LAYOUT = Layout(
    case="about_id",
    case_kind="about_kind",
    at="at",
    unit="by_unit",
    kind="kind",
    partners="with_units",
    phase="phase",
    kinds_only=True,
)
"""The layout of a table of acts."""

EVERYTHING = frozenset(Measure)
