from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions import outgoing
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.recording import begin, line, reason_given, short
from tongzhou.stock.acts import GOODS_ISSUED
from tongzhou.stock.choices import ENDS, AccountKind, MovementKind
from tongzhou.stock.models import Movement, Site
from tongzhou.stock.posting import move_lines, post, told


class EndUnknown(Invalid):
    """Goods that leave the books were used or lost."""

    code = "end-unknown"
    message = _("“%(value)s” is not where goods go. There are: %(known)s.")


def issue_goods(
    *,
    site: Site,
    lines: Sequence[Outgoing],
    by: Post,
    at: datetime,
    end: str = AccountKind.USED,
    unit: Unit | None = None,
    document: str = "",
    reason: str = "",
    incident: UUID | None = None,
    id: UUID | None = None,
) -> Movement:
    """Hands goods out for use, to the wards or households of the unit or to another
    ``unit``; or, with a reason, writes off what was lost. What expires first goes first,
    expired goods and what is reserved do not go; all lines or none.

    Raises NotFound, NotAllowed, SiteClosed, EndUnknown, ReasonMissing, NotEnough,
    BatchExpired, StockTextTooLong and what ``outgoing.read`` raises.
    """
    if end not in ENDS:
        raise EndUnknown(field="end", value=end[:40], known=", ".join(ENDS))
    said = reason_given(reason) if end == AccountKind.LOST else short(
        reason, field="reason", limit=1_000
    )  # fmt: skip
    amounts = outgoing.read(lines)
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        taken = outgoing.batches(held, lines, amounts, at=at)
        movement = post(
            MovementKind.ISSUE,
            move_lines(
                taken, source=outgoing.source_of(held), to=accounts.outside(AccountKind(end))
            ),
            by=by,
            at=at,
            document=short(document, field="document", limit=80),
            reason=said,
            id=id,
        )
        append_all(
            [
                line(
                    GOODS_ISSUED,
                    site=held,
                    by=by,
                    at=at,
                    incident=incident,
                    with_units=[unit.id] if unit else [],
                    audience=unit.line if unit else [],
                    data={
                        "movement": str(movement.id),
                        "end": end,
                        "lines": told(taken),
                        **({"unit": str(unit.id)} if unit else {}),
                    },
                )
            ]
        )
    return movement
