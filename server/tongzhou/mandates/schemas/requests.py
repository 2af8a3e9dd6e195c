"""What acts on duties take."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from tongzhou.kernel.api.values import Code, Input, Line, Moment, left_out
from tongzhou.mandates.schemas.values import (
    DutyCode,
    GradeName,
    MeansName,
    PartName,
    PhaseName,
    Said,
    SideName,
    Why,
    Words,
)
from tongzhou.places.schemas import LevelName


class DutyIn(Input):
    """A new duty."""

    code: DutyCode
    name_zh: Line
    name_en: Line = ""
    side: SideName = "government"
    legal_basis: Words = ""
    source: Words = ""
    needs: Annotated[list[MeansName], Field(max_length=4)] = []
    lowest: LevelName | Literal[""] = ""
    autonomous: bool = False


class DutyChange(Input):
    """The words of a duty as they are to be; what is left out stays."""

    reason: Why
    name_zh: Line = left_out()
    name_en: Line = left_out()
    side: SideName = left_out()
    legal_basis: Words = left_out()
    source: Words = left_out()
    needs: Annotated[list[MeansName], Field(max_length=4)] = left_out()
    lowest: LevelName | Literal[""] = left_out()
    autonomous: bool = left_out()


class DutyReason(Input):
    """Why."""

    reason: Why


class ChargeIn(Input):
    """Who is to take which part; ``area`` left out: the unit's own. No phases or grades: all.
    ``take_over``: from whoever is accountable now, once both consent."""

    unit: Code
    part: PartName
    area: Code | None = None
    phases: Annotated[list[PhaseName], Field(max_length=5)] = []
    grades: Annotated[list[GradeName], Field(max_length=5)] = []
    take_over: bool = False
    due_at: Moment | None = None
    reason: Said = ""


class EndIn(Input):
    """Why a unit is to give up its part."""

    reason: Why
    due_at: Moment | None = None


class MeansIn(Input):
    """A means of a charge."""

    kind: MeansName
    text: Annotated[str, Field(min_length=1, max_length=1_000)]


class DelegateIn(Input):
    """To whom, until when, and what comes along."""

    to: Code
    until: Moment
    area: Code | None = None
    means: Annotated[dict[MeansName, Words], Field(max_length=4)] = {}
    reason: Said = ""


class LayoutIn(Input):
    """Which version of a list, over the units below which one."""

    version: UUID
    top: Code
    dry_run: bool = False
