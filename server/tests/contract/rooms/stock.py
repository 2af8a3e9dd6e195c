"""Addresses of the stock. A store is seen by its unit, those above it and the authorities of
its place; to the outsider none of them exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from contract.rows import OWN, REASON, Build, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.kernel.ids import named_id
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.record_count import record_count
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.actions.start_count import start_count
from tongzhou.stock.models import Count, CountLine, Reservation, Site

SECRETS: Final = {"name of the store": "Hidden store", "source of its goods": "Hidden donor"}
_LATER = date(2199, 1, 1)


@dataclass(frozen=True)
class Things:
    """A store of the headquarters with goods, another beside it, an empty one, one that is
    being counted, one that was counted, and something kept."""

    store: Site
    beside: Site
    empty: Site
    count: Count
    line: CountLine
    done: Count
    kept: Reservation


def furnish(world: World) -> Things:
    """Makes them in the small world."""
    cast, at, items = world.cast, world.at, world.of["catalogue"].items
    made = {
        code: open_site(
            code=code, name_zh=f"Hidden store {code}", unit=cast.units["zj-command"],
            by=cast.shen, at=at,
        )
        for code in ("reserve", "beside", "empty", "counted", "done")
    }  # fmt: skip
    parts = ("mask-n95", "coverall", "goggles", "gloves-latex", "boot-cover")
    for code in ("reserve", "counted", "done"):
        receive_goods(
            site=made[code], by=cast.shen, at=at,
            lines=[
                Incoming(items[part], 100, expires_on=_LATER, source="Hidden donor")
                for part in (parts if code == "reserve" else parts[:1])
            ],
        )  # fmt: skip
    receive_goods(
        site=made["reserve"], by=cast.shen, at=at, origin="opening",
        lines=[Incoming(items["rice"], 5, expires_on=date(2001, 1, 1))],
    )  # fmt: skip
    kept = reserve(
        site=made["reserve"], item=items["mask-n95"], quantity=5, for_kind="need",
        for_id=named_id("need"), by=cast.shen, at=at,
    )  # fmt: skip
    count, done = (start_count(site=made[c], by=cast.shen, at=at) for c in ("counted", "done"))
    line = done.lines.select_related("batch__item").get()
    record_count(count=done, batch=line.batch, counted=100, by=cast.shen, at=at)
    return Things(
        made["reserve"], made["beside"], made["empty"], count, count.lines.get(), done, kept
    )


def _site(world: World) -> Mapping[str, Any]:
    return {"code": "reserve"}


def _on(verb: str, code: str = "reserve") -> Build:
    return lambda world: {"code": code, "verb": verb}


def _id(name: str) -> Build:
    return lambda world: {"id": getattr(world.of["stock"], name).id}


def _line(world: World) -> Mapping[str, Any]:
    return {"id": world.of["stock"].count.id, "line": world.of["stock"].line.id}


def _beside(world: World) -> Mapping[str, Any]:
    return {"item": "mask-n95", "quantity": "3", "to": str(world.of["stock"].beside.id)}


def _counted(world: World) -> Mapping[str, Any]:
    return {"counted": "99", "batch": str(world.of["stock"].line.batch_id), "reason": "lost"}


def _file(world: World) -> Mapping[str, Any]:
    table = b"site,item,quantity\nbeside,N95,20\n"
    return {"file": SimpleUploadedFile("stock.csv", table)}


_LINE: Final = {"item": "N95", "quantity": "3"}
_RECEIVE: Final = {**_LINE, "origin": "supplier", "expires_on": "2198-12-31"}
_NEW: Final = say(code="new-store", name_zh="新库", kind="warehouse", unit="zj-command")
_KEEP: Final = say(item="N95", quantity="3", for_kind="need", for_id=str(named_id("n")))

# fmt: off
PAGES: Final = (
    page("stock", read(**OWN)),
    page("stock", read(**OWN), query="?q=n95&show=below", note="filtered"),
    page("stock-export", read(**OWN), args=say(kind="csv")),
    page("stock-export", read(**OWN), args=say(kind="xlsx"), note="workbook"),
    page("stock-import", read(**OWN), send(200, _file, outsider=200)),
    page("stock-sites", read(**OWN)),
    page("stock-site-new", read(**OWN), send(302, _NEW, outsider=422)),
    page("stock-site", read(), args=_site),
    page("stock-card", read(), args=say(code="reserve", item="mask-n95")),
    *(page("stock-step", read(), send(302, body), args=_on(verb, code), note=verb)
      for verb, code, body in (
        ("receive", "reserve", say(**_RECEIVE)),
        ("issue", "reserve", say(**_LINE, end="used")),
        ("move", "reserve", _beside),
        ("count", "reserve", say()),
        ("make-kits", "reserve", say(kit="ppe-set", quantity="2")),
        ("minimum", "reserve", say(**_LINE)),
        ("discard", "reserve", say()),
        ("close", "empty", REASON),
    )),
    page("stock-count", read(), send(302, say(**{"find-item": "goggles", "find-counted": "3"})),
         args=_id("count")),
    page("stock-count-line", send(302, _counted), args=_line),
    page("stock-count-close", send(302), args=_id("done")),
    page("stock-release", send(302), args=_id("kept")),
)

OPERATIONS: Final = (
    operation("stock_holdings", "GET", 200, 200),
    operation("stock_sites", "GET", 200, 200),
    operation("stock_open_store", "POST", 201, 403, body=_NEW),
    operation("stock_upload", "POST", 200, 200, body=_file, files=("file",)),
    operation("stock_site", "GET", args=_site),
    operation("stock_card", "GET", args=say(code="reserve", item="mask-n95")),
    operation("stock_minimum", "POST", args=_site, body=say(**_LINE)),
    operation("stock_close", "POST", args=say(code="empty"), body=REASON),
    operation("stock_receive", "POST", 201, args=_site, body=say(lines=[_LINE])),
    operation("stock_issue", "POST", 201, args=_site, body=say(lines=[_LINE])),
    operation("stock_move", "POST", 201, args=_site, body=say(to="beside", lines=[_LINE])),
    operation("stock_kits", "POST", 201, args=_site, body=say(kit="ppe-set", quantity="2")),
    operation("stock_discard", "POST", 201, args=_site),
    operation("stock_keep", "POST", 201, args=_site, body=_KEEP),
    operation("stock_let_go", "POST", args=_id("kept")),
    operation("stock_count_start", "POST", 201, args=_site),
    operation("stock_count", "GET", args=_id("count")),
    operation("stock_count_record", "POST", args=_id("count"), body=_counted),
    operation("stock_count_close", "POST", args=_id("done")),
)
