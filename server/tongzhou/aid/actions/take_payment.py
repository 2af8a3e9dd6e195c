from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.aid.actions.cost_acts import tell_cost
from tongzhou.aid.acts import REIMBURSED
from tongzhou.aid.choices import CostState
from tongzhou.aid.models import Agreement, Cost
from tongzhou.kernel.errors import Conflict


class PaidTwice(Conflict):
    """A claim that was paid, or whose payment another request is for."""

    code = "aid-paid-twice"
    message = _("%(reference)s is not to be paid by this request: it is settled, or another is.")


def take_payment(*, cost: UUID, spending: UUID, total: int, by: Post, at: datetime) -> Cost:
    """Inside the transaction of the payment: the claim is settled, and what was not paid of it is
    open again. Asks nobody: the fund asked. Raises PaidTwice."""
    found = Cost.objects.select_related("agreement").get(id=cost)
    agreement = (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("request__incident", "request__area", "asker", "offerer")
        .get(id=found.agreement_id)
    )  # fmt: skip
    locked = Cost.objects.select_for_update(of=("self",), no_key=True).get(id=cost)
    locked.agreement = agreement
    if locked.state != CostState.ASKED or locked.spending_id != spending:
        raise PaidTwice(reference=locked.reference)
    locked.state, locked.paid, locked.settled_at = CostState.PAID, total, at
    locked.save(update_fields=["state", "paid", "settled_at"])
    agreement.claimed -= locked.total - total
    agreement.paid += total
    agreement.save(update_fields=["claimed", "paid"])
    tell_cost(REIMBURSED, cost=locked, by=by, at=at, amount=total)
    return locked
