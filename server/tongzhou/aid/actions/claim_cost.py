from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_SETTLE
from tongzhou.aid import terms
from tongzhou.aid.actions.change import LINE, AidCostWrong, begin, next_number, tell, written
from tongzhou.aid.acts import COST_CLAIMED
from tongzhou.aid.choices import Payment
from tongzhou.aid.models import Agreement, Cost, CostLine
from tongzhou.funds import money
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id

MOST_LINES: Final = 40


class CostLinesMissing(Invalid):
    """A claim of nothing, or with too many lines."""

    code = "aid-cost-lines"
    message = _("Claim 1 to %(most)d lines.")


class CostBeyondAgreed(Conflict):
    """More than both sides signed for, together with what was claimed before."""

    code = "aid-cost-beyond"
    message = _("%(left)s of %(reference)s are left; more needs a change that both sides sign.")


class NothingCame(Conflict):
    """Cost of an aid that never arrived."""

    code = "aid-nothing-came"
    message = _("Nobody has arrived under %(reference)s: there is nothing to reimburse.")


class GivenFreely(Conflict):
    """Cost of a gift."""

    code = "aid-given-freely"
    message = _("%(reference)s is a gift: nothing is paid for it.")


@dataclass(frozen=True)
class CostItem:
    """A line of a claim."""

    what: str
    amount: int


def claim_cost(
    *,
    agreement: Agreement,
    lines: Sequence[CostItem],
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Cost:
    """The sender claims what its aid cost, line by line, never beyond the agreed sum. Raises
    NotFound, NotAllowed, AidOtherSide, AgreementNotInForce, CostLinesMissing,
    CostBeyondAgreed, NothingCame, GivenFreely, TextMissing, AidTextTooLong, AidCostWrong."""
    if not 0 < len(lines) <= MOST_LINES:
        raise CostLinesMissing(field="lines", most=MOST_LINES)
    for row, line in enumerate(lines, start=1):
        if type(line.amount) is not int or not 0 < line.amount <= money.MOST:
            raise AidCostWrong(field="lines", row=row)
    with transaction.atomic():
        locked = begin(agreement, by=by, word=AID_SETTLE, sides=("offerer",))
        if locked.payment == Payment.GIFT:
            raise GivenFreely(reference=locked.reference)
        arrived = locked.deployments.aggregate(sum=Sum("arrived"))["sum"]
        if not arrived:
            raise NothingCame(reference=locked.reference)
        total = sum(line.amount for line in lines)
        left = locked.cost - locked.claimed
        if total > left:
            raise CostBeyondAgreed(
                field="lines", left=locked.money.text(left), reference=locked.reference
            )
        limits = terms.in_force(at=at, area=locked.request.area).limits
        cost = Cost.objects.create(
            id=id or new_id(),
            number=next_number("cost"),
            agreement=locked,
            version=locked.version,
            total=total,
            post=by,
            claimed_at=at,
            due_at=at + limits["reimburse"],
        )
        CostLine.objects.bulk_create(
            CostLine(
                cost=cost, position=place, amount=line.amount,
                what=written(line.what, field="lines", limit=LINE),
            )
            for place, line in enumerate(lines, start=1)
        )  # fmt: skip
        locked.claimed += total
        locked.save(update_fields=["claimed"])
        tell(
            COST_CLAIMED, agreement=locked, by=by, at=at, about=("aid_cost", cost.id),
            asked_at=at, due_at=cost.due_at,
            data={"number": cost.number, "amount": total, "version": locked.version},
        )  # fmt: skip
    return cost
