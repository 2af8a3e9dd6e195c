"""Rules about who must not be charged or tasked, from the library's version in force."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Rule:
    """A rule that forbids something, as it is told to people: its words, where it stands,
    and since when it is in force."""

    key: str
    text: str
    source: str
    url: str
    valid_from: date | None
