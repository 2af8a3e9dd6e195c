"""What is on the way as a map: places where their areas lie, an arrow for each two that
something goes between. ECharts options as plain data, with the table beside."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.places.models import Area
from tongzhou.places.road_map import Option, Road, located, road_map
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment
from tongzhou.ui.components.figures import Table


def ends(shipment: Shipment) -> tuple[Area, Area]:
    """Where it is coming from and going to: from where it was last said to be, else from the
    site; back to the site when it was turned back."""
    home = shipment.from_site.area
    if shipment.turned_back_at is not None:
        return shipment.seen_area or shipment.area, home
    return shipment.seen_area or home, shipment.area


def option(shipments: Sequence[Shipment], *, at: datetime) -> Option | None:
    """None unless something goes between two places that are known."""
    near = located(area for shipment in shipments for area in ends(shipment))
    between: dict[tuple[str, str], list[Shipment]] = defaultdict(list)
    for shipment in shipments:
        start, end = (near.get(area.code) for area in ends(shipment))
        if start is not None and end is not None:
            between[start.code, end.code].append(shipment)
    known = {area.code: area for area in near.values()}
    return road_map(
        [_road(known[start], known[end], found, at) for (start, end), found in between.items()]
    )


def _road(start: Area, end: Area, found: Sequence[Shipment], at: datetime) -> Road:
    lost = any(s.state == State.LOST for s in found)
    late = lost or any(s.state == State.ON_THE_WAY and s.due_at < at for s in found)
    return Road(
        start,
        end,
        name=", ".join(s.reference for s in found[:6]),
        width=min(2 + len(found), 8),
        colour="--tz-red-solid" if late else "--tz-teal-solid",
        url=reverse("shipment", args=[found[0].number]) if len(found) == 1 else "",
    )


def table(shipments: Sequence[Shipment]) -> Table:
    """The same as rows."""
    headers = [
        _("Shipment"),
        _("State"),
        pgettext("of a shipment", "From"),
        pgettext("of a shipment", "To"),
        _("Carrier"),
    ]
    rows = []
    for shipment in shipments:
        here, there = ends(shipment)
        rows.append(
            [shipment.reference, shipment.state_label, here.name, there.name, shipment.carrier.name]
        )
    return {"headers": headers, "rows": rows}
