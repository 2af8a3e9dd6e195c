from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import FUND_KEEP
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import LINE, record, written
from tongzhou.funds.acts import MONEY_RECEIVED
from tongzhou.funds.choices import Books, Kind
from tongzhou.funds.models import Fund, Posting


def receive_money(
    *,
    fund: Fund,
    amount: int,
    reference: str,
    by: Post,
    at: datetime,
    giver: Unit | None = None,
) -> Posting:
    """Takes money into a fund that is no gift: budget, transfer from another level, insurance,
    reimbursement, own means. ``reference``: where it is written (document, voucher).
    Raises NotFound, NotAllowed, TextMissing, TextTooLong, AmountMalformed,
    AmountNotPositive, AmountAbsurd."""
    money.require(amount)
    with transaction.atomic():
        permissions.require(by=by, word=FUND_KEEP, on=fund)
        source = giver or fund.giver
        (books,) = posting.locked(fund)
        made = posting.write(
            Kind.RECEIVE,
            entries=[
                (posting.outside(Books.GIVERS), -amount), (books.accounts[Books.FREE], amount)
            ],
            by=by,
            at=at,
            about=("fund", fund.id),
            reference=written(reference, field="reference", limit=LINE),
            party=source,
        )  # fmt: skip
        posting.came_in(books, made, amount=amount)
        record(
            MONEY_RECEIVED,
            about=("fund", fund.id),
            by=by,
            at=at,
            units=[fund.owner_id, source.id if source else None],
            incident=fund.incident,
            area=fund.owner.area,
            data={
                "code": fund.code,
                "amount": amount,
                "posting": str(made.id),
                "source": fund.source,
                **({"giver": str(source.id)} if source else {}),
            },
        )
    return made
