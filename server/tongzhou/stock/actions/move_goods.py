from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append_all
from tongzhou.stock.actions import outgoing
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.recording import begin, line, short
from tongzhou.stock.acts import GOODS_MOVED
from tongzhou.stock.choices import MovementKind
from tongzhou.stock.models import Movement, Site
from tongzhou.stock.posting import move_lines, post, told


class SameSite(Invalid):
    """From a store into itself."""

    code = "same-site"
    message = _("Choose another store: the goods lie in this one already.")


class SiteOfAnotherUnit(Conflict):
    """Between units goods go by shipment, which both sides sign."""

    code = "site-of-another-unit"
    message = _("%(site)s belongs to another unit. Send a shipment, so that both sides sign.")


def move_goods(
    *,
    site: Site,
    to: Site,
    lines: Sequence[Outgoing],
    by: Post,
    at: datetime,
    document: str = "",
    id: UUID | None = None,
) -> Movement:
    """Carries goods from one store of a unit to another of the same unit, at once; all lines
    or none.

    Raises NotFound, NotAllowed, SiteClosed, SameSite, SiteOfAnotherUnit, NotEnough,
    BatchExpired, StockTextTooLong and what ``outgoing.read`` raises.
    """
    if site.id == to.id:
        raise SameSite(field="to")
    amounts = outgoing.read(lines)
    with transaction.atomic():
        # In one order, so that two that move goods both ways do not wait for each other.
        both = {one: begin(one, by=by, word=STOCK_KEEP) for one in sorted((site.id, to.id))}
        held, target = both[site.id], both[to.id]
        if held.unit_id != target.unit_id:
            raise SiteOfAnotherUnit(field="to", site=target.name)
        taken = outgoing.batches(held, lines, amounts, at=at)
        movement = post(
            MovementKind.MOVE,
            move_lines(taken, source=outgoing.source_of(held), to=outgoing.source_of(target)),
            by=by,
            at=at,
            document=short(document, field="document", limit=80),
            id=id,
        )
        append_all(
            [
                line(
                    GOODS_MOVED,
                    site=held,
                    by=by,
                    at=at,
                    data={
                        "movement": str(movement.id),
                        "to": str(target.id),
                        "lines": told(taken),
                    },
                )
            ]
        )
    return movement
