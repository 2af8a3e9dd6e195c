"""Which units a template of work fits: who may ask whom along which route."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tongzhou.demo.scenario import Scenario, Template, UnitRow

#: Routes between authorities, and routes on which society asks or is asked.
INSIDE: Final = ("down", "dept", "up", "region")
WITH_SOCIETY: Final = ("society", "voice", "grid")
ROUTE_WEIGHTS: Final = {
    "down": 0.30, "dept": 0.32, "up": 0.16, "region": 0.22,
    "society": 0.42, "voice": 0.30, "grid": 0.28,
}  # fmt: skip
_PROVINCE_WEIGHT: Final = 3.0


class Pair(NamedTuple):
    """An asker and a lead; ``weight`` says how much of the work falls on their place."""

    asker: UnitRow
    lead: UnitRow
    weight: float


def inside(inner: str, outer: str) -> bool:
    """True when the area ``inner`` is ``outer`` or lies in it (codes of the story grow by
    the level)."""
    return inner.startswith(outer)


def overlap(one: UnitRow, other: UnitRow) -> bool:
    """True when the area of one lies in that of the other."""
    return inside(one.area, other.area) or inside(other.area, one.area)


def fits(route: str, asker: UnitRow, lead: UnitRow) -> bool:
    """True when ``asker`` can ask ``lead`` along the route."""
    match route:
        case "down":
            return lead.parent == asker.code
        case "up":
            return asker.parent == lead.code
        case "dept":
            same = asker.area == lead.area and not (asker.society or lead.society)
            return same and asker.code not in lead.line and lead.code not in asker.line
        case "region":
            return asker.city != lead.city and asker.level == lead.level == "city"
        case "society":
            return lead.society and not asker.society and inside(lead.area, asker.area)
        case "voice":
            nearest = lead.level != "province" or asker.level == "province"
            return asker.society and not lead.society and overlap(asker, lead) and nearest
        case "grid":
            return asker.kind == "community" and inside(asker.area, lead.area)
        case _:
            raise ValueError(f"unknown route {route!r}")


def pairs(scenario: Scenario, template: Template) -> list[Pair]:
    """All pairs of the scenario that the template fits, with their weights: the weight of a
    city is shared among the pairs in it, so that many units do not mean much work."""
    found = [
        (asker, lead)
        for asker in scenario.of_kind(*sorted(template.askers))
        for lead in scenario.of_kind(*sorted(template.leads))
        if asker.code != lead.code and fits(template.route, asker, lead)
    ]
    number: dict[str, int] = {}
    for _asker, lead in found:
        number[lead.city] = number.get(lead.city, 0) + 1
    weights = scenario.tempo["places"]
    return [
        Pair(asker, lead, float(weights.get(lead.city, _PROVINCE_WEIGHT)) / number[lead.city])
        for asker, lead in found
    ]


def better(
    scenario: Scenario, options: Sequence[Pair], *, asker: UnitRow, lead: UnitRow, order: bool
) -> list[UnitRow]:
    """Better owners of a task than its lead: whom the same asker could ask for the same
    thing, else another authority of the place. An order stays below the asker."""
    same = [p.lead for p in options if p.asker.code == asker.code and p.lead.code != lead.code]
    if same or lead.society:
        return same
    return [
        row
        for row in scenario.units.values()
        if row.area == lead.area
        and row.kind
        and not row.society
        and row.code not in (asker.code, lead.code)
        and (asker.code in row.line or not order)
    ]


def helpers(scenario: Scenario, *, asker: UnitRow, lead: UnitRow) -> list[UnitRow]:
    """Units that could assist the lead: authorities of the same place, and organisations of
    society in it. The province's own assist the province's own."""
    found = []
    for unit in scenario.units.values():
        if unit.code in (asker.code, lead.code) or not unit.kind:
            continue
        same_place = unit.area == lead.area and unit.level == lead.level
        nearby = unit.society and overlap(unit, lead) and lead.level != "province"
        if same_place or nearby:
            found.append(unit)
    return found
