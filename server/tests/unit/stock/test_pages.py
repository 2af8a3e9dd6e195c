"""The pages of the stock: their queries do not grow with what they show, files are safe, a count
is done by phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.stock.conftest import AT, LATER

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.actions.start_count import start_count
from tongzhou.stock.models import Balance, Site
from tongzhou.stock.queries import listing

SignIn = Callable[[Post], Client]


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/stock", "/stock/sites", "/stock/sites/hz-hospital-store"])
def test_more_goods_cost_no_more_queries(
    stocked: Site, items: dict[str, Item], cast: Cast, signed_in: SignIn, address: str
) -> None:
    browser = signed_in(cast.ruan)
    few = queries(browser, address)
    for n in range(6):
        site = open_site(code=f"more-{n}", name_zh="库", unit=stocked.unit, by=cast.ruan, at=AT)
        for place in (site, stocked):
            lines = [Incoming(items[c], 9, expires_on=LATER) for c in ("goggles", "cap", "boots")]
            receive_goods(site=place, lines=lines, by=cast.ruan, at=AT)

    assert queries(browser, address) == few


def test_the_list_goes_on_behind_its_cursor(
    stocked: Site, items: dict[str, Item], cast: Cast
) -> None:
    lines = [Incoming(items[c], 9) for c in ("goggles", "cap", "boots", "coverall")]
    receive_goods(site=stocked, lines=lines, by=cast.ruan, at=AT)

    seen, cursor = [], ""
    for _page in range(9):
        page = listing.listed(visible_to=cast.ruan, at=AT, cursor=cursor, limit=2)
        seen += [row.holding.item.code for row in page.rows]
        cursor = page.next
        if not cursor:
            break

    assert seen == ["boots", "cap", "coverall", "goggles", "mask-n95"]


def test_what_needs_attention_is_found(stocked: Site, items: dict[str, Item], cast: Cast) -> None:
    set_minimum(site=stocked, item=items["mask-n95"], quantity=101, by=cast.ruan, at=AT)
    set_minimum(site=stocked, item=items["goggles"], quantity=5, by=cast.ruan, at=AT)

    def shown(show: str, days: int = 1) -> list[str]:
        at = AT + timedelta(days=days)
        page = listing.listed(visible_to=cast.ruan, at=at, show=show)
        return [row.holding.item.code for row in page.rows]

    assert shown("below") == ["mask-n95"]
    assert [item.code for _least, _site, item in listing.missing(visible_to=cast.ruan)] == [
        "goggles"
    ]
    assert shown("expiring") == ["mask-n95"]
    assert shown("expired") == []
    assert shown("expired", days=60) == ["mask-n95"]


def test_a_file_holds_no_formula(stocked: Site, cast: Cast, signed_in: SignIn) -> None:
    Site.objects.filter(id=stocked.id).update(name_zh="=1+1", name_en="=1+1")
    browser = signed_in(cast.ruan)

    table = browser.get("/stock/export.csv?q=Ｎ９５").content.decode("utf-8-sig")

    assert "'=1+1" in table
    assert browser.get("/stock/export.xlsx").content[:2] == b"PK"
    assert browser.get("/stock/export.exe").status_code == 404


def test_goods_are_received_line_by_line_and_counted(
    store: Site, n95: Item, cast: Cast, signed_in: SignIn
) -> None:
    browser = signed_in(cast.ruan)
    address = f"/stock/sites/{store.code}/do/receive"

    bad = browser.post(address, {"item": "moon dust", "quantity": "1", "origin": "donor"})
    absurd = browser.post(address, {"item": "N95", "quantity": "2e14", "origin": "donor"})
    done = browser.post(
        address, {"item": "Ｎ９５", "quantity": "2", "unit": "盒", "origin": "donor"}
    )

    assert (bad.status_code, absurd.status_code, done.status_code) == (422, 422, 302)
    assert done["Location"] == address
    assert Balance.objects.get(account__site=store).on_hand == 40
    count = start_count(site=store, by=cast.ruan, at=clock.now())
    line = count.lines.get()
    page = f"/stock/counts/{count.id}"
    browser.post(f"{page}/lines/{line.id}", {"counted": "39"})
    browser.post(f"{page}/close")
    count.refresh_from_db()
    assert count.closed_at is None
    browser.post(f"{page}/lines/{line.id}", {"explain": "1", "reason": "lost"})
    browser.post(f"{page}/close")
    count.refresh_from_db()
    assert count.closed_at is not None
    assert Balance.objects.get(account__site=store).on_hand == 39
    card = browser.get(f"/stock/sites/{store.code}/items/mask-n95").content.decode()
    assert "39" in card
