"""The list as a file: a line for each line of a shipment."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.actors.models import Post
from tongzhou.catalogue.quantities import plain
from tongzhou.shipments.models import ShipmentLine
from tongzhou.shipments.queries import shipments
from tongzhou.ui import csv_files


def csv_rows(*, visible_to: Post, filters: shipments.Filters, at: datetime) -> Iterator[bytes]:
    """A CSV file in pieces, in the language that is active when it is asked for."""
    head = [
        _("Shipment"),
        _("State"),
        pgettext("of a shipment", "From"),
        pgettext("of a shipment", "To"),
        _("Receiver"),
        _("Carrier"),
        _("Incident"),
        pgettext("of goods", "Item"),
        _("Item code"),
        pgettext("of goods", "Batch"),
        pgettext("of goods", "Expires"),
        pgettext("of a shipment", "Planned"),
        pgettext("of a shipment", "Picked"),
        pgettext("of a shipment", "Loaded"),
        pgettext("of a shipment", "Received"),
        pgettext("of a shipment", "Damaged"),
        _("Due"),
        _("Planned at"),
        pgettext("of a shipment", "Left"),
        pgettext("of a shipment", "Arrived"),
        _("Received at"),
    ]
    rows = shipments.all_rows(visible_to=visible_to, filters=filters, at=at)
    return csv_files.table(chain([head], (_cells(line) for line in rows)))


def _cells(line: ShipmentLine) -> list[object]:
    it = line.shipment
    amounts = (line.planned, line.picked, line.loaded, line.received, line.damaged)
    return [
        it.reference,
        it.state_label,
        it.from_site.name,
        it.to_site.name if it.to_site else it.area.name,
        it.receiver.name,
        it.carrier.name,
        it.incident.title if it.incident else "",
        line.item.name,
        line.item.code,
        line.batch.code,
        line.batch.expires_on,
        *("" if amount is None else plain(amount) for amount in amounts),
        it.due_at,
        it.planned_at,
        it.left_at,
        it.arrived_at,
        it.received_at,
    ]
