"""Acts on needs and offers that a plan names by the codes of items and units."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.give_from_store import give_from_store
from tongzhou.needs.actions.offer import offer
from tongzhou.needs.actions.offer_publicly import offer_publicly
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.actions.report_hospital import report_hospital
from tongzhou.needs.models import Commitment, Need, NeedLine, Offer
from tongzhou.places.models import Area
from tongzhou.stock.models import Site


def ask(
    *, lines: Sequence[str], needed_by: datetime, priority: int, reason: str, note: str,
    by: Post, at: datetime, id: UUID | None = None,
) -> Need:  # fmt: skip
    """Asks for things; each line is "item amount", without an amount: not known."""
    wanted = [Wanted(item, amount or None) for item, amount in _split(lines)]
    return ask_for(
        lines=wanted, needed_by=needed_by, priority=priority, reason=reason, note=note, by=by,
        at=at, id=id,
    )  # fmt: skip


def give(
    *, need: Need, line: str, due_at: datetime | None, by: Post, at: datetime, store: str = ""
) -> None:
    """Commits to the line of an item: "item amount"; out of a store where one is named."""
    item, amount = _split([line])[0]
    held = NeedLine.objects.select_related("need", "item").get(need=need, item=item)
    if not store:
        commit(line=held, quantity=amount, due_at=due_at, by=by, at=at)
        return
    site = Site.objects.select_related("unit", "area").get(code=store)
    give_from_store(line=held, site=site, quantity=amount, due_at=due_at, by=by, at=at)


def receive(*, need: Need, short: int, by: Post, at: datetime) -> None:
    """Receives all that is promised to a need, so many less of the first."""
    for one in Commitment.objects.filter(line__need=need, received_at=None, withdrawn_at=None):
        amount = one.quantity - short
        reason = "外箱破损 · boxes damaged" if short else ""
        confirm_received(commitment=one, quantity=amount, difference_reason=reason, by=by, at=at)
        short = 0


def propose(
    *, lines: Sequence[str], conditions: str, by: Post, at: datetime, id: UUID | None = None
) -> Offer:
    """A unit offers things."""
    offered = [Offered(item, amount or None) for item, amount in _split(lines)]
    return offer(lines=offered, conditions=conditions, by=by, at=at, id=id)


def donate(*, area: Area, words: str, line: str, at: datetime, id: UUID | None = None) -> Offer:
    """Somebody without an account offers something."""
    item, amount = _split([line])[0]
    offered = [Offered(item, amount), Offered(None, words=words)]
    return offer_publicly(lines=offered, area=area, at=at, id=id)


def tell_hospital(*, unit: Unit, figures: Sequence[str], by: Post, at: datetime) -> None:
    """Reports how a hospital stands: "beds 400"."""
    said = dict(figure.split() for figure in figures)
    report_hospital(unit=unit, figures=said, by=by, at=at)


def _split(lines: Sequence[str]) -> list[tuple[Item, str]]:
    rows = [line.partition(" ") for line in lines]
    items = {i.code: i for i in Item.objects.filter(code__in=[code for code, _b, _a in rows])}
    return [(items[code], amount) for code, _blank, amount in rows]
