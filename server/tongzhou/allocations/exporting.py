"""Lines of a plan as files."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.allocations.models import Allocation
from tongzhou.allocations.queries import plan
from tongzhou.catalogue.quantities import plain
from tongzhou.oversight.exporting import xlsx_file
from tongzhou.ui.csv_files import Cell, cell

__all__ = ("lines", "xlsx_file")


def lines(allocation: Allocation) -> list[list[Cell]]:
    """Heading, then a row for each line. Amounts are plain numbers."""
    heading = (
        _("Store"), pgettext("supplies", "Item"), _("Item code"), _("Need"), _("Unit"),
        _("Place of use"), _("Area code"), _("Computed"), pgettext("of an allocation", "Chosen"),
        _("Kilometres"), _("Reason"), _("Shipment"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    for line in plan.every(allocation):
        need = line.need_line
        rows.append(
            [
                cell(line.site.name), cell(line.item.name), cell(line.item.code),
                cell(need.need.reference), cell(need.unit.name), cell(need.need.area.name),
                cell(need.need.area.code), plain(line.computed), plain(line.quantity),
                f"{line.distance:.1f}", cell(line.reason),
                cell(line.shipment.reference if line.shipment else ""),
            ]
        )  # fmt: skip
    return rows
