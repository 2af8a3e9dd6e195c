"""Whoever gave sees what became of the own gift, and nobody learns who gave."""

import pytest
from unit.funds.conftest import AT, DAY, HOUR, receipt, yuan

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.approve_transfer import approve_transfer
from tongzhou.funds.actions.ask_transfer import ask_transfer
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.repay_spending import repay_spending
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.actions.use_gift import use_gift
from tongzhou.funds.models import Fund, Gift, Payment
from tongzhou.funds.queries import gifts as queries
from tongzhou.funds.queries.gifts import Cell, suppressed
from tongzhou.kernel.errors import NotFound


def given(fund: Fund, cast: Cast, amount: int) -> Gift:
    made = pledge_gift(fund=fund, donor_kind="person", amount=amount, by=None, at=AT)
    return receive_gift(gift=made, amount=amount, by=cast.tang, at=AT)


def spent(fund: Fund, cast: Cast, amount: int) -> Payment:
    spending = request_spending(
        fund=fund, title="T", purpose="supplies", amount=amount,
        payee=cast.units["hz-hospital"], by=cast.tang, at=AT,
    )  # fmt: skip
    approve_spending(spending=spending, by=cast.shen, at=AT)
    return pay_spending(spending=spending, by=cast.tang, at=AT + HOUR)


def test_the_first_gift_is_used_first(cast: Cast, gifts: Fund, gift: Gift) -> None:
    second = given(gifts, cast, yuan(200))
    payment = spent(gifts, cast, yuan(350))

    first, other = queries.by_code(gift.code), queries.by_code(second.code.lower())
    assert [(u.amount, u.receiver, u.receipt) for u in first.uses] == [
        (yuan(300), cast.units["hz-hospital"].name, False)
    ]
    assert (first.left, other.used, other.left) == (0, yuan(50), yuan(150))

    hand_in_receipt(spending=payment.spending, files=[receipt()], by=cast.tang, at=AT + DAY)
    repay_spending(
        spending=payment.spending, amount=yuan(80), reason="Less", by=cast.tang, at=AT + DAY
    )
    first, other = queries.by_code(gift.code), queries.by_code(second.code)
    assert (first.used, first.left) == (yuan(270), yuan(30))
    assert (other.used, other.left) == (0, yuan(200))
    assert first.uses[0].receipt is True


def test_a_gift_is_followed_into_another_fund(cast: Cast, gifts: Fund, gift: Gift) -> None:
    other = open_fund(
        code="hz-gifts", name_zh="市捐赠", source="donation", starts_on=AT.date(),
        purposes=["supplies"], by=cast.tang, at=AT,
    )  # fmt: skip
    transfer = ask_transfer(
        source=gifts, target=other, amount=yuan(120), why="City", by=cast.tang, at=AT
    )
    approve_transfer(transfer=transfer, by=cast.shen, at=AT)
    spent(other, cast, yuan(100))

    found = queries.by_code(gift.code)
    assert (found.used, found.left, found.moved) == (yuan(100), yuan(200), [other.name])


def test_what_was_overdrawn_is_covered_first(cast: Cast) -> None:
    fund = open_fund(
        code="over", name_zh="透支", source="donation", starts_on=AT.date(), takes_gifts=True,
        overdraft=yuan(100), by=cast.tang, at=AT,
    )  # fmt: skip
    receive_money(fund=fund, amount=yuan(10), reference="D", by=cast.tang, at=AT)
    spent(fund, cast, yuan(60))
    gift = given(fund, cast, yuan(70))

    assert queries.by_code(gift.code).left == yuan(20)


def test_goods_are_followed_to_whoever_got_them(cast: Cast, goods: Gift) -> None:
    use_gift(
        gift=goods, amount=yuan(200), receiver=cast.units["beishan-street"], what="40 masks",
        by=cast.tang, at=AT,
    )  # fmt: skip

    found = queries.by_code(goods.code)
    assert [(u.what, u.receiver, u.receipt) for u in found.uses] == [
        ("40 masks", cast.units["beishan-street"].name, None)
    ]
    assert (found.used, found.left) == (yuan(200), yuan(300))


@pytest.mark.parametrize("code", ["", "GF-2222-2222-2222", "nothing", "G-1001", "x" * 500])
def test_no_other_code_opens_anything(gift: Gift, code: str) -> None:
    with pytest.raises(NotFound):
        queries.by_code(code)


def test_small_sums_are_kept_back_with_the_next_smallest() -> None:
    cells = [Cell("a", 2, 5), Cell("b", 3, 7), Cell("c", 9, 90), Cell("d", 0, 0)]

    assert [cell.amount for cell in suppressed(cells)] == [None, None, 90, 0]
    assert [cell.amount for cell in suppressed([Cell("a", 1, 5), Cell("b", 2, 7)])] == [None, None]
    assert [cell.amount for cell in suppressed(cells[1:])] == [7, 90, 0]


def test_the_overview_names_nobody_and_hides_the_few(
    cast: Cast, gifts: Fund, gift: Gift, goods: Gift
) -> None:
    for _turn in range(3):
        given(gifts, cast, yuan(10))
    found = queries.overview()

    # Four gifts of persons, one of a firm: both kinds are kept back, and so is the form.
    assert [cell.amount for cell in found.by_donor] == [None, None]
    assert (found.money.amount, found.goods.amount) == (None, None)
    assert [(cell.donors, cell.amount) for cell in found.by_purpose] == [(5, yuan(830))]
