from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.catalogue import access
from tongzhou.catalogue.actions.writing import lock, write
from tongzhou.catalogue.acts import ITEM_RETIRED
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import ReasonMissing


def retire_item(*, item: Item, reason: str, by: Post, at: datetime) -> Item:
    """Takes an item out of use: it is not found any more and cannot be asked for; what lies
    in stores stays there and can be given out. Raises NotAllowed, ItemRetired,
    ReasonMissing."""
    access.require_editor(by)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with transaction.atomic():
        held = lock(item)
        held.retired_at = at
        held.save(update_fields=["retired_at"])
        write(ITEM_RETIRED, item=held, by=by, at=at)
    return held
