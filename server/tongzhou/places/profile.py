"""The census figures of an area as rows of a table, with what changed between the two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Sentence

#: Key in the profile (without the year), its name, and the decimals shown. Percent and
#: ratios are kept as they stand in the source.
FIGURES: Final[tuple[tuple[str, Sentence, int], ...]] = (
    ("popu", _("Population"), 0),
    ("popu_urban", _("in towns"), 0),
    ("popu_rural", _("in the country"), 0),
    ("household", _("Persons per household"), 2),
    ("male_female", _("Men per 100 women"), 1),
    ("age_0_14", _("Aged 0–14, %"), 1),
    ("age_15_59", _("Aged 15–59, %"), 1),
    ("age_60", _("Aged 60 and over, %"), 1),
    ("age_65", _("Aged 65 and over, %"), 1),
)
YEARS: Final = (2010, 2020)


@dataclass(frozen=True)
class Row:
    """One figure in both censuses; None where it is missing."""

    label: Sentence
    decimals: int
    first: float | None
    second: float | None

    @property
    def first_written(self) -> str:
        """The earlier figure with its decimals and its digits in groups."""
        return self._written(self.first)

    @property
    def second_written(self) -> str:
        """The later figure, alike."""
        return self._written(self.second)

    def _written(self, value: float | None) -> str:
        return "–" if value is None else f"{value:,.{self.decimals}f}"


def rows(profile: Mapping[str, Any]) -> list[Row]:
    """The figures that the profile has in at least one year."""
    found = []
    for key, label, decimals in FIGURES:
        values = [profile.get(f"{key}_{year}") for year in YEARS]
        if any(value is not None for value in values):
            found.append(Row(label, decimals, *values))
    return found
