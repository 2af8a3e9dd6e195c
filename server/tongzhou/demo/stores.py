"""Acts on the stock that a plan names by the codes of stores and items."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.models import Site


def lay_out(*, by: Post, at: datetime) -> None:
    """Takes the shipped catalogue into use."""
    lay_out_catalogue(by=by, at=at)


def open_store(
    *, unit: Unit, code: str, zh: str, en: str, kind: str, least: str, by: Post, at: datetime
) -> None:
    """Opens a store; ``least`` is "item amount" of what it should never have less of."""
    site = open_site(code=code, name_zh=zh, name_en=en, kind=kind, unit=unit, by=by, at=at)
    item, amount = least.split()
    set_minimum(site=site, item=Item.objects.get(code=item), quantity=amount, by=by, at=at)


def deliver(*, store: str, lines: Sequence[str], origin: str, by: Post, at: datetime) -> None:
    """Receives a delivery; each line is "item amount days", good for so many days (0: without
    a date)."""
    site, items = _store(store), _items(lines)
    incoming = []
    for line in lines:
        code, amount, days = line.split()
        good = (at + timedelta(days=int(days))).date() if int(days) else None
        batch = f"{at:%y%m}-{code[:3].upper()}"
        incoming.append(Incoming(items[code], amount, batch=batch, expires_on=good))
    receive_goods(site=site, lines=incoming, origin=origin, by=by, at=at)


def issue(*, store: str, lines: Sequence[str], by: Post, at: datetime) -> None:
    """Hands goods out for use; each line is "item amount"."""
    items = _items(lines)
    out = [Outgoing(items[code], amount) for code, amount in (line.split() for line in lines)]
    issue_goods(site=_store(store), lines=out, by=by, at=at)


def _store(code: str) -> Site:
    return Site.objects.select_related("unit", "area").get(code=code)


def _items(lines: Sequence[str]) -> dict[str, Item]:
    codes = {line.split()[0] for line in lines}
    return {item.code: item for item in Item.objects.filter(code__in=codes)}
