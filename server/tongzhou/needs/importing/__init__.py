"""Bringing in needs, offers and the status of hospitals from files."""

from collections.abc import Sequence
from datetime import datetime

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue import queries as catalogue
from tongzhou.needs.actions.import_needs import Report, import_needs
from tongzhou.needs.choices import ImportSource
from tongzhou.needs.importing import getusppe, plain, wuhan
from tongzhou.needs.importing.tables import read_table
from tongzhou.needs.planning import Plan

__all__ = ["Report", "import_files"]


def import_files(
    files: Sequence[tuple[str, bytes]],
    *,
    source: str,
    by: Post | None,
    at: datetime,
    under: Unit | None = None,
    dry_run: bool = False,
    skip_bad: bool = False,
) -> Report:
    """Reads files of a source (name, content) and takes them over. Raises FileUnreadable,
    FileTooLarge, and as ``import_needs``."""
    tables = [read_table(name, content) for name, content in files]
    match source:
        case ImportSource.WUHAN2020:
            plan: Plan = wuhan.plan(tables, catalogue.items_by_name(wuhan.names(tables)))
        case ImportSource.GETUSPPE:
            plan = getusppe.plan(tables, catalogue.items_by_name(getusppe.names(tables)))
        case ImportSource.HOSPITALS:
            plan = plain.plan_hospitals(tables, plain.units(tables), at=at)
        case _:
            items = catalogue.items_by_name(plain.names(tables))
            plan = plain.plan_needs(tables, items, plain.units(tables), at=at)
    return import_needs(
        plan=plan, source=source, files=files, by=by, at=at, under=under, dry_run=dry_run,
        skip_bad=skip_bad,
    )  # fmt: skip
