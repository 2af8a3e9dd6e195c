"""Importing areas from files: ``tongzhou import areas``.

One act in the ledger per import, with its counts; all rows in two statements. An import with
a refused row writes nothing, unless it is told to leave such rows out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid, NotAllowed, Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places import area_rows
from tongzhou.places.acts import AREAS_IMPORTED
from tongzhou.places.area_plan import Known, Plan, make_plan
from tongzhou.places.models import Area
from tongzhou.places.names import search_text
from tongzhou.places.permissions import AREA_EDIT, Editor, signature

# Held to the end of the transaction, so that two imports do not plan on the same areas.
_IMPORTS = 7_305_002
_COLUMNS = (
    "id, code, name_zh, name_en, level, parent_id, path, population, lon, lat, profile, "
    "boundary, source, search"
)
_UPDATE = """
UPDATE places_area AS a SET name_zh = n.name_zh, name_en = n.name_en,
    population = n.population, lon = n.lon, lat = n.lat, profile = n.profile::jsonb,
    boundary = n.boundary::jsonb, source = n.source, search = n.search
FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::float8[], %s::float8[],
    %s::text[], %s::text[], %s::text[], %s::text[])
    AS n(code, name_zh, name_en, population, lon, lat, profile, boundary, source, search)
WHERE a.code = n.code
"""


class UnknownWithin(Invalid):
    """``within`` names an area that is neither here nor in the files."""

    code = "within-unknown"
    message = _("There is no area with the code %(value)s, neither here nor in the files.")


class OutsideYours(NotAllowed):
    """An area that the importing post does not answer for."""

    code = "area-outside-yours"
    message = _("%(value)s lies outside of your area, so you cannot import it.")


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do.

    ``rows`` were read, ``elsewhere`` is the number of areas left out by ``within``;
    ``errors`` name file, row, field and reason; ``unknown_columns`` and ``ignored`` files
    (in a folder) were not used. ``written`` tells whether anything was stored."""

    rows: int
    created: int
    updated: int
    unchanged: int
    elsewhere: int
    errors: Sequence[Refusal]
    unknown_columns: Sequence[str]
    ignored: Sequence[str]
    dry_run: bool
    written: bool


def import_areas(
    paths: Sequence[Path],
    *,
    by: Editor | None,
    at: datetime,
    dry_run: bool = False,
    within: str = "",
    skip_bad: bool = False,
    source: str = "",
) -> ImportReport:
    """Reads files and folders of divisions, census figures and boundaries together, and
    adds or updates areas. ``within``: only the area of this code and what lies inside it.
    ``skip_bad``: refused rows are left out instead of stopping the import. ``source``:
    where the data come from (default: the names of the files).

    ``by`` None is the command line. Raises NotAllowed, OSError.
    """
    if by is not None and not by.holds(AREA_EDIT):
        raise NotAllowed(permission=by.said(AREA_EDIT))
    contents = area_rows.read(paths)
    noted = source or ", ".join(dict.fromkeys(path.name for path in paths))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORTS])
        known = _known()
        plan = make_plan(contents, known, within=within, source=noted)
        errors = [*plan.refusals, *_outside(plan, by)]
        if within and not plan.within:
            # First: what else is wrong may come from it.
            errors.insert(0, UnknownWithin(field="within", value=within[:40]))
        write = bool(plan.created or plan.updated) and not dry_run
        write = write and (not errors or skip_bad)
        if write:
            _insert(plan.created.values())
            _update(plan.updated.values())
            _record(plan, errors=len(errors), by=by, at=at)
    return ImportReport(
        rows=contents.rows,
        created=len(plan.created),
        updated=len(plan.updated),
        unchanged=plan.unchanged,
        elsewhere=plan.elsewhere,
        errors=errors,
        unknown_columns=contents.unknown_columns,
        ignored=contents.ignored,
        dry_run=dry_run,
        written=write,
    )


def _known() -> Mapping[str, Known]:
    fields = (
        "code", "name_zh", "name_en", "level", "path", "population", "lon", "lat", "profile",
        "boundary", "source",
    )  # fmt: skip
    return {row[0]: Known(*row) for row in Area.objects.values_list(*fields)}


def _outside(plan: Plan, by: Editor | None) -> list[Refusal]:
    """Areas that a post may not touch; they are taken out of the plan."""
    if by is None:
        return []
    refused: list[Refusal] = []
    for changes in (plan.created, plan.updated):
        for code, area in list(changes.items()):
            if not by.answers_for(Area(code=code, path=area.path)):
                del changes[code]
                refused.append(OutsideYours(field="code", value=code))
    return refused


def _insert(areas: Iterable[Known]) -> None:
    ids: dict[str, UUID] = {}
    with connection.cursor() as cursor:
        parents = {a.parent for a in areas}
        cursor.execute("SELECT code, id FROM places_area WHERE code = ANY(%s)", [list(parents)])
        ids.update(cursor.fetchall())
        with cursor.copy(f"COPY places_area ({_COLUMNS}) FROM STDIN") as copy:
            for area in areas:
                ids[area.code] = new_id()
                copy.write_row(
                    (
                        ids[area.code],
                        area.code,
                        area.name_zh,
                        area.name_en,
                        area.level,
                        ids.get(area.parent),
                        area.path,
                        area.population,
                        area.lon,
                        area.lat,
                        _json(area.profile),
                        _json(area.boundary) if area.boundary is not None else None,
                        area.source,
                        search_text(area.name_zh, area.name_en),
                    )
                )


def _update(areas: Iterable[Known]) -> None:
    rows = [
        (
            area.code,
            area.name_zh,
            area.name_en,
            area.population,
            area.lon,
            area.lat,
            _json(area.profile),
            _json(area.boundary) if area.boundary is not None else None,
            area.source,
            search_text(area.name_zh, area.name_en),
        )
        for area in areas
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _record(plan: Plan, *, errors: int, by: Editor | None, at: datetime) -> None:
    append(
        AREAS_IMPORTED,
        at=at,
        about=("area_import", new_id()),
        **signature(by),
        data={
            "created": len(plan.created),
            "updated": len(plan.updated),
            "unchanged": plan.unchanged,
            "left_out": errors,
        },
    )
