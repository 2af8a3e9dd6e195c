from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions import outgoing
from tongzhou.stock.actions.recording import begin, line
from tongzhou.stock.acts import GOODS_DISCARDED
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Balance, Movement, Site
from tongzhou.stock.posting import local_day, move_lines, post, told


class NothingExpired(Conflict):
    """All that is free is still good."""

    code = "nothing-expired"
    message = _("Nothing in this store is past its date, or it is reserved: release it first.")


def discard_expired(*, site: Site, by: Post, at: datetime, id: UUID | None = None) -> Movement:
    """Takes out of the books all that is past its date and not reserved. Raises NotFound,
    NotAllowed, SiteClosed, NothingExpired."""
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        rows = (
            Balance.objects.select_for_update(of=("self",), no_key=True)
            .select_related("batch__item")
            .filter(
                account_id=accounts.account_of_site(held.id),
                on_hand__gt=F("reserved"),
                batch__expires_on__lt=local_day(at),
            )
            .order_by("id")
        )
        taken = [(row.batch, row.on_hand - row.reserved) for row in rows]
        if not taken:
            raise NothingExpired()
        movement = post(
            MovementKind.DISCARD,
            move_lines(
                taken,
                source=outgoing.source_of(held),
                to=accounts.outside(AccountKind.DISCARDED),
            ),
            by=by,
            at=at,
            id=id,
        )
        append_all(
            [
                line(
                    GOODS_DISCARDED,
                    site=held,
                    by=by,
                    at=at,
                    data={"movement": str(movement.id), "lines": told(taken)},
                )
            ]
        )
    return movement
