"""Reading the opening stock out of a table: columns ``site`` (its code), ``item`` (any of its
names), ``quantity``, and where known ``unit``, ``batch``, ``expires_on`` (2021-03-31),
``source``."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.queries.finding import ItemUnknown
from tongzhou.kernel.errors import DayMalformed, Invalid, Refusal
from tongzhou.stock import sheets
from tongzhou.stock.actions.import_opening import OpeningRow, Report, import_opening
from tongzhou.stock.queries.sites import visible_sites

COLUMNS = ("site", "item", "quantity", "unit", "batch", "expires_on", "source")
_NEEDED = ("site", "item", "quantity")


class SiteUnknown(Invalid):
    """A code that no store has which the post may see."""

    code = "site-unknown"
    message = _("There is no store with the code “%(value)s”, or your post may not see it.")


def import_file(content: bytes, *, by: Post, at: datetime, dry_run: bool = False) -> Report:
    """Takes the opening stock of a file into the books. With a fault anywhere nothing is
    written. Raises SheetTooLarge, SheetUnreadable, SheetColumnMissing, SheetColumnTwice;
    everything else stands in the report."""
    sheet = sheets.read(content, known=COLUMNS, needed=_NEEDED)
    texts = {row["item"] for _line, row in sheet.rows}
    items = catalogue.items_by_name(texts)
    packs = catalogue.packs_of(items.values())
    codes = {row["site"] for _line, row in sheet.rows}
    sites = {s.code: s for s in visible_sites(visible_to=by).filter(code__in=codes)}
    faults: list[Refusal] = []
    rows: list[OpeningRow] = []
    for line, row in sheet.rows:
        try:
            site = sites.get(row["site"])
            if site is None:
                raise SiteUnknown(field="site", value=row["site"][:80])
            item = items.get(row["item"])
            if item is None:
                raise ItemUnknown(field="item", value=row["item"][:80])
            amount = catalogue.to_base(
                item, row["quantity"], row.get("unit", ""), packs=packs[item.id]
            )
            day = _day(row.get("expires_on", ""))
            rows.append(
                OpeningRow(
                    line, site, item, amount, row.get("batch", ""), day, row.get("source", "")
                )
            )
        except Refusal as refusal:
            refusal.row = line
            faults.append(refusal)
    report = import_opening(rows=rows, by=by, at=at, faults=faults, dry_run=dry_run)
    report.unknown = sheet.unknown
    return report


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-")[:10])
    except ValueError as error:
        raise DayMalformed(field="expires_on", given=text[:40]) from error
