"""What the acts on a shipment have in common: lock, permission, side, state, and the line in
the ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict, Refusal
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.shipments import purposes
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment, ShipmentLine

WORDS = 4_000


class ShipmentNotSo(Conflict):
    """The shipment is in another state."""

    code = "shipment-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


class NotYourSide(Refusal):
    """Only the other side of the hand-over may do this."""

    code = "shipment-other-side"
    status = 403
    message = _("Of %(reference)s only %(units)s can do this.")


def begin(
    shipment: Shipment,
    *,
    by: Post,
    word: Word,
    states: Iterable[State],
    sides: tuple[str, ...] = (),
) -> Shipment:
    """Locks the shipment, asks permission, and checks that the post stands on one of the
    ``sides`` ("giver", "carrier", "receiver") and the shipment in one of the ``states``.
    Raises NotFound, NotAllowed, NotYourSide, ShipmentNotSo."""
    locked = lock(shipment.id)
    permissions.require(by=by, word=word, on=locked)
    require_side(locked, by=by, sides=sides)
    if locked.state not in tuple(states):
        raise ShipmentNotSo(reference=locked.reference, state=locked.state_label)
    return locked


def lock(id: UUID) -> Shipment:
    """The shipment with all it is done with, locked until the transaction ends."""
    return (
        Shipment.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "giver", "carrier", "receiver", "area", "incident", "from_site", "to_site"
        )
        .get(id=id)
    )  # fmt: skip


def require_side(shipment: Shipment, *, by: Post, sides: tuple[str, ...]) -> None:
    """Raises NotYourSide, with the names of who may."""
    if sides and not shipment.relations_of(by) & set(sides):
        units = list(dict.fromkeys(getattr(shipment, side).name for side in sides))
        raise NotYourSide(reference=shipment.reference, units=", ".join(units))


def settle(shipment: Shipment, **changed: Any) -> None:
    """Writes these fields; the database works out the state anew."""
    for name, value in changed.items():
        setattr(shipment, name, value)
    shipment.save(update_fields=list(changed))
    shipment.refresh_from_db(fields=["state"])


def tell_purposes(shipment: Shipment) -> None:
    """Whatever the lines are for learns that more or less is on the way now."""
    lines = shipment.lines.filter(for_id__isnull=False).values_list("for_kind", "for_id")
    purposes.tell_moved({(kind, one) for kind, one in lines if one is not None})


def record(
    type: ActType,
    *,
    shipment: Shipment,
    by: Post,
    at: datetime,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    evidence: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the shipment; all sides are told."""
    append(
        type,
        at=at,
        about=("shipment", shipment.id),
        **by.signs(),
        with_units=shipment.units,
        incident=shipment.incident_id,
        area=shipment.area.code,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        evidence=evidence,
        audience=shipment.units,
        data={
            "number": shipment.number,
            "giver": str(shipment.giver_id),
            "carrier": str(shipment.carrier_id),
            "receiver": str(shipment.receiver_id),
            "owner": str(shipment.responsible_id),
            **({"exercise": True} if shipment.exercise else {}),
            **(data or {}),
        },
    )


def in_ledger(lines: Iterable[ShipmentLine], *quantities: str) -> list[Json]:
    """What the ledger says of lines: item, batch, and the quantities of these names."""
    return [
        {
            "line": str(line.id),
            "item": line.item.code,
            "batch": str(line.batch_id),
            **{name: plain(getattr(line, name)) for name in quantities},
        }
        for line in lines
    ]
