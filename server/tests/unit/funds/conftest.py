"""Money of the cast: the health commission keeps the province's emergency budget, the street a
fund for its communities; the property firm claims from the street."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from unit.clocks.conftest import works as works

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.make_claim import Line, make_claim
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.models import Account, Claim, Fund, Gift, Payment, Spending
from tongzhou.ledger.models import Act

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
Asking = Callable[..., Spending]


def yuan(amount: int | str) -> int:
    """Cents."""
    return int(Decimal(amount) * 100)


def receipt(name: str = "receipt.pdf") -> SimpleUploadedFile:
    """A small real document."""
    return SimpleUploadedFile(name, PDF)


def balances(fund: Fund) -> tuple[int, int, int]:
    """At hand, set aside, in kind: as the database keeps it."""
    found = dict(Account.objects.filter(fund=fund).values_list("books", "balance"))
    return found["free"], found["held"], found["goods"]


@pytest.fixture
def fund(cast: Cast) -> Fund:
    """The commission's budget: a thousand yuan, for anything."""
    made = open_fund(
        code="zj-budget", name_zh="省应急预算", name_en="Emergency budget", source="budget",
        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31), by=cast.tang, at=AT,
    )  # fmt: skip
    receive_money(fund=made, amount=yuan(1000), reference="Doc. 12", by=cast.tang, at=AT)
    return made


@pytest.fixture
def gifts(cast: Cast) -> Fund:
    """A fund for gifts, bound to supplies; empty."""
    return open_fund(
        code="zj-gifts", name_zh="捐赠资金", name_en="Gifts", source="donation",
        starts_on=date(2020, 1, 1), purposes=["supplies"], takes_gifts=True, by=cast.tang, at=AT,
    )  # fmt: skip


@pytest.fixture
def gift(cast: Cast, gifts: Fund) -> Gift:
    """Three hundred yuan, received."""
    made = pledge_gift(
        fund=gifts, donor_kind="person", amount=yuan(300), by=None, at=AT, expected_on=TODAY
    )
    return receive_gift(gift=made, amount=yuan(300), by=cast.tang, at=AT)


@pytest.fixture
def goods(cast: Cast, gifts: Fund) -> Gift:
    """Masks worth five hundred yuan, received."""
    made = pledge_gift(
        fund=gifts, donor_kind="firm", thing="N95 masks", quantity=Decimal(100), measure="piece",
        by=cast.ou, own=True, at=AT,
    )  # fmt: skip
    return receive_gift(
        gift=made, amount=yuan(500), valued_by="Invoice 77", by=cast.tang, at=AT + HOUR
    )


@pytest.fixture
def ask(cast: Cast, fund: Fund) -> Asking:
    """Asks the budget for four hundred yuan, by the hospital of the city's line."""

    def asked(amount: int = yuan(400), **changed: Any) -> Spending:
        given: dict[str, Any] = {
            "fund": fund, "title": "Hidden masks", "purpose": "supplies", "amount": amount,
            "payee": cast.units["wz-trade"], "area": cast.areas["3301"], "by": cast.tang,
            "at": AT,
        }  # fmt: skip
        return request_spending(**(given | changed))

    return asked


@pytest.fixture
def asked(ask: Asking) -> Spending:
    """A request that nobody decided."""
    return ask()


@pytest.fixture
def approved(cast: Cast, asked: Spending) -> Spending:
    """Approved by the commander, above the commission."""
    return approve_spending(spending=asked, by=cast.shen, at=AT + HOUR)


@pytest.fixture
def paid(cast: Cast, approved: Spending) -> Payment:
    """Paid by the commission."""
    return pay_spending(spending=approved, by=cast.tang, at=AT + 2 * HOUR)


@pytest.fixture
def claim(cast: Cast) -> Claim:
    """The property firm claims its night shifts of January from the street."""
    return make_claim(
        answerer=cast.units["beishan-street"], since=date(2020, 1, 25), until=date(2020, 1, 31),
        what="Night shifts at the north gate",
        lines=[Line("gate-hour", Decimal(100)), Line("disinfectant", Decimal("8.5"))],
        files=[receipt("shifts.pdf")], by=cast.pan, at=AT,
    )  # fmt: skip


@pytest.fixture
def last_act(db: None) -> Callable[[], Act]:
    """The act that was written last."""
    return lambda: Act.objects.order_by("-id")[0]
