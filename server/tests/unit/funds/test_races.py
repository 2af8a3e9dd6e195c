"""Two people spend the last money at the same time, on connections of their own: exactly one
succeeds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from unit.funds.conftest import AT, Asking, balances, yuan

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.models import Fund, Payment, Spending
from tongzhou.kernel.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """The codes of what was refused, "" of what was done, when all begin together."""
    start = Barrier(len(acts))

    def done(act: Callable[[], object]) -> str:
        try:
            start.wait(20)
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(done, acts))


def test_the_last_money_is_approved_once_and_paid_once(cast: Cast, fund: Fund, ask: Asking) -> None:
    first, second = ask(yuan(700)), ask(yuan(700))

    def approving(spending: Spending) -> Callable[[], object]:
        return lambda: approve_spending(spending=spending, by=cast.shen, at=AT)

    assert at_once(approving(first), approving(second)) == ["", "fund-short"]
    approved = Spending.objects.get(state="approved")

    def paying() -> object:
        return pay_spending(spending=approved, by=cast.tang, at=AT)

    assert at_once(paying, paying, paying) == ["", "already-paid", "already-paid"]
    assert Payment.objects.count() == 1
    assert balances(fund) == (yuan(300), 0, 0)
