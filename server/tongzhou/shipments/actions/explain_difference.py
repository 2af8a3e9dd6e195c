from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_EXPLAIN
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict, Invalid, Refusal
from tongzhou.oversight.actions.change import text_given
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.change import WORDS, lock, record, tell_purposes
from tongzhou.shipments.acts import SHIPMENT_EXPLAINED
from tongzhou.shipments.choices import CAUSES, Cause, Kind
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine


class CauseUnfit(Invalid):
    """This cannot have become of such a difference."""

    code = "shipment-cause-unfit"
    message = _("That cannot be what became of goods that are “%(kind)s”.")


class ExplainedAlready(Conflict):
    """The difference was explained."""

    code = "shipment-explained-already"
    message = _("This difference was explained already.")


class ExplanationNotYours(Refusal):
    """Goods would come into or go out of a site by somebody else's word."""

    code = "shipment-explanation-not-yours"
    status = 403
    message = _("Only %(unit)s can say this: it says what stands in its own store.")


def explain_difference(
    *, difference: Difference, cause: str, explanation: str, by: Post, at: datetime
) -> Difference:
    """Says what became of it, and with that takes it out of the account of the shipment.

    Its owner, or a unit above, writes it off (``Cause.LOST``, ``SPOILT``) or leaves it open
    where a surplus came from. What would change a site is said by whose site it is: by the
    giver that it was never loaded or that more was loaded, by the receiver that it was
    found. Raises NotFound, NotAllowed, ExplanationNotYours, ExplainedAlready, CauseUnfit,
    TextMissing, TextTooLong, and what ``goods.explain`` raises.
    """
    with transaction.atomic():
        shipment = lock(difference.line.shipment_id)
        permissions.require(by=by, word=SHIPMENT_EXPLAIN, on=shipment)
        locked = Difference.objects.select_related("line__item", "line__batch", "owner").get(
            id=difference.id
        )
        if locked.explained_at is not None:
            raise ExplainedAlready()
        if cause not in CAUSES[locked.kind]:
            raise CauseUnfit(field="cause", kind=locked.get_kind_display())
        _require_voice(locked, shipment, Cause(cause), by=by)
        locked.explanation = text_given(explanation, field="explanation", limit=WORDS)
        locked.cause, locked.explained_by, locked.explained_at = cause, by, at
        locked.save(update_fields=["explanation", "cause", "explained_by", "explained_at"])
        goods.explain(shipment, locked, by=by, at=at)
        if cause == Cause.FOUND:
            _count_found(shipment, locked)
            tell_purposes(shipment)
        open_now = Difference.objects.filter(
            line__shipment=shipment, explained_at__isnull=True
        ).count()
        record(
            SHIPMENT_EXPLAINED,
            shipment=shipment,
            by=by,
            at=at,
            asked_at=locked.found_at,
            data={
                "owner": str(locked.owner_id),
                "line": str(locked.line_id),
                "kind": str(locked.kind),
                "cause": str(cause),
                "quantity": plain(locked.quantity),
                "open": open_now,
            },
        )
    return locked


def _require_voice(difference: Difference, shipment: Shipment, cause: Cause, *, by: Post) -> None:
    """Raises ExplanationNotYours."""
    match cause:
        case Cause.NOT_LOADED | Cause.LOADED_MORE:
            voice = shipment.giver
        case Cause.FOUND:
            voice = shipment.receiver if shipment.taken_back_at is None else shipment.giver
        case _:
            voice = difference.owner
    above = by.unit_id in voice.line and voice.id == difference.owner_id
    if by.unit_id != voice.id and not above:
        raise ExplanationNotYours(field="cause", unit=voice.name)


def _count_found(shipment: Shipment, difference: Difference) -> None:
    """What was found counts as received (or taken back) from now on."""
    line: ShipmentLine = difference.line
    side = "received" if shipment.taken_back_at is None else "back"
    setattr(line, side, (getattr(line, side) or 0) + difference.quantity)
    if difference.kind == Kind.DAMAGED:
        line.damaged -= difference.quantity
    line.save(update_fields=[side, "damaged"])
