from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_RECEIVE
from tongzhou.catalogue import quantities
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.needs.actions.change import begin, bounded
from tongzhou.needs.actions.commit import KIND
from tongzhou.needs.actions.committed import lock_commitment, record_commitment
from tongzhou.needs.actions.covering import covered, tell_cover
from tongzhou.needs.acts import COMMITMENT_RECEIVED
from tongzhou.needs.models import Commitment
from tongzhou.stock.models import Reservation


class DifferenceUnexplained(Invalid):
    """More or less came than was promised, and nobody says why."""

    code = "difference-unexplained"
    message = _("%(promised)s were promised. Say why it is another amount.")


class ComesByShipment(Conflict):
    """What a shipment carries is received there, where its lines are counted."""

    code = "comes-by-shipment"
    message = _("This comes with a shipment. Receive it there.")


class StillKept(Conflict):
    """It cannot have come: by the books it lies in the giver's store."""

    code = "still-kept"
    message = _(
        "By the books these goods still lie in the store of the giver. Ask it to send them by a "
        "shipment, or to take the commitment back."
    )


def confirm_received(
    *,
    commitment: Commitment,
    by: Post,
    at: datetime,
    quantity: Decimal | int | str | None = None,
    difference_reason: str = "",
) -> Commitment:
    """The unit that asked received what was promised (``quantity``: so much of it, with the
    reason). Only once, and only the receiving unit. Raises NotFound, NotAllowed, CommitmentOver,
    ComesByShipment, StillKept, DifferenceUnexplained, WordsTooMany, and what the catalogue says
    of an amount."""
    with transaction.atomic():
        need = begin(commitment.line.need, by=by, word=NEED_RECEIVE, open_only=False)
        permissions.require(by=by, word=NEED_RECEIVE, on=need)
        held = lock_commitment(commitment)
        if held.on_way or held.received:
            raise ComesByShipment()
        if Reservation.objects.filter(for_kind=KIND, for_id=held.id, ended_at=None).exists():
            raise StillKept()
        item = held.line.item
        amount = (
            held.quantity
            if quantity is None
            else quantities.read(quantity, decimals=item.decimals, item=item.name, zero=True)
        )
        reason = bounded(difference_reason, field="difference_reason", limit=300)
        if amount != held.quantity and not reason:
            raise DifferenceUnexplained(
                field="difference_reason", promised=f"{held.quantity.normalize():f}"
            )
        was = covered(need)
        held.received, held.received_at, held.received_by = amount, at, by
        held.difference_reason = reason
        held.save(update_fields=["received", "received_at", "received_by", "difference_reason"])
        record_commitment(
            COMMITMENT_RECEIVED,
            held,
            need=need,
            by=by,
            at=at,
            outcome="in full" if amount == held.quantity else "with a difference",
            data={"received": f"{amount.normalize():f}"},
        )
        tell_cover(need, by=by, at=at, was=was)
    return held
