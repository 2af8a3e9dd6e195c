from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.aid.actions import cost_acts
from tongzhou.aid.acts import COST_ACCEPTED
from tongzhou.aid.choices import CostState
from tongzhou.aid.models import Cost
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.choices import Purpose, SpendingState, Work
from tongzhou.funds.models import Fund
from tongzhou.kernel.errors import Conflict


class PaymentRuns(Conflict):
    """A claim whose payment is asked for already."""

    code = "aid-payment-runs"
    message = _("%(reference)s is asked for in %(spending)s already.")


def ask_payment(
    *,
    cost: Cost,
    fund: Fund,
    by: Post,
    at: datetime,
    purpose: str = Purpose.OTHER,
    id: UUID | None = None,
) -> Cost:
    """The asking side accepts a claim and asks a fund to pay it to the sender; there somebody
    else approves, and it is paid once. After a refusal of the fund it can be asked again.
    ``id``: of the request for money. Raises NotFound, NotAllowed, AidOtherSide, CostSettled,
    PaymentRuns, and what the fund refuses."""
    states = (CostState.CLAIMED, CostState.ASKED)
    with transaction.atomic():
        locked = cost_acts.begin(cost, by=by, side="asker", states=states)
        before = locked.spending
        over = (SpendingState.REFUSED, SpendingState.CANCELLED)
        if before is not None and before.state not in over:
            raise PaymentRuns(reference=locked.reference, spending=before.reference)
        request = locked.agreement.request
        locked.spending = request_spending(
            fund=fund,
            title=f"{locked.reference} {request.what}"[:300],
            purpose=purpose,
            amount=locked.total,
            payee=locked.agreement.offerer,
            area=request.area,
            incident=request.incident if fund.incident_id is None else None,
            for_kind=Work.AID,
            for_id=locked.id,
            for_label=f"{locked.reference} · {locked.agreement.reference}",
            by=by,
            at=at,
            id=id,
        )
        locked.state = CostState.ASKED
        locked.save(update_fields=["spending", "state"])
        cost_acts.tell_cost(COST_ACCEPTED, cost=locked, by=by, at=at, amount=locked.total)
    return locked
