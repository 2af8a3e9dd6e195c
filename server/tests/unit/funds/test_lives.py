"""Random lives of money: whatever is tried in whatever order, the books hold."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.funds.conftest import AT

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.approve_transfer import approve_transfer
from tongzhou.funds.actions.ask_transfer import ask_transfer
from tongzhou.funds.actions.cancel_spending import cancel_spending
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.repay_spending import repay_spending
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.models import (
    Account,
    Entry,
    Fund,
    Gift,
    Payment,
    Portion,
    Portioned,
    Posting,
    Spending,
)
from tongzhou.kernel.errors import Refusal

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["money", "gift", "ask", "approve", "pay", "cancel", "repay", "transfer"]
        ),
        st.integers(min_value=0, max_value=5),
        st.integers(min_value=1, max_value=60),
        st.sampled_from(["supplies", "testing"]),
    ),
    min_size=4,
    max_size=18,
)  # fmt: skip
Life = list[tuple[str, int, int, str]]


def lived(cast: Cast, life: Life) -> None:
    """Does what it can of a life; what is refused leaves nothing."""
    new: dict[str, Any] = {
        "source": "donation", "starts_on": AT.date(), "takes_gifts": True, "by": cast.tang, "at": AT
    }  # fmt: skip
    funds = [
        open_fund(code="any", name_zh="一", **new),
        open_fund(code="bound", name_zh="二", purposes=["supplies"], **new),
        open_fund(code="tight", name_zh="三", purposes=["supplies"], overdraft=20, **new),
    ]
    asked: list[Spending] = []
    by, at = cast.tang, AT

    def of(found: list[Spending], n: int) -> Spending:
        return found[n % len(found)]

    def gift(fund: Fund, amount: int) -> None:
        made = pledge_gift(fund=fund, donor_kind="person", amount=amount, by=None, at=at)
        receive_gift(gift=made, amount=amount, by=by, at=at)

    def transfer(n: int, amount: int) -> None:
        made = ask_transfer(
            source=funds[n % 3], target=funds[(n + 1) % 3], amount=amount, why="W", by=by, at=at
        )
        approve_transfer(transfer=made, by=cast.shen, at=at)

    def ask(fund: Fund, amount: int, purpose: str) -> None:
        asked.append(
            request_spending(fund=fund, title="T", purpose=purpose, amount=amount, by=by, at=at)
        )

    doing: dict[str, Callable[[int, int, str], object]] = {
        "money": lambda n, amount, _p: receive_money(
            fund=funds[n % 3], amount=amount, reference="D", by=by, at=at
        ),
        "gift": lambda n, amount, _p: gift(funds[n % 3], amount),
        "ask": lambda n, amount, purpose: ask(funds[n % 3], amount, purpose),
        "approve": lambda n, _a, _p: approve_spending(spending=of(asked, n), by=cast.shen, at=at),
        "pay": lambda n, amount, _p: pay_spending(
            spending=of(asked, n), amount=amount if n % 2 else None, by=by, at=at
        ),
        "cancel": lambda n, _a, _p: cancel_spending(
            spending=of(asked, n), reason="R", by=by, at=at
        ),
        "repay": lambda n, amount, _p: repay_spending(
            spending=of(asked, n), amount=amount, reason="R", by=by, at=at
        ),
        "transfer": lambda n, amount, _p: transfer(n, amount),
    }
    for step, n, amount, purpose in life:
        if step in ("approve", "pay", "cancel", "repay") and not asked:
            continue
        try:
            doing[step](n, amount, purpose)
        except Refusal:
            continue


def sum_of(found: Any, field: str = "amount") -> int:
    total: int | None = found.aggregate(sum=Sum(field))["sum"]
    return total or 0


def wrongs() -> list[str]:
    """What does not hold of the books."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    found = []
    for posting in Posting.objects.annotate(sum=Sum("entries__amount")):
        if posting.sum:
            found.append(f"{posting.kind} sums to {posting.sum}")
    for account in Account.objects.exclude(fund=None):
        if account.balance != sum_of(Entry.objects.filter(account=account)):
            found.append(f"{account.books} is not its entries")
    for fund in Fund.objects.all():
        books = dict(Account.objects.filter(fund=fund).values_list("books", "balance"))
        approved = Spending.objects.filter(fund=fund, state="approved")
        if books["held"] != sum_of(approved, "approved"):
            found.append("what is set aside is not what is approved")
        if sum_of(Portion.objects.filter(fund=fund), "left") != max(
            0, books["free"] + books["held"]
        ):
            found.append("portions are not what is there")
        bad = Payment.objects.filter(spending__fund=fund).exclude(
            spending__purpose__in=fund.purposes or ["supplies", "testing"]
        )
        if bad.exists():
            found.append("bound money paid something else")
    if Payment.objects.filter(amount__gt=F("spending__approved")).exists():
        found.append("more was paid than approved")
    for gift in Gift.objects.filter(state="received"):
        uses = Portioned.objects.filter(portion__gift=gift).exclude(posting__kind="transfer")
        used = sum_of(uses) - sum_of(uses, "returned")
        if used + sum_of(Portion.objects.filter(gift=gift), "left") != gift.amount:
            found.append("a gift is not what became of it")
    return found


def test_random_lives_keep_the_books(cast: Cast) -> None:
    @settings(
        derandomize=True,
        max_examples=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(STEPS)
    def lives(life: Life) -> None:
        point = transaction.savepoint()
        try:
            lived(cast, life)
            assert wrongs() == []
        finally:
            transaction.savepoint_rollback(point)

    lives()
