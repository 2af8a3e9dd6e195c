from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.ledger.append import append_all
from tongzhou.stock.actions.recording import begin, line, require_stored
from tongzhou.stock.acts import MINIMUM_SET
from tongzhou.stock.models import Minimum, Site


def set_minimum(
    *, site: Site, item: Item, quantity: Decimal | int | str, by: Post, at: datetime
) -> Decimal:
    """Says what a store should never have less of; nothing takes the minimum away. Raises
    NotFound, NotAllowed, SiteClosed, NotStored and what ``quantities.read`` raises."""
    require_stored(item)
    amount = catalogue.read_amount(item, quantity, zero=True)
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        if amount:
            Minimum.objects.update_or_create(site=held, item=item, defaults={"quantity": amount})
        else:
            Minimum.objects.filter(site=held, item=item).delete()
        append_all(
            [
                line(
                    MINIMUM_SET,
                    site=held,
                    by=by,
                    at=at,
                    data={"item": str(item.id), "quantity": plain(amount)},
                )
            ]
        )
    return amount
