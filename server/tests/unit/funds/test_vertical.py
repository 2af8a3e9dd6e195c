"""From an empty fund to the statement."""

from unit.funds.conftest import AT, DAY, balances, receipt, yuan

from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.models import Fund, Gift, Payment
from tongzhou.funds.queries import statement


def test_money_comes_in_is_asked_for_approved_paid_and_proved(
    cast: Cast, fund: Fund, paid: Payment
) -> None:
    hand_in_receipt(spending=paid.spending, files=[receipt()], by=cast.ou, at=AT + DAY)

    lines = statement.of(fund).lines
    assert balances(fund) == (yuan(600), 0, 0)
    assert [(line.kind, line.moved, line.balance, line.aside) for line in lines] == [
        ("pay", -yuan(400), yuan(600), 0),
        ("set_aside", 0, yuan(1000), yuan(400)),
        ("receive", yuan(1000), yuan(1000), 0),
    ]
    assert lines[0].party == cast.units["wz-trade"].name


def test_gifts_are_at_hand_or_in_kind(gifts: Fund, gift: Gift, goods: Gift) -> None:
    assert balances(gifts) == (yuan(300), 0, yuan(500))
