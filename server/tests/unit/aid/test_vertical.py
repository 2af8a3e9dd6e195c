"""From the call to the last payment."""

from unit.aid.conftest import AT, COST, DAY, HOUR, TODAY

from tongzhou.aid.actions.ask_payment import ask_payment
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.release import release
from tongzhou.aid.models import Cost, Deployment
from tongzhou.aid.queries import agreements, requests
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.models import Fund
from tongzhou.ledger.models import Act


def test_aid_is_asked_offered_signed_sent_taken_home_and_paid(
    cast: Cast, cost: Cost, here: Deployment, fund: Fund
) -> None:
    release(deployment=here, by=cast.he, at=AT + 12 * DAY)
    confirm_home(deployment=here, difference="A freezer is missing", by=cast.xia, at=AT + 13 * DAY)
    spending = ask_payment(cost=cost, fund=fund, by=cast.he, at=AT + 14 * DAY).spending
    assert spending is not None
    approve_spending(spending=spending, by=cast.shen, at=AT + 14 * DAY)
    pay_spending(spending=spending, by=cast.he, at=AT + 14 * DAY + HOUR)

    call = requests.find(here.agreement.request.number, visible_to=cast.xia)
    agreement = agreements.find(here.agreement.number, visible_to=cast.he)
    assert (call.agreed, call.on_the_way, call.here, call.gone, call.at_home) == (2, 0, 0, 2, 2)
    assert (agreement.paid, agreement.claimed) == (2 * COST, 2 * COST)
    assert agreements.cost(cost.number, visible_to=cast.lou).state == "paid"
    types = list(Act.objects.filter(type__startswith="aid.").order_by("id").values_list("type"))
    assert [name.split(".")[1] for (name,) in types] == [
        "requested", "asked", "asked", "answered", "offered", "drafted", "signed", "signed",
        "in_force", "left", "stay_set", "arrived", "cost_claimed", "released", "home",
        "cost_accepted", "reimbursed",
    ]  # fmt: skip


def test_the_host_sees_its_load_day_by_day(cast: Cast, here: Deployment) -> None:
    days = agreements.load(
        cast.units["wz-command"], visible_to=cast.he, at=AT, first=TODAY + DAY, days=13
    )

    assert [day.hosted for day in days] == [0] + 11 * [24] + [0]
    assert {day.room for day in days} == {None}
