"""Reading files about areas: divisions, census figures, boundaries. What a file holds is told
from its content, not from its name.

Every reader gives rows and refusals with file, row and field; it never stops at the first.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeGuard

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.places.actions.create_area import (
    MOST_PEOPLE,
    PopulationImpossible,
    PositionImpossible,
)
from tongzhou.places.profile import FIGURES, YEARS

LARGEST_FILE: Final = 256 * 1024 * 1024
_PARQUET: Final = b"PAR1"
#: Columns of a file of divisions, and what each holds.
_DIVISIONS: Final[Mapping[str, str]] = {
    "code": "code",
    "name": "name_zh",
    "name_zh": "name_zh",
    "name_en": "name_en",
    "level": "level",
    "parent": "parent",
    "areaCode": "parent",
    "cityCode": "parent",
    "provinceCode": "parent",
    "population": "population",
    "lon": "lon",
    "lat": "lat",
}
#: Of several columns that name an area above, the nearest one counts.
_NEAREST: Final = ("parent", "areaCode", "cityCode", "provinceCode")
_CENSUS: Final = {f"{key}_{year}" for key, _label, _places in FIGURES for year in YEARS}
_CENSUS_OTHER: Final = {
    "city", "city_code", "province", "province_code", "centroid_lon", "centroid_lat",
}  # fmt: skip
_SHAPE_CODES: Final = ("city_code", "province_code", "adcode", "code")


class FileNotText(Invalid):
    """Bytes that are not UTF-8."""

    code = "not-utf-8"
    message = _("%(file)s is not UTF-8 text from byte %(byte)s on. Save it as UTF-8.")


class FileTooLarge(Invalid):
    """More than is read at once."""

    code = "area-file-too-large"
    message = _("%(file)s is larger than %(most)s MB.")


class FileUnknown(Invalid):
    """A file that holds none of what is understood."""

    code = "unknown-file"
    message = _(
        "%(file)s holds no areas: a table with the columns code and name, a census table with "
        "city_code, or GeoJSON is expected."
    )


class FileBroken(Invalid):
    """A file that begins well and cannot be read to its end."""

    code = "file-broken"
    message = _("%(file)s cannot be read: %(reason)s")


class RowWidth(Invalid):
    """A row with more or fewer cells than the header."""

    code = "row-width"
    message = _("The row has %(found)s cells, the header %(expected)s.")


class ColumnTwice(Invalid):
    """A header that names a column twice."""

    code = "column-twice"
    message = _("The column “%(name)s” stands twice in the header.")


class NotANumber(Invalid):
    """A cell that should hold a number."""

    code = "not-a-number"
    message = _("“%(value)s” is not a number.")


class NegativePopulation(Invalid):
    """Fewer than no people."""

    code = "negative-population"
    message = _("A population of %(value)s cannot be.")


class ShapeBroken(Invalid):
    """A feature that is no area with a boundary."""

    code = "shape-broken"
    message = _("This feature has no code or no polygon.")


@dataclass(frozen=True)
class Division:
    """One row of a file of divisions, as it stands there."""

    file: str
    row: int
    code: str
    name_zh: str
    name_en: str = ""
    level: str = ""
    parent: str = ""
    population: int | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Figures:
    """The census figures of one area; ``code`` is of six digits, as the census writes it."""

    file: str
    row: int
    code: str
    name_zh: str
    profile: Mapping[str, float]
    lon: float | None
    lat: float | None

    @property
    def population(self) -> int | None:
        """Persons in the later census; None where it is missing."""
        value = self.profile.get(f"popu_{YEARS[-1]}")
        return None if value is None else round(value)


@dataclass(frozen=True)
class Shape:
    """The boundary of one area, as GeoJSON geometry."""

    file: str
    row: int
    code: str
    geometry: Mapping[str, Any]


@dataclass
class Contents:
    """What some files hold, and what was wrong with them."""

    divisions: list[Division] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    #: "file: column" of columns that nobody knows.
    unknown_columns: list[str] = field(default_factory=list)
    #: Files in a folder that hold no areas.
    ignored: list[str] = field(default_factory=list)
    rows: int = 0


def read(paths: Sequence[Path]) -> Contents:
    """Reads files, and all files of folders (not of folders inside them). Raises OSError
    where one cannot be opened."""
    found = Contents()
    for path in paths:
        if path.is_dir():
            _read_folder(path, found)
        else:
            _read_file(path, found, asked_for=True)
    return found


def _read_folder(path: Path, found: Contents) -> None:
    before = found.rows, len(found.refusals)
    for inside in sorted(path.iterdir()):
        if inside.is_dir():
            found.ignored.append(f"{inside.name}/")
        else:
            _read_file(inside, found, asked_for=False)
    if (found.rows, len(found.refusals)) == before:
        found.refusals.append(FileUnknown(file=f"{path.name}/"))


def _read_file(path: Path, found: Contents, *, asked_for: bool) -> None:
    name = path.name
    if path.stat().st_size > LARGEST_FILE:
        found.refusals.append(FileTooLarge(file=name, most=LARGEST_FILE // 2**20))
        return
    content = path.read_bytes()
    understood = True
    try:
        if content.startswith(_PARQUET):
            table = pq.read_table(io.BytesIO(content))
            rows = [_as_text(row) for row in table.to_pylist()]
            understood = _table(name, table.column_names, enumerate(rows, 1), found)
        elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            understood = _geojson(name, content, found)
        else:
            understood = _csv(name, content, found)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, orjson.JSONDecodeError) as error:
        found.refusals.append(FileBroken(file=name, reason=str(error)[:200]))
    except UnicodeDecodeError as error:
        refusal = FileNotText(row=_line_of(content, error.start), file=name, byte=error.start)
        found.refusals.append(refusal)
    if not understood and asked_for:
        found.refusals.append(FileUnknown(file=name))
    elif not understood:
        found.ignored.append(name)


def _line_of(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _as_text(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in row.items()}


def _csv(name: str, content: bytes, found: Contents) -> bool:
    first_line = content.split(b"\n", 1)[0]
    if b"code" not in first_line:
        return False
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        twice = next((cell for cell in header if header.count(cell) > 1), None)
        if twice is not None:
            found.refusals.append(ColumnTwice(row=1, field=twice, file=name, name=twice))
            return True
        return _table(name, header, _csv_rows(name, header, reader, found), found)
    except csv.Error as error:
        found.refusals.append(FileBroken(row=reader.line_num, file=name, reason=str(error)))
        return True


def _csv_rows(
    name: str, header: Sequence[str], reader: Any, found: Contents
) -> Iterator[tuple[int, dict[str, str]]]:
    for cells in reader:
        if not cells:
            continue
        if len(cells) != len(header):
            found.rows += 1
            found.refusals.append(
                RowWidth(row=reader.line_num, file=name, found=len(cells), expected=len(header))
            )
            continue
        yield reader.line_num, dict(zip(header, (c.strip() for c in cells), strict=True))


def _table(
    name: str,
    header: Sequence[str],
    rows: Iterator[tuple[int, dict[str, str]]],
    found: Contents,
) -> bool:
    columns = set(header)
    if "city_code" in columns and columns & _CENSUS:
        known, read_row = _CENSUS | _CENSUS_OTHER, _figures
    elif "code" in columns and columns & {"name", "name_zh"}:
        known, read_row = set(_DIVISIONS), _division
    else:
        return False
    found.unknown_columns += [f"{name}: {column}" for column in header if column not in known]
    for number, row in rows:
        found.rows += 1
        read_row(name, number, row, found)
    return True


def _division(name: str, number: int, row: Mapping[str, str], found: Contents) -> None:
    before = len(found.refusals)
    numbers = {
        column: _number(row.get(column, ""), column, name, number, found)
        for column in ("population", "lon", "lat")
    }
    population = numbers["population"]
    _check_population(population, "population", name, number, found)
    _check_position(numbers["lon"], numbers["lat"], name, number, found)
    if len(found.refusals) > before:
        return
    found.divisions.append(
        Division(
            file=name,
            row=number,
            code=row["code"],
            name_zh=row.get("name_zh") or row.get("name") or "",
            name_en=row.get("name_en", ""),
            level=row.get("level", ""),
            parent=next((row[column] for column in _NEAREST if row.get(column)), ""),
            population=None if population is None else round(population),
            lon=numbers["lon"],
            lat=numbers["lat"],
        )
    )


def _figures(name: str, number: int, row: Mapping[str, str], found: Contents) -> None:
    before = len(found.refusals)
    read = {
        column: _number(value, column, name, number, found)
        for column, value in row.items()
        if column in _CENSUS or column in ("centroid_lon", "centroid_lat")
    }
    for column, value in read.items():
        if column.startswith("popu"):
            _check_population(value, column, name, number, found)
    _check_position(read.get("centroid_lon"), read.get("centroid_lat"), name, number, found)
    if len(found.refusals) > before:
        return
    found.figures.append(
        Figures(
            file=name,
            row=number,
            code=row["city_code"],
            name_zh=row.get("city", ""),
            profile={c: v for c, v in read.items() if c in _CENSUS and v is not None},
            lon=read.get("centroid_lon"),
            lat=read.get("centroid_lat"),
        )
    )


def _number(text: str, column: str, name: str, row: int, found: Contents) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        found.refusals.append(NotANumber(field=column, row=row, file=name, value=text[:40]))
        return None
    return value


def _check_population(
    value: float | None, column: str, name: str, row: int, found: Contents
) -> None:
    if value is not None and value < 0:
        found.refusals.append(
            NegativePopulation(field=column, row=row, file=name, value=f"{value:g}")
        )
    elif value is not None and value > MOST_PEOPLE:
        found.refusals.append(
            PopulationImpossible(field=column, row=row, file=name, value=f"{value:g}")
        )


def _check_position(
    lon: float | None, lat: float | None, name: str, row: int, found: Contents
) -> None:
    for field_name, value, bound in (("lon", lon, 180.0), ("lat", lat, 90.0)):
        if value is not None and not -bound <= value <= bound:
            found.refusals.append(PositionImpossible(field=field_name, row=row, file=name))


def _geojson(name: str, content: bytes, found: Contents) -> bool:
    content.decode()
    data = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        return False
    features = data.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else [], 1):
        found.rows += 1
        known = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        code = next(
            (str(known[key]) for key in _SHAPE_CODES if isinstance(known, dict) and known.get(key)),
            "",
        )
        if not code or not _is_polygon(geometry):
            found.refusals.append(ShapeBroken(row=number, file=name))
            continue
        shape = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
        found.shapes.append(Shape(file=name, row=number, code=code, geometry=shape))
    return True


def _is_polygon(geometry: Any) -> TypeGuard[dict[str, Any]]:
    """Polygons are lists of rings."""
    if not isinstance(geometry, dict):
        return False
    depth = {"Polygon": 1, "MultiPolygon": 2}.get(str(geometry.get("type")))
    return depth is not None and _are_rings(geometry.get("coordinates"), depth)


def _are_rings(value: Any, depth: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if depth:
        return all(_are_rings(item, depth - 1) for item in value)
    # Of at least four positions, the last of which is the first (RFC 7946, 3.1.6).
    return len(value) > 3 and all(map(_is_position, value)) and bool(value[0] == value[-1])


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) in (2, 3)
        and all(isinstance(number, int | float) for number in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    )
