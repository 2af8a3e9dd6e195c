from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_KEEP
from tongzhou.funds import money, posting, rates, works
from tongzhou.funds.actions.change import LINE, bounded, record, require_running
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import CLAIM_PAID, PAYMENT_MADE
from tongzhou.funds.choices import Books, ClaimState, Kind, SpendingState, Work
from tongzhou.funds.models import Claim, Payment, Spending
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id


class MoreThanApproved(Conflict):
    """Nothing is paid beyond what was approved."""

    code = "more-than-approved"
    message = _("%(approved)s were approved; more cannot be paid.")


def pay_spending(
    *,
    spending: Spending,
    by: Post,
    at: datetime,
    amount: int | None = None,
    reference: str = "",
) -> Payment:
    """Pays what was approved, once; where it cost less (``amount``), the rest is free again.
    The receipt is due from now on. A claim that it was for is paid with it. Raises NotFound,
    NotAllowed, SpendingNotSo, AlreadyPaid, MoreThanApproved, FundNotRunning, TextTooLong,
    AmountMalformed, AmountNotPositive, AmountAbsurd."""
    with transaction.atomic():
        locked = begin(spending, by=by, word=FUND_KEEP, states=(SpendingState.APPROVED,))
        granted = locked.approved or 0
        paid = money.require(granted if amount is None else amount)
        if paid > granted:
            raise MoreThanApproved(field="amount", approved=locked.money.text(granted))
        require_running(locked.fund, at=at)
        (books,) = posting.locked(locked.fund)
        made = posting.write(
            Kind.PAY,
            entries=[
                (books.accounts[Books.HELD], -granted),
                (books.accounts[Books.FREE], granted - paid),
                (posting.outside(Books.PAYEES), paid),
            ],
            by=by,
            at=at,
            about=("spending", locked.id),
            reference=bounded(reference, field="reference", limit=LINE),
            party=locked.payee,
        )
        posting.went_out(locked.fund, made, amount=paid)
        payment = Payment.objects.create(
            id=new_id(),
            spending=locked,
            posting=made,
            amount=paid,
            post=by,
            at=at,
            receipt_due_at=at + rates.in_force(at=at).receipt_within,
        )
        locked.state = SpendingState.PAID
        locked.save(update_fields=["state"])
        tell(
            PAYMENT_MADE,
            spending=locked,
            by=by,
            at=at,
            asked_at=locked.asked_at,
            due_at=payment.receipt_due_at,
            data={"amount": paid, "posting": str(made.id)},
        )
        if locked.for_kind == Work.CLAIM:
            _paid(locked, by=by, at=at, amount=paid)
        works.tell_paid(locked.for_kind, locked.for_id, locked.id, paid, by=by, at=at)
    return payment


def _paid(spending: Spending, *, by: Post, at: datetime, amount: int) -> None:
    assert spending.for_id is not None
    claims = Claim.objects.select_for_update(of=("self",), no_key=True)
    claim = claims.select_related("unit__area", "incident").get(id=spending.for_id)
    claim.state = ClaimState.PAID
    claim.paid_at = at
    claim.save(update_fields=["state", "paid_at"])
    record(
        CLAIM_PAID,
        about=("claim", claim.id),
        by=by,
        at=at,
        units=[claim.unit_id, claim.answerer_id],
        incident=claim.incident,
        area=claim.unit.area,
        asked_at=claim.made_at,
        data={
            "number": claim.number,
            "claimant": str(claim.unit_id),
            "answerer": str(claim.answerer_id),
            "amount": amount,
        },
    )
