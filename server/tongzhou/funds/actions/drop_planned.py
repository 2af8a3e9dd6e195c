from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SPENDING_PLAN
from tongzhou.funds.actions.change import record
from tongzhou.funds.acts import SPENDING_UNPLANNED
from tongzhou.funds.models import Planned
from tongzhou.kernel.errors import Conflict


class PlannedDropped(Conflict):
    """It was dropped already."""

    code = "planned-dropped"
    message = _("This was dropped already.")


def drop_planned(*, planned: Planned, by: Post, at: datetime) -> Planned:
    """Planned spending that is not expected any more. Raises NotFound, NotAllowed,
    PlannedDropped."""
    with transaction.atomic():
        found = Planned.objects.select_for_update(of=("self",), no_key=True)
        locked = found.select_related("unit__area", "incident").get(id=planned.id)
        permissions.require(by=by, word=SPENDING_PLAN, on=locked)
        if locked.dropped_at is not None:
            raise PlannedDropped()
        locked.dropped_at = at
        locked.save(update_fields=["dropped_at"])
        record(
            SPENDING_UNPLANNED,
            about=("planned", locked.id),
            by=by,
            at=at,
            units=[locked.unit_id],
            incident=locked.incident,
            area=locked.unit.area,
            data={"purpose": str(locked.purpose), "amount": locked.amount},
        )
    return locked
