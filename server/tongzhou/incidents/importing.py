"""Daily counts from a file: every row is recorded, told as skipped, or told as wrong.

The figures are cumulative, as the source has them. Where a series falls, the source took
something back later; the fall is taken off the days before, and both figures are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COUNTS_RECORD
from tongzhou.incidents import counts_file
from tongzhou.incidents.actions.record_counts import (
    CountInFuture,
    CountRow,
    CountTwice,
    Recorded,
    record_counts,
)
from tongzhou.incidents.counts_file import FIGURES, RawRow
from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.places.models import Area, inside


class AreaNotNamed(Invalid):
    """A row for no area of its own (travellers, prisons, "source not published"); skipped."""

    code = "counts-row-without-area"
    message = _("“%(name)s” (code “%(value)s”) is no area; the row is left out.")


class AreaUnknown(Invalid):
    """A code inside the region that no area here has."""

    code = "counts-area-unknown"
    message = _("No area here has the code “%(value)s” (%(name)s). Import the areas first.")


class RegionUnknown(Invalid):
    """The region to which the import was to be limited is none, or lies outside."""

    code = "counts-region-unknown"
    message = _("“%(value)s” is no area inside that of the incident.")


@dataclass(frozen=True)
class Correction:
    """A day whose figure in use differs from the reported one."""

    area: Area
    date: date
    figure: str
    reported: int
    used: int


@dataclass(frozen=True)
class ImportReport:
    """What a file gave. ``recorded`` is None where faults stood in the way: then nothing was
    written. In a dry run it tells what would have been."""

    dry_run: bool
    lines: int
    rows: int
    ignored: int
    areas: int
    first: date | None
    last: date | None
    unknown_columns: Sequence[str]
    skipped: Sequence[Refusal]
    faults: Sequence[Refusal]
    recorded: Recorded | None
    corrections: Sequence[Correction]

    @property
    def wrong_rows(self) -> int:
        """In how many rows something is wrong; one row can have several faults."""
        return len({fault.row for fault in self.faults})


def import_counts(
    file: IO[bytes],
    *,
    incident: Incident,
    by: Post,
    at: datetime,
    source: str,
    dry_run: bool = False,
    as_of: datetime | None = None,
    within: str = "",
) -> ImportReport:
    """Reads cumulative daily counts from a CSV file (columns date, city_code, confirmed,
    cured, dead; codes may be padded to six digits) and records them, all or nothing.

    Rows of other regions than the incident's (or than ``within``, a code inside it) are
    ignored and counted; rows without an area of their own are skipped and told. ``as_of``:
    when the source had these figures (default ``at``). A dry run writes nothing.

    Raises NotFound, NotAllowed, what ``counts_file.read`` and ``record_counts`` raise, and
    RegionUnknown; faults of single rows are in the report, ``row`` being the line.
    """
    permissions.require(by=by, word=COUNTS_RECORD, on=incident)
    table = counts_file.read(file)
    region = _region(within, incident=incident)
    found = _resolve(table.rows, region=region, at=at)
    faults = sorted([*table.faults, *found.faults], key=lambda fault: fault.row or 0)
    recorded: Recorded | None = None
    corrections: list[Correction] = []
    if not faults and found.rows:
        with transaction.atomic():
            recorded = record_counts(
                incident=incident,
                rows=found.rows,
                source=source,
                as_of=as_of or at,
                by=by,
                at=at,
            )
            corrections = corrections_of(incident, {row.area.id: row.area for row in found.rows})
            if dry_run:
                transaction.set_rollback(True)
    days = [row.date for row in found.rows]
    return ImportReport(
        dry_run=dry_run,
        lines=table.lines,
        rows=len(found.rows),
        ignored=found.ignored,
        areas=len({row.area.id for row in found.rows}),
        first=min(days, default=None),
        last=max(days, default=None),
        unknown_columns=table.unknown_columns,
        skipped=found.skipped,
        faults=faults,
        recorded=recorded,
        corrections=corrections,
    )


def corrections_of(incident: Incident, areas: dict[object, Area]) -> list[Correction]:
    """The days of these areas whose figures in use differ from the reported ones."""
    differs = Q()
    for name in FIGURES:
        differs |= ~Q(**{name: F(f"{name}_used")})
    counts = DailyCount.objects.filter(differs, incident=incident, current=True)
    return [
        Correction(
            area=areas[row.area_id],
            date=row.date,
            figure=name,
            reported=getattr(row, name),
            used=getattr(row, f"{name}_used"),
        )
        for row in counts.filter(area_id__in=list(areas)).order_by("area__code", "date")
        for name in FIGURES
        if getattr(row, name) != getattr(row, f"{name}_used")
    ]


def _region(within: str, *, incident: Incident) -> Area:
    if not within:
        return incident.area
    found = Area.objects.filter(inside(incident.area.path, field=""), code=within).first()
    if found is None:
        raise RegionUnknown(field="within", value=within)
    return found


@dataclass
class _Found:
    rows: list[CountRow]
    skipped: list[Refusal]
    faults: list[Refusal]
    ignored: int = 0


def _resolve(raw: Sequence[RawRow], *, region: Area, at: datetime) -> _Found:
    """Finds the area of each row, and what speaks against the row."""
    areas = _by_code(region, {row.code for row in raw})
    today = timezone.localdate(at)
    found = _Found([], [], [])
    seen: set[tuple[str, date]] = set()
    for row in raw:
        area = areas.get(row.code)
        if area is None:
            if not _of_region(row, region):
                found.ignored += 1
            elif row.code.isdigit():
                found.faults.append(
                    AreaUnknown(field="code", row=row.line, value=row.code, name=row.name)
                )
            else:
                found.skipped.append(
                    AreaNotNamed(field="code", row=row.line, value=row.code, name=row.name)
                )
        elif row.date > today:
            found.faults.append(
                CountInFuture(field="date", row=row.line, date=row.date.isoformat())
            )
        elif (area.code, row.date) in seen:
            found.faults.append(
                CountTwice(field="date", row=row.line, area=area.name, date=row.date.isoformat())
            )
        else:
            seen.add((area.code, row.date))
            found.rows.append(CountRow(area, row.date, row.confirmed, row.cured, row.dead))
    return found


def _by_code(region: Area, written: set[str]) -> dict[str, Area]:
    """Areas inside the region by their code as written: plain, or padded with zeros."""
    wanted = {code: _plain(code) for code in written if code}
    found = Area.objects.filter(
        inside(region.path, field=""),
        code__in={code for plain in wanted.values() for code in plain},
    )
    areas = {area.code: area for area in found}
    resolved = {}
    for code, plain in wanted.items():
        area = next((areas[name] for name in plain if name in areas), None)
        if area is not None:
            resolved[code] = area
    return resolved


def _plain(code: str) -> list[str]:
    """The code, and what it may stand for without the zeros that pad it: 330100 → 3301."""
    names = [code]
    while code.isdigit() and len(code) > 2 and code.endswith("00"):
        code = code[:-2]
        names.append(code)
    return names


def _of_region(row: RawRow, region: Area) -> bool:
    """True when the row speaks of the region: by its code, else by that of its province."""
    code = row.code if row.code[:2].isdigit() else row.region
    if row.code.isdigit():
        return code.startswith(region.code)
    return code[:2] == region.code[:2]
