from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_APPROVE
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import require_fits, require_other_eyes, require_running
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import SPENDING_APPROVED
from tongzhou.funds.choices import Books, Kind, SpendingState
from tongzhou.funds.models import Spending
from tongzhou.kernel.errors import Conflict


class MoreThanAsked(Conflict):
    """Nobody gets more than was asked for."""

    code = "more-than-requested"
    message = _("%(asked)s were asked for; more cannot be approved.")


def approve_spending(
    *, spending: Spending, by: Post, at: datetime, amount: int | None = None
) -> Spending:
    """Approves a request, in whole or with a smaller ``amount``; so much is set aside in the
    fund at once. Never by the person who asked. Raises NotFound, NotAllowed, SpendingNotSo,
    AlreadyPaid, OwnRequest, MoreThanAsked, FundShort, FundNotRunning, PurposeBound, AreaBound,
    IncidentBound, AmountMalformed, AmountNotPositive, AmountAbsurd."""
    with transaction.atomic():
        locked = begin(spending, by=by, word=FUND_APPROVE, states=(SpendingState.ASKED,))
        require_other_eyes(locked.post, by=by)
        granted = money.require(locked.amount if amount is None else amount)
        if granted > locked.amount:
            raise MoreThanAsked(field="amount", asked=locked.money.text(locked.amount))
        fund = locked.fund
        require_running(fund, at=at)
        require_fits(fund, purpose=locked.purpose, area=locked.area, incident=locked.incident)
        (books,) = posting.locked(fund)
        books.require(granted)
        made = posting.write(
            Kind.SET_ASIDE,
            entries=[
                (books.accounts[Books.FREE], -granted), (books.accounts[Books.HELD], granted)
            ],
            by=by,
            at=at,
            about=("spending", locked.id),
        )  # fmt: skip
        locked.approved = granted
        locked.state = SpendingState.APPROVED
        locked.decider = by
        locked.decided_at = at
        locked.save(update_fields=["approved", "state", "decider", "decided_at"])
        tell(
            SPENDING_APPROVED,
            spending=locked,
            by=by,
            at=at,
            asked_at=locked.asked_at,
            outcome="part" if granted < locked.amount else "approved",
            data={"amount": granted, "posting": str(made.id)},
        )
    return locked
