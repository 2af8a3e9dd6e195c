from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_RECEIPT
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import RECEIPT_HANDED_IN
from tongzhou.funds.choices import SpendingState
from tongzhou.funds.models import Evidence, Payment, Spending
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks import kept_files


class ReceiptMissing(Invalid):
    """A receipt without a file."""

    code = "receipt-missing"
    message = _("Add the receipt as a picture or a document.")


def hand_in_receipt(
    *, spending: Spending, files: Sequence[kept_files.Upload], by: Post, at: datetime
) -> Payment:
    """The receipt of a payment, by whoever asked for it, was paid, or keeps the fund; others
    may be added later. Raises NotFound, NotAllowed, SpendingNotSo, ReceiptMissing, and what is
    wrong with a file."""
    if not files:
        raise ReceiptMissing(field="files")
    kinds = kept_files.require_files(files)
    with transaction.atomic():
        locked = begin(spending, by=by, word=FUND_RECEIPT, states=(SpendingState.PAID,))
        payment = Payment.objects.select_for_update(no_key=True).get(spending=locked)
        first = payment.receipt_at is None
        if first:
            payment.receipt_at = at
            payment.save(update_fields=["receipt_at"])
        made = partial(Evidence, payment=payment)
        with kept_files.kept(made, files, kinds, by=by, at=at) as kept:
            tell(
                RECEIPT_HANDED_IN,
                spending=locked,
                by=by,
                at=at,
                asked_at=payment.at,
                outcome="late" if first and at > payment.receipt_due_at else "",
                data={"files": kept_files.in_ledger(kept)},
            )
    return payment
