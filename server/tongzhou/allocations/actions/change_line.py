from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.actions.change import begin, reason_given, record, require_ready
from tongzhou.allocations.acts import ALLOCATION_CHANGED
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.allocations.solving import judge
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item, here
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Invalid, NothingChanged


class WayUnknown(Invalid):
    """A store, a need or an item that the plan does not know, or that do not fit together."""

    code = "allocation-way-unknown"
    message = _("The plan knows no such way: choose a store, a need and an item that fit it.")


class MoreThanFree(Invalid):
    """More than the store has free."""

    code = "allocation-more-than-free"
    message = _("Of %(item)s, %(free)s are left in %(site)s for this; %(wanted)s is more.")


class MoreThanMissing(Invalid):
    """More than the need lacks."""

    code = "allocation-more-than-missing"
    message = _("Of %(item)s, %(missing)s are still missing there; %(wanted)s is more.")


def change_line(
    *,
    allocation: Allocation,
    site: UUID,
    need_line: UUID,
    item: Item,
    quantity: Decimal | int | str,
    reason: str,
    by: Post,
    at: datetime,
    measure: str = "",
) -> Allocation:
    """Chooses another amount from a store to a line of a need than was computed, or a way that
    was not used; ``measure`` is a pack or a measure of the item. Nothing is an amount, too. What
    the plan loses by it stands in ``chosen`` at once.

    Raises NotFound, NotAllowed, AllocationOver, AllocationNotReady, ReasonMissing,
    AllocationTextTooLong, WayUnknown, MoreThanFree, MoreThanMissing, NothingChanged, EngineFailed,
    and what the catalogue says of an amount.
    """
    reason = reason_given(reason)
    with transaction.atomic():
        held = begin(allocation, by=by, word=ALLOCATION_DRAFT)
        require_ready(held)
        stock, need = way(held.problem, site=site, need_line=need_line, item=item.id)
        number = catalogue.read_amount(item, quantity, zero=True)
        amount = catalogue.to_base(item, number, measure) if number and measure else number
        lines = list(held.lines.select_for_update(no_key=True, of=("self",)))
        line = next(
            (one for one in lines
             if (one.site_id, one.need_line_id, one.item_id) == (site, need_line, item.id)), None,
        )  # fmt: skip
        if amount == (line.quantity if line else 0):
            raise NothingChanged(field="quantity")
        others = [one for one in lines if one is not line]
        _require_room(held.problem, stock, need, amount, others, item)
        if line is None:
            line = AllocationLine(
                allocation=held, site_id=site, need_line_id=need_line, item_id=item.id
            )
        before = line.quantity
        line.quantity, line.reason, line.changed_by, line.changed_at = amount, reason, by, at
        places = places_of(held.problem)
        judged = judge(
            held.problem, held.objective,
            [[*places[one.site_id, one.need_line_id, one.item_id], float(one.quantity)]
             for one in [*others, line]],
        )  # fmt: skip
        line.distance = next(km for s, n, km in judged["ways"] if (s, n) == (stock, need))
        line.save()
        held.chosen, held.min_fill = judged["chosen"], judged["chosen"]["min_fill"]
        held.save(update_fields=["chosen", "min_fill"])
        record(
            ALLOCATION_CHANGED, allocation=held, by=by, at=at,
            data={"line": str(line.id), "site": str(site), "need_line": str(need_line),
                  "item": str(item.id), "before": plain(Decimal(before)), "after": plain(amount)},
        )  # fmt: skip
    return held


def places_of(problem: dict[str, Any]) -> dict[tuple[UUID, UUID, UUID], tuple[int, int]]:
    """(store, line of a need, item) → where stock and need stand in the problem, of all that fit
    together."""
    sites = problem["sites"]
    needs: dict[str, list[int]] = {}
    for number, need in enumerate(problem["needs"]):
        needs.setdefault(need["item"], []).append(number)
    found = {}
    for place, stock in enumerate(problem["stocks"]):
        serves = [stock["item"], *(
            item for item, others in problem["instead"].items()
            if any(other[0] == stock["item"] for other in others)
        )]  # fmt: skip
        for item in serves:
            for number in needs.get(item, ()):
                key = (
                    UUID(sites[stock["site"]]["id"]),
                    UUID(problem["needs"][number]["line"]),
                    UUID(stock["item"]),
                )
                found[key] = (place, number)
    return found


def way(problem: dict[str, Any], *, site: UUID, need_line: UUID, item: UUID) -> tuple[int, int]:
    """Where a stock and a need that fit together stand in the problem. Raises WayUnknown."""
    sites = [one["id"] for one in problem["sites"]]
    stock = next(
        (place for place, one in enumerate(problem["stocks"])
         if sites[one["site"]] == str(site) and one["item"] == str(item)), None,
    )  # fmt: skip
    need = next(
        (place for place, one in enumerate(problem["needs"]) if one["line"] == str(need_line)), None
    )
    if stock is None or need is None:
        raise WayUnknown(field="site")
    asked = problem["needs"][need]["item"]
    instead = [other[0] for other in problem["instead"].get(asked, ())]
    if asked != str(item) and str(item) not in instead:
        raise WayUnknown(field="item")
    return stock, need


def _require_room(
    problem: dict[str, Any], stock: int, need: int, amount: Decimal,
    others: list[AllocationLine], item: Item,
) -> None:  # fmt: skip
    site = problem["sites"][problem["stocks"][stock]["site"]]
    line = UUID(problem["needs"][need]["line"])
    sent = sum(
        (o.quantity for o in others if str(o.site_id) == site["id"] and o.item_id == item.id),
        Decimal(0),
    )
    free = Decimal(problem["stocks"][stock]["free"]) - sent
    if amount > free:
        raise MoreThanFree(
            field="quantity", item=item.name, site=name_of(site), free=plain(max(free, Decimal(0))),
            wanted=plain(amount),
        )  # fmt: skip
    given = sum((o.quantity for o in others if o.need_line_id == line), Decimal(0))
    missing = Decimal(problem["needs"][need]["missing"]) - given
    if amount > missing:
        raise MoreThanMissing(
            field="quantity", item=item.name, missing=plain(max(missing, Decimal(0))),
            wanted=plain(amount),
        )  # fmt: skip


def name_of(thing: dict[str, Any]) -> str:
    """A name out of the problem, in the active language."""
    return here(thing["zh"], thing["en"])
