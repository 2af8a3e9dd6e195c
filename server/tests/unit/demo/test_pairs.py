"""Who may ask whom along which route."""

import pytest

from tongzhou.demo import scenario
from tongzhou.demo.pairs import INSIDE, WITH_SOCIETY, better, fits, helpers, pairs

ROWS = scenario.load()


@pytest.mark.parametrize(
    ("route", "asker", "lead", "expected"),
    [
        ("down", "beishan-street", "baoshi-community", True),
        ("down", "baoshi-community", "beishan-street", False),
        ("down", "hz-command", "beishan-street", False),
        ("up", "baoshi-community", "beishan-street", True),
        ("up", "beishan-street", "baoshi-community", False),
        ("dept", "zj-transport", "zj-police", True),
        ("dept", "zj-transport", "hz-police", False),
        ("dept", "zj-command", "zj-police", False),
        ("dept", "zj-industry", "zj-foundation", False),
        ("region", "hz-command", "wz-command", True),
        ("region", "hz-command", "xh-command", False),
        ("society", "hz-command", "lvyuan-volunteers", True),
        ("society", "wz-command", "lvyuan-volunteers", False),
        ("society", "hz-command", "xh-command", False),
        ("voice", "baoshi-property", "beishan-street", True),
        ("voice", "baoshi-property", "zj-command", False),
        ("voice", "zj-foundation", "zj-civil", True),
        ("grid", "baoshi-community", "baoshi-property", True),
        ("grid", "baoshi-community", "yinghe-property", False),
    ],
)
def test_a_route_fits_some_pairs(route: str, asker: str, lead: str, expected: bool) -> None:
    assert fits(route, ROWS.units[asker], ROWS.units[lead]) is expected


def test_a_route_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown route"):
        fits("sideways", ROWS.units["zj-cdc"], ROWS.units["zj-police"])


def test_every_template_fits_somebody() -> None:
    for template in ROWS.templates:
        assert template.route in (*INSIDE, *WITH_SOCIETY)
        assert pairs(ROWS, template), template.zh


def test_a_city_has_its_weight_however_many_units_it_has() -> None:
    template = next(t for t in ROWS.templates if (t.topic, t.route) == ("tracing", "down"))
    found = pairs(ROWS, template)

    wenzhou = sum(pair.weight for pair in found if pair.lead.city == "3303")
    assert wenzhou == pytest.approx(ROWS.tempo["places"]["3303"])


def test_the_better_owner_of_an_order_stands_below_its_issuer() -> None:
    asker, lead = ROWS.units["zj-command"], ROWS.units["zj-police"]

    found = better(ROWS, [], asker=asker, lead=lead, order=True)

    assert {"zj-health", "zj-transport"} <= {row.code for row in found}
    assert all("zj-command" in row.line and row.code != lead.code for row in found)


def test_helpers_are_of_the_same_place() -> None:
    found = helpers(ROWS, asker=ROWS.units["xh-command"], lead=ROWS.units["beishan-street"])

    codes = {row.code for row in found}
    assert {"baoshi-property", "lvyuan-volunteers", "baoshi-council"} <= codes
    assert not codes & {"wz-volunteers", "wz-trade", "hubin-volunteers", "xixi-street"}
