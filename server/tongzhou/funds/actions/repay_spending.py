from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_KEEP
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import reason_given
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import PAYMENT_RETURNED
from tongzhou.funds.choices import Books, Kind, SpendingState
from tongzhou.funds.models import Payment, Spending
from tongzhou.kernel.errors import Conflict


class MoreThanPaid(Conflict):
    """Nothing comes back that was not paid."""

    code = "more-than-paid"
    message = _("%(left)s of this payment did not come back yet; this is more.")


def repay_spending(
    *, spending: Spending, amount: int, reason: str, by: Post, at: datetime
) -> Payment:
    """Money that was paid comes back into its fund, and to the gift that it came from.
    Raises NotFound, NotAllowed, SpendingNotSo, MoreThanPaid, ReasonMissing, TextTooLong,
    AmountMalformed, AmountNotPositive, AmountAbsurd."""
    money.require(amount)
    with transaction.atomic():
        locked = begin(spending, by=by, word=FUND_KEEP, states=(SpendingState.PAID,))
        payments = Payment.objects.select_for_update(of=("self",), no_key=True)
        payment = payments.select_related("posting").get(spending=locked)
        left = payment.amount - payment.returned
        if amount > left:
            raise MoreThanPaid(field="amount", left=locked.money.text(left))
        (books,) = posting.locked(locked.fund)
        made = posting.write(
            Kind.REPAY,
            entries=[
                (posting.outside(Books.PAYEES), -amount), (books.accounts[Books.FREE], amount)
            ],
            by=by,
            at=at,
            about=("spending", locked.id),
            reference=reason_given(reason),
            party=locked.payee,
        )  # fmt: skip
        posting.came_back(books, made, paid=payment.posting, amount=amount)
        Payment.objects.filter(id=payment.id).update(returned=F("returned") + amount)
        payment.returned += amount
        tell(
            PAYMENT_RETURNED,
            spending=locked,
            by=by,
            at=at,
            data={"amount": amount, "posting": str(made.id)},
        )
    return payment
