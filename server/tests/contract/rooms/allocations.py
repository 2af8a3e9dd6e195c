"""Allocations: lists, drafting, computing, changing, approving, cancelling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import OWN, Build, operation, page, read, say, send
from contract.world import World

from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.actions.draft_allocation import draft_allocation
from tongzhou.allocations.actions.store_plan import store_plan
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.catalogue.actions.declare_item import declare_item
from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRETS: Final = {
    "name of the allocation": "Hidden sharing of the stretchers",
    "reason of the allocation's line": "Hidden reason of the stretchers",
}


@dataclass(frozen=True)
class Made:
    """The objects of this room: drafted, and ready to approve."""

    draft: Allocation
    ready: Allocation
    line: AllocationLine


def furnish(world: World) -> Made:
    """Eight stretchers of the province for twelve that its health commission lacks."""
    cast, at = world.cast, world.at - HOUR
    item = declare_item(
        code="al-stretcher", name_zh="折叠担架床", name_en="Folding stretcher", by=cast.shen, at=at
    )
    site = open_site(
        code="al-store", name_zh="省库", name_en="Store of the province", kind="warehouse",
        unit=cast.units["zj-command"], by=cast.shen, at=at,
    )  # fmt: skip
    receive_goods(site=site, lines=[Incoming(item, 8)], by=cast.shen, at=at)
    ask_for(lines=[Wanted(item, 12)], by=cast.tang, at=at)

    def drafted() -> Allocation:
        return draft_allocation(
            name=SECRETS["name of the allocation"], items=[item], by=cast.shen, at=at
        )

    ready = compute_allocation(allocation=drafted(), by=cast.shen, at=at)
    store_plan(allocation=ready.id, run=ready.run, result=_result(), at=at)
    line = ready.lines.get()
    AllocationLine.objects.filter(id=line.id).update(
        reason=SECRETS["reason of the allocation's line"], changed_by=cast.shen, changed_at=at
    )
    return Made(draft=drafted(), ready=ready, line=line)


def _result() -> dict[str, Any]:
    """What the engine says of it: eight of twelve."""
    figures = {
        "shipped": 8.0, "unit_distance": 0.0, "min_fill": 2 / 3, "gini": 0.0, "most_deprived": 0,
        "loss": 4.0, "weighted": 8.0, "received": [8.0], "areas": [2 / 3],
    }  # fmt: skip
    return {
        "lines": [[0, 0, 8.0, 0.0]], "computed": figures, "proportional": figures,
        "nothing": figures | {"shipped": 0.0, "min_fill": 0.0, "gini": None, "received": [0.0]},
        "proven": True, "stages": [{"name": "service", "value": 2 / 3, "bound": 2 / 3, "gap": 0.0}],
    }  # fmt: skip


def made(world: World) -> Made:
    found = world.of["allocations"]
    assert isinstance(found, Made)
    return found


def number_of(name: str, **more: Any) -> Build:
    return lambda world: {"number": getattr(made(world), name).number, **more}


def draft_form(world: World) -> Mapping[str, Any]:
    return {"name": "Stretchers", "objective": "max_min", "items": "al-stretcher"}


def line_form(world: World) -> Mapping[str, Any]:
    line = made(world).line
    return {
        "site": line.site_id, "need_line": line.need_line_id, "item": line.item_id, "quantity": "5",
        "reason": "Three for the reserve",
    }  # fmt: skip


def due_form(world: World) -> Mapping[str, Any]:
    return {"due_at": (world.at + DAY).strftime("%Y-%m-%dT%H:%M")}


# fmt: off
PAGES: Final = (
    page("allocations", read(**OWN)),
    page("allocation-new", read(outsider=200), send(302, draft_form, outsider=422)),
    page("allocation", read(), args=number_of("draft"), note="draft"),
    page("allocation", read(), args=number_of("ready"), note="ready"),
    page("allocation-export", read(), args=number_of("ready", kind="csv")),
    page("allocation-export", read(), args=number_of("ready", kind="xlsx"), note="sheet"),
    page("allocation-line", send(302, line_form), args=number_of("ready")),
    page("allocation-step", send(302), args=number_of("draft", step="compute"), note="compute"),
    page("allocation-step", send(302, due_form), args=number_of("ready", step="approve"),
         note="approve"),
    page("allocation-step", send(302, say(reason="No")), args=number_of("ready", step="cancel"),
         note="cancel"),
)


def draft_body(world: World) -> Mapping[str, Any]:
    return {"name": "Stretchers", "items": ["Folding stretcher"], "sites": ["al-store"]}


def change_body(world: World) -> Mapping[str, Any]:
    return {
        "site": "al-store", "need_line": str(made(world).line.need_line_id), "item": "al-stretcher",
        "quantity": "5", "reason": "Three for the reserve",
    }


OPERATIONS: Final = (
    operation("allocations_allocation_list", "GET", 200, 200),
    operation("allocations_allocation_draft", "POST", 201, 404, body=draft_body),
    operation("allocations_allocation_one", "GET", 200, args=number_of("ready")),
    operation("allocations_allocation_lines", "GET", 200, args=number_of("ready")),
    operation("allocations_allocation_compute", "POST", 200, args=number_of("draft")),
    operation("allocations_allocation_change", "POST", 200, args=number_of("ready"),
              body=change_body),
    operation("allocations_allocation_approve", "POST", 200, args=number_of("ready"),
              body=lambda world: {"due_at": (world.at + DAY).isoformat()}),
    operation("allocations_allocation_cancel", "POST", 200, args=number_of("ready"),
              body=say(reason="No")),
)
