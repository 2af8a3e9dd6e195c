from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COMPENSATION_PROMISE
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.choices import Purpose, Work
from tongzhou.funds.models import Fund, Spending
from tongzhou.interests.actions import change, compensation_acts
from tongzhou.interests.acts import COMPENSATION_ASKED
from tongzhou.interests.choices import Means
from tongzhou.interests.models import Compensation
from tongzhou.kernel.errors import Conflict


class CompensationAsked(Conflict):
    """A fund was asked already, or nothing is to be paid in money."""

    code = "compensation-asked"
    message = _("%(reference)s is not paid in money, or a fund was asked for it already.")


def ask_compensation(
    *,
    compensation: Compensation,
    fund: Fund,
    by: Post,
    at: datetime,
    purpose: str = Purpose.COMMUNITY,
) -> Spending:
    """Asks a fund to pay what was promised in money to whoever gets it; it is approved and paid
    there as everything is. Raises NotFound, NotAllowed, CompensationNotSo, CompensationAsked,
    and what ``request_spending`` does."""
    with transaction.atomic():
        found = compensation_acts.begin(compensation, by=by, word=COMPENSATION_PROMISE)
        if found.means != Means.MONEY or compensation_acts.asked_for(found) is not None:
            raise CompensationAsked(reference=found.reference)
        today = timezone.localtime(at).date()
        spending = request_spending(
            fund=fund, title=found.reference, purpose=purpose, amount=found.amount,
            payee=found.receiver, incident=found.conflict.incident, for_kind=Work.COMPENSATION,
            for_id=found.id, for_label=found.reference,
            needed_on=max(timezone.localtime(found.due_at).date(), today), by=by, at=at,
        )  # fmt: skip
        change.tell_compensation(
            COMPENSATION_ASKED, compensation=found, by=by, at=at,
            data={"spending": str(spending.id)},
        )  # fmt: skip
    return spending
