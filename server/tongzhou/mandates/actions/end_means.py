from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_MEANS
from tongzhou.kernel.errors import Conflict
from tongzhou.mandates.actions.change import lock, read, record
from tongzhou.mandates.acts import MEANS_ENDED
from tongzhou.mandates.models import Means


class MeansEnded(Conflict):
    """It is not there any more."""

    code = "means-ended"
    message = _("This means has been taken off already.")


def end_means(*, means: Means, by: Post, at: datetime) -> Means:
    """Notes that a means is no longer there; a duty that needs it shows red from now on.
    Done by the unit charged or one above it. Raises NotAllowed, MeansEnded."""
    with transaction.atomic():
        charge = read(means.charge_id)
        lock(charge.duty_id)
        permissions.require(by=by, word=MANDATE_MEANS, on=charge)
        held = Means.objects.get(id=means.id)
        if held.ended_at is not None:
            raise MeansEnded()
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        record(
            MEANS_ENDED,
            charge=charge,
            by=by,
            at=at,
            data={"means": str(held.id), "kind": str(held.kind)},
        )
    return held
