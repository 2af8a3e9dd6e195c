"""Kinds of values that requests and answers on duties share."""

from typing import Annotated, Literal

from pydantic import Field

PartName = Literal["accountable", "responsible", "consulted", "informed"]
MeansName = Literal["power", "people", "money", "supplies"]
SideName = Literal[
    "leadership", "government", "consultation", "society", "public", "law", "technology"
]
PhaseName = Literal["prepare", "watch", "respond", "sustain", "recover"]
GradeName = Literal["", "I", "II", "III", "IV"]
Words = Annotated[str, Field(max_length=1_000)]
Why = Annotated[str, Field(min_length=1, max_length=4_000)]
Said = Annotated[str, Field(max_length=4_000)]
DutyCode = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[-a-z0-9_A-Z]+$")]
