from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_MEANS
from tongzhou.kernel.errors import Conflict, TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.mandates.actions.change import (
    lock,
    read,
    record,
    require_in_force,
    require_means,
    short,
)
from tongzhou.mandates.acts import MEANS_RECORDED
from tongzhou.mandates.models import Charge, Means


class MeansThereAlready(Conflict):
    """Somebody has noted the same before."""

    code = "means-there-already"
    message = _("This means is noted here already: %(text)s")


def record_means(
    *, charge: Charge, kind: str, text: str, by: Post, at: datetime, id: UUID | None = None
) -> Means:
    """Notes with what a duty can be done: the power, the people, the money or the supplies.
    Done by the unit charged or one above it. Raises NotAllowed, ChargeNotInForce,
    UnknownMeans, TextMissing, TextTooLong, MeansThereAlready."""
    require_means([kind], field="kind")
    said = short(text, field="text")
    if not said:
        raise TextMissing(field="text")
    with transaction.atomic():
        lock(charge.duty_id)
        held = read(charge.id)
        permissions.require(by=by, word=MANDATE_MEANS, on=held)
        require_in_force(held)
        if Means.objects.filter(charge=held, kind=kind, text=said, ended_at=None).exists():
            raise MeansThereAlready(field="text", text=said)
        means = Means(id=id or new_id(), charge=held, kind=kind, text=said, by_unit=by.unit, at=at)
        means.save(force_insert=True)
        record(
            MEANS_RECORDED,
            charge=held,
            by=by,
            at=at,
            data={"means": str(means.id), "kind": str(kind)},
        )
    return means
