"""Addresses of the catalogue. It is known to everybody who is signed in; it is changed by
authorities, and people are registered by their own unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from contract.rows import NOT_YOURS, OWN, REASON, operation, page, read, say, send
from contract.world import World

from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.actions.register_resource import register_resource
from tongzhou.catalogue.models import Item, Resource


@dataclass(frozen=True)
class Things:
    """The shipped items by code, and volunteers of the headquarters."""

    items: Mapping[str, Item]
    team: Resource


def furnish(world: World) -> Things:
    """Makes them in the small world."""
    cast, at = world.cast, world.at
    lay_out_catalogue(by=cast.shen, at=at)
    items = {item.code: item for item in Item.objects.all()}
    team = register_resource(
        item=items["team-sampling"], unit=cast.units["zj-command"], label="Team 1", people=12,
        by=cast.shen, at=at,
    )  # fmt: skip
    return Things(items, team)


def _team(world: World) -> Mapping[str, Any]:
    return {"id": world.of["catalogue"].team.id}


_N95: Final = say(code="mask-n95")
_NEW: Final = {"code": "sandbag", "name_zh": "沙袋", "name_en": "Sandbag", "kind": "supply",
               "category": "other", "measure": "piece", "decimals": 0}  # fmt: skip
_CONDITION: Final = {"condition_zh": "紧急时", "condition_en": "In an emergency", "ratio": "1"}
_PEOPLE: Final = {"item": "nurse", "label": "Night shift", "people": 8}


def _people(world: World) -> Mapping[str, Any]:
    return {**_PEOPLE, "unit": "zj-command"}


# fmt: off
PAGES: Final = (
    page("catalogue", read(**OWN)),
    page("catalogue", read(**OWN), query="?q=口罩&category=respiratory", note="filtered"),
    page("item-lookup", read(**OWN), query="?q=N95"),
    page("catalogue-new", read(**NOT_YOURS), send(302, lambda world: _NEW, **NOT_YOURS)),
    page("catalogue-lay-out", send(302, **NOT_YOURS)),
    page("resources", read(**OWN)),
    page("resource-new", read(**OWN), send(302, _people, outsider=422)),
    page("resource-end", send(302, **NOT_YOURS), args=_team),
    page("catalogue-item", read(**OWN), args=_N95),
    *(page("catalogue-step", read(**NOT_YOURS), send(302, say(**body), **NOT_YOURS),
           args=say(code=code, verb=verb), note=verb) for verb, code, body in (
        ("name", "mask-n95", {"names": "九五口罩"}),
        ("rename", "mask-n95", {"name_zh": "防护口罩", "name_en": "Respirator"}),
        ("relate", "rice", {"other": "instant-meal", **_CONDITION}),
        ("part", "mask-n95", {"other": "mask-kn95"}),
        ("retire", "body-bag", {"reason": "Not used"}),
    )),
)

OPERATIONS: Final = (
    operation("catalogue_items", "GET", 200, 200, query="?q=mask"),
    operation("catalogue_find", "GET", 200, 200, query="?name=N95"),
    operation("catalogue_declare", "POST", 201, 403, body=lambda world: _NEW),
    operation("catalogue_lay_out", "POST", 200, 403),
    operation("catalogue_item", "GET", 200, 200, args=_N95),
    operation("catalogue_name", "POST", 200, 403, args=_N95, body=say(names=["九五口罩"])),
    operation("catalogue_relate", "POST", 200, 403, args=say(code="rice"),
              body=say(item="instant-meal", **_CONDITION)),
    operation("catalogue_part", "DELETE", 200, 403,
              args=say(code="mask-n95", other="mask-kn95")),
    operation("catalogue_retire", "POST", 200, 403, args=say(code="body-bag"), body=REASON),
    operation("catalogue_resource_list", "GET", 200, 200),
    operation("catalogue_resource_register", "POST", 201, 403, body=_people),
    operation("catalogue_resource_end", "POST", 200, 403, args=_team),
)
