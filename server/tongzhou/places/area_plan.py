"""What an import would change: the rows of the files held against the areas there are.

Pure: it reads no database and writes nothing, so a dry run shows just what a run does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.places.actions.create_area import AreaCodeMalformed
from tongzhou.places.area_rows import Contents, Division, Figures, Shape
from tongzhou.places.english_names import english_name
from tongzhou.places.models import Level
from tongzhou.places.profile import YEARS
from tongzhou.places.queries import AreaUnknown

_LONGEST_NAME: Final = 200
_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
#: The statistics bureau's codes tell the level by their length.
_LEVELS: Final = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.DISTRICT, 9: Level.STREET,
                  12: Level.COMMUNITY}  # fmt: skip
_KNOWN_LEVELS: Final = frozenset(Level.values)
#: Rows that are no cities but hold what a province governs directly.
_GATHERING: Final[Mapping[str, str]] = {
    "市辖区": "districts",
    "县": "counties",
    "省直辖县级行政区划": "directly administered",
    "自治区直辖县级行政区划": "directly administered",
}


class CodeMalformed(AreaCodeMalformed):
    """A code that could not stand in an address or a path."""

    message = _("“%(value)s” is not a code of an area.")


class NameMissing(Invalid):
    """An area without a name."""

    code = "name-missing"
    message = _("The area %(value)s has no name.")


class LevelUnknown(Invalid):
    """A level that cannot be told."""

    code = "level-unknown"
    message = _("The level of %(value)s can be told neither from its code nor from the row.")


class CodeTwice(Invalid):
    """Two rows with one code."""

    code = "code-twice"
    message = _("%(value)s stands in row %(first)s already.")


class ParentUnknown(Invalid):
    """An area that lies in one that is neither in the files nor here."""

    code = "parent-unknown"
    message = _("%(value)s lies in %(parent)s, which is neither in the files nor here.")


class ParentCircle(Invalid):
    """Areas that lie in each other."""

    code = "parent-circle"
    message = _("%(value)s lies in itself, through %(parent)s.")


class AreaMoved(Invalid):
    """An area that lies elsewhere in the files than here."""

    code = "area-moved"
    message = _("%(value)s lies in %(parent)s here, and elsewhere in the file.")


class AreaNotHere(AreaUnknown):
    """Figures or a boundary of an area that is neither in the files nor here."""

    message = _("There is no area with the code %(value)s. Import the divisions too.")


class NameMalformed(Invalid):
    """A name with signs that no name has."""

    code = "name-malformed"
    message = _("The name of %(value)s is longer than 200 signs or holds control characters.")


@dataclass
class Known:
    """An area as it is here, or as it is going to be."""

    code: str
    name_zh: str
    name_en: str
    level: str
    path: str
    population: int | None = None
    lon: float | None = None
    lat: float | None = None
    profile: dict[str, Any] = field(default_factory=dict)
    boundary: Any = None
    source: str = ""

    @property
    def parent(self) -> str:
        """The code of the area above; "" for a root."""
        line = self.path.rstrip("/").split("/")
        return line[-2] if len(line) > 1 else ""


@dataclass
class Plan:
    """New and changed areas by code, the new ones with parents before children."""

    created: dict[str, Known] = field(default_factory=dict)
    updated: dict[str, Known] = field(default_factory=dict)
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    #: Rows of elsewhere, left out by ``within``.
    elsewhere: int = 0
    #: Code of the area of ``within``; "" where there is none such.
    within: str = ""


def make_plan(
    contents: Contents, known: Mapping[str, Known], *, within: str = "", source: str = ""
) -> Plan:
    """Holds what the files say against ``known`` (all areas, by code). ``within``: only the
    area of this code and what lies inside it. ``source`` is noted where a figure comes in."""
    return _Planner(contents, known, within=within, source=source).plan


class _Planner:
    def __init__(
        self, contents: Contents, known: Mapping[str, Known], *, within: str, source: str
    ) -> None:
        self.plan = Plan(refusals=list(contents.refusals))
        self._known = known
        self._within = within
        self._source = source
        self._root = next(
            (a.code for a in known.values() if a.level == Level.NATION and not a.parent), ""
        )
        self._touched: dict[str, Known] = {}
        rows = self._valid(contents.divisions)
        for code in _parents_first(rows, self._refuse):
            self._division(rows[code])
        if within:
            found = self._of_padded(within)
            self.plan.within = found.code if found else ""
            self._within = self.plan.within or within
        for figures in contents.figures:
            self._figures(figures)
        self._sum_up()
        for shape in contents.shapes:
            self._shape(shape)
        self._sort_out()

    def _refuse(self, refusal: Refusal) -> None:
        self.plan.refusals.append(refusal)

    def _valid(self, divisions: Iterable[Division]) -> dict[str, Division]:
        rows: dict[str, Division] = {}
        for row in divisions:
            where: dict[str, Any] = {"row": row.row, "file": row.file, "value": row.code[:40]}
            if not _CODE.fullmatch(row.code):
                self._refuse(CodeMalformed(field="code", **where))
            elif not row.name_zh:
                self._refuse(NameMissing(field="name", **where))
            elif not (_is_name(row.name_zh) and _is_name(row.name_en)):
                self._refuse(NameMalformed(field="name", **where))
            elif row.code in rows:
                self._refuse(CodeTwice(field="code", first=rows[row.code].row, **where))
            elif not _level(row):
                self._refuse(LevelUnknown(field="level", **where))
            else:
                rows[row.code] = row
        return rows

    def _division(self, row: Division) -> None:
        where: dict[str, Any] = {"row": row.row, "file": row.file, "value": row.code}
        parent = row.parent or ("" if row.code == self._root else self._root)
        above = self._find(parent) if parent else None
        if parent and above is None:
            self._refuse(ParentUnknown(field="parent", parent=parent[:40], **where))
            return
        path = f"{above.path if above else ''}{row.code}/"
        here = self._find(row.code)
        if here is not None and row.parent and here.path != path:
            self._refuse(AreaMoved(field="parent", parent=here.parent or "–", **where))
            return
        if here is None:
            name_zh, name_en = self._names(row, above)
            self._touched[row.code] = Known(
                row.code, name_zh, name_en, _level(row), path, source=self._source
            )
        else:
            self._touched[row.code] = here
            if row.name_zh not in _GATHERING:
                here.name_zh = row.name_zh
            # A name that somebody wrote by hand is better than one made from the pinyin.
            here.name_en = row.name_en or here.name_en or self._names(row, above)[1]
        self._put(self._touched[row.code], row.population, row.lon, row.lat)

    def _names(self, row: Division, above: Known | None) -> tuple[str, str]:
        kind = _GATHERING.get(row.name_zh)
        if kind is not None and above is not None:
            return f"{above.name_zh}（{row.name_zh}）", f"{above.name_en} ({kind})"
        return row.name_zh, row.name_en or english_name(row.name_zh, _level(row))

    def _figures(self, row: Figures) -> None:
        area = self._of_padded(row.code)
        if area is None and row.code.endswith("0000") and row.name_zh:
            # The divisions leave out Hong Kong and Macao, the census has them.
            new = Division(row.file, row.row, row.code[:2], row.name_zh)
            for division in self._valid([new]).values():
                self._division(division)
            area = self._of_padded(row.code)
        if area is None:
            self._not_here(row, "city_code")
            return
        self._touch(area)
        area.profile = {**area.profile, **row.profile}
        self._put(area, row.population, row.lon, row.lat)

    def _put(
        self, area: Known, population: int | None, lon: float | None, lat: float | None
    ) -> None:
        area.population = population if population is not None else area.population
        if lon is not None and lat is not None:
            area.lon, area.lat = lon, lat

    def _sum_up(self) -> None:
        """The figures of a province are the sum of those of the areas inside that have any;
        what lies inside such an area is in its figure already."""
        everywhere = {**self._known, **self._touched}
        concerned = {
            code
            for area in self._touched.values()
            if area.profile
            for code in area.path.split("/")
            if code in everywhere and everywhere[code].level == Level.PROVINCE
        }
        sums: dict[str, dict[str, float]] = {code: {} for code in concerned}
        for area in everywhere.values():
            above = area.path.split("/")[:-2]
            province = next((code for code in above if code in concerned), None)
            if province is None or not area.profile:
                continue
            between = above[above.index(province) + 1 :]
            if any(everywhere[code].profile for code in between):
                continue
            for key, value in area.profile.items():
                if key.startswith("popu"):
                    sums[province][key] = sums[province].get(key, 0) + value
        for code, total in sums.items():
            if total:
                province_area = self._find(code)
                assert province_area is not None
                self._touch(province_area)
                province_area.profile = {**province_area.profile, **total}
                population = total.get(f"popu_{YEARS[-1]}")
                province_area.population = None if population is None else round(population)

    def _shape(self, row: Shape) -> None:
        area = self._of_padded(row.code)
        if area is None:
            self._not_here(row, "code")
            return
        self._touch(area)
        area.boundary = row.geometry

    def _not_here(self, row: Figures | Shape, field: str) -> None:
        """Figures or a boundary of an area that nobody knows: wrong, unless its code tells
        that it lies elsewhere (those of the nation's areas do, one's own codes need not)."""
        if self._within.isdigit() and not row.code.startswith(self._within):
            self.plan.elsewhere += 1
            return
        self._refuse(AreaNotHere(field=field, row=row.row, file=row.file, value=row.code[:40]))

    def _of_padded(self, code: str) -> Known | None:
        """The area of a code that may be padded with zeros to six digits: "330100" is the
        city 3301; "441900" is the city 4419 although a district is numbered so too."""
        shorter = [code[:-4]] if code.endswith("0000") else []
        shorter += [code[:-2]] if code.endswith("00") else []
        for candidate in (*shorter, code):
            found = self._find(candidate)
            if found is not None:
                return found
        return None

    def _find(self, code: str) -> Known | None:
        return self._touched.get(code) or self._copy_of(code)

    def _copy_of(self, code: str) -> Known | None:
        here = self._known.get(code)
        return None if here is None else Known(**vars(here))

    def _touch(self, area: Known) -> None:
        self._touched.setdefault(area.code, area)

    def _sort_out(self) -> None:
        for code, area in sorted(self._touched.items(), key=lambda item: item[1].path.count("/")):
            here = self._known.get(code)
            if not self._is_within(area):
                self.plan.elsewhere += 1
            elif here is None:
                self.plan.created[code] = area
            elif vars(area) != vars(here):
                area.source = self._source or area.source
                self.plan.updated[code] = area
            else:
                self.plan.unchanged += 1

    def _is_within(self, area: Known) -> bool:
        """Inside the area of ``within``, that area itself, or one around it that is new."""
        if not self._within or self._within in area.path.rstrip("/").split("/"):
            return True
        wanted = self._find(self._within)
        around = wanted is not None and wanted.path.startswith(area.path)
        return around and area.code not in self._known


def _level(row: Division) -> str:
    if row.level in _KNOWN_LEVELS:
        return row.level
    if row.level or not row.code.isdigit():
        return ""
    return _LEVELS.get(len(row.code), Level.GRID if len(row.code) > 12 else "")


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and (text.isprintable() or not text)


def _parents_first(rows: Mapping[str, Division], refuse: Any) -> Sequence[str]:
    """The codes, each behind that of its parent; a circle is refused and left out."""
    order: list[str] = []
    state: dict[str, int] = {}
    for start in rows:
        way: list[str] = []
        code = start
        while code in rows and code not in state:
            state[code] = 1
            way.append(code)
            code = rows[code].parent
        if code in rows and state.get(code) == 1:
            circle = way[way.index(code) :]
            for member in circle:
                row = rows[member]
                refuse(
                    ParentCircle(
                        field="parent", row=row.row, file=row.file, value=member, parent=row.parent
                    )
                )
            way = way[: way.index(code)]
            for member in circle:
                state[member] = 2
        for member in reversed(way):
            state[member] = 2
            order.append(member)
    return order
