"""A folder of public data beside the scenario: the real series of the cities, as each day's
report had them, and divisions, census figures and boundaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.demo.scenario import AreaRow
from tongzhou.demo.steps import Figures
from tongzhou.incidents import counts_file
from tongzhou.kernel.errors import NotFound
from tongzhou.places.models import Level

#: Folders that ``places.importing`` reads, where they are there.
GEO: Final = (Path("geo", "administrative_divisions"), Path("geo", "city_census_2020"))
FILE: Final = Path("epi", "china_city_cases", "cities_5_provinces.csv")


class CountsFileMissing(NotFound):
    """The folder does not hold the series."""

    code = "counts-file-missing"
    message = _("There is no file %(file)s. Give the folder that holds it, or leave --data out.")


@dataclass(frozen=True)
class PublicData:
    """``cities``: cumulative figures of the cities, by day; ``geo``: folders to import."""

    cities: Mapping[date, tuple[Figures, ...]] = field(default_factory=dict)
    geo: tuple[Path, ...] = ()


def read(folder: Path, areas: Mapping[str, AreaRow]) -> PublicData:
    """What the folder holds for the areas of the scenario. Raises CountsFileMissing, and
    what ``counts_file.read`` raises."""
    geo = tuple(folder / path for path in GEO if (folder / path).is_dir())
    return PublicData(cities=_cities(folder, areas), geo=geo)


def _cities(folder: Path, areas: Mapping[str, AreaRow]) -> dict[date, tuple[Figures, ...]]:
    """Rows of other places, and of none (travellers, a prison, "not published"), are left
    out."""
    path = folder / FILE
    if not path.is_file():
        raise CountsFileMissing(file=path)
    with path.open("rb") as file:
        table = counts_file.read(file)
    found: dict[date, list[Figures]] = {}
    for row in table.rows:
        code = row.code[:4] if row.code.endswith("00") else ""
        if code in areas and areas[code].level == Level.CITY:
            figures = Figures(code, row.date, row.confirmed, row.cured, row.dead)
            found.setdefault(row.date, []).append(figures)
    return {day: tuple(sorted(rows)) for day, rows in found.items()}
