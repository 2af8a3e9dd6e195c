"""The map of a plan: what goes from where to where, and how far each place is served."""

from decimal import Decimal

import pytest

from tongzhou.allocations.models import Allocation
from tongzhou.allocations.pages.charts import flow_map, flow_table
from tongzhou.allocations.queries import plan as plans
from tongzhou.places.models import Area

pytestmark = pytest.mark.django_db


def test_it_draws_an_arrow_between_two_places_and_all_stands_in_the_table(
    ready: Allocation,
) -> None:
    flows = plans.flows(ready)
    ends = {area for flow in flows for area in (flow.start, flow.end)}
    Area.objects.filter(code__in=[area.code for area in ends]).update(lon=None, lat=None)
    Area.objects.filter(code="330100").update(lon=120.2, lat=30.3)
    nowhere = flow_map(flows, plans.areas(ready))
    for step, area in enumerate(sorted(ends, key=lambda area: area.code)):
        Area.objects.filter(code=area.code).update(lon=120 + step / 10, lat=30)

    drawn = flow_map(flows, plans.areas(ready))

    assert nowhere is None  # one place: nothing goes between two
    assert drawn is not None
    (series,) = drawn["series"]
    assert {node["id"] for node in series["data"]} == {area.code for area in ends}
    apart = {(flow.start.code, flow.end.code) for flow in flows if flow.start != flow.end}
    assert {(edge["source"], edge["target"]) for edge in series["links"]} == apart
    whole = sum((line.quantity for line in ready.lines.all()), Decimal(0))
    assert sum(row[3] for row in flow_table(flows)["rows"]) == float(whole)
