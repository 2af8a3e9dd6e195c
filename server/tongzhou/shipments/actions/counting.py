"""What came off a vehicle, held against what was loaded: line by line, with the differences and
who answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import NotFound, ReasonMissing
from tongzhou.ledger.append import Json
from tongzhou.oversight.actions.change import text_bounded
from tongzhou.shipments.actions.amounts import Amount, of_line
from tongzhou.shipments.actions.change import record
from tongzhou.shipments.acts import SHIPMENT_DIFFERS
from tongzhou.shipments.choices import Kind
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine

ZERO: Final = Decimal(0)
REASON: Final = 1_000


@dataclass(frozen=True)
class Counted:
    """What came of one line: so much that can be used, so much that is damaged, and why it is
    not as it was loaded."""

    line: UUID
    good: Amount
    damaged: Amount = ZERO
    reason: str = ""


@dataclass(frozen=True)
class Came:
    """A line with what came of it, exact."""

    line: ShipmentLine
    good: Decimal
    damaged: Decimal
    reason: str

    @property
    def loaded(self) -> Decimal:
        """What was loaded of it."""
        return self.line.loaded or ZERO

    @property
    def more(self) -> Decimal:
        """So much came beyond what was loaded."""
        return max(ZERO, self.good + self.damaged - self.loaded)

    @property
    def less(self) -> Decimal:
        """So much did not come."""
        return max(ZERO, self.loaded - self.good - self.damaged)

    @property
    def differences(self) -> list[tuple[Kind, Decimal]]:
        """The differences, without those of nothing."""
        found = ((Kind.LESS, self.less), (Kind.MORE, self.more), (Kind.DAMAGED, self.damaged))
        return [(kind, quantity) for kind, quantity in found if quantity]


def count(lines: Sequence[ShipmentLine], counted: Sequence[Counted] | None) -> list[Came]:
    """What came of each line that was loaded; what is not counted came as it was loaded. Raises
    NotFound for a line of another shipment, ReasonMissing for a difference without one,
    TextTooLong, and what is wrong with an amount; each names the row."""
    given = {one.line: one for one in counted or ()}
    if given.keys() - {line.id for line in lines}:
        raise NotFound(field="received")
    found = []
    for line in lines:
        one = given.get(line.id)
        came = Came(
            line=line,
            good=of_line(one.good, line, field="received") if one else line.loaded or ZERO,
            damaged=of_line(one.damaged, line, field="damaged") if one else ZERO,
            reason=text_bounded(one.reason, field="reason", limit=REASON) if one else "",
        )
        if came.differences and not came.reason:
            raise ReasonMissing(field="reason", row=line.position)
        found.append(came)
    return found


def keep_differences(
    shipment: Shipment, came: Sequence[Came], *, owner: Unit, by: Post, at: datetime
) -> None:
    """Keeps what differs, and asks its owner to explain it; nothing where all is as loaded."""
    found = [
        Difference(
            line=one.line,
            kind=kind,
            quantity=quantity,
            reason=one.reason,
            owner=owner,
            post=by,
            found_at=at,
        )
        for one in came
        for kind, quantity in one.differences
    ]
    if not found:
        return
    Difference.objects.bulk_create(found)
    waiting = [str(unit) for unit in shipment.units if unit != owner.id]
    record(
        SHIPMENT_DIFFERS,
        shipment=shipment,
        by=by,
        at=at,
        data={"owner": str(owner.id), "waiting": waiting, "differences": _told(found)},
    )


def _told(differences: Sequence[Difference]) -> list[Json]:
    return [
        {"line": str(each.line_id), "kind": str(each.kind), "quantity": plain(each.quantity)}
        for each in differences
    ]
