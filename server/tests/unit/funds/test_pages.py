"""Pages: what they show to whom, and how many questions they ask the database."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.clocks.conftest import Works
from unit.funds.conftest import AT, DAY, HOUR, Asking, receipt, yuan

from tongzhou.actors.models import Post
from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.models import Claim, Fund, Gift, Payment
from tongzhou.funds.queries import cost, funds, gap, spending, statement

SignedIn = Callable[[Post], Client]


def questions(act: Callable[[], object]) -> int:
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_lists_ask_as_much_of_many_rows_as_of_one(cast: Cast, fund: Fund, ask: Asking) -> None:
    def count() -> list[int]:
        return [
            questions(lambda: funds.listed(visible_to=cast.tang).rows),
            questions(lambda: spending.listed(visible_to=cast.tang, at=AT).rows),
            questions(lambda: statement.of(fund)),
            questions(lambda: gap.of(visible_to=cast.tang, at=AT)),
            questions(lambda: cost.closed(visible_to=cast.tang, before=AT.date(), after=AT.date())),
        ]

    approve_spending(spending=ask(yuan(1)), by=cast.shen, at=AT)
    before = count()
    for n in range(5):
        approve_spending(spending=ask(yuan(1)), by=cast.shen, at=AT)
        open_fund(
            code=f"f{n}", name_zh="资金", source="own", starts_on=AT.date(), by=cast.tang, at=AT
        )

    assert count() == before
    assert before[:3] == [1, 1, 2]


def test_the_statement_is_read_by_those_who_keep_it(
    cast: Cast, signed_in: SignedIn, fund: Fund, paid: Payment
) -> None:
    page = signed_in(cast.tang).get("/funds/zj-budget").content.decode()
    file = signed_in(cast.tang).get("/funds/zj-budget/statement.csv").content.decode("utf-8-sig")

    assert "600.00" in page
    assert file.splitlines()[-1].split(",")[5:9] == ["-400.00", "-400.00", "0.00", "600.00"]
    assert signed_in(cast.ou).get("/funds/zj-budget").status_code == 404
    assert signed_in(cast.he).get("/funds/zj-budget/statement.csv").status_code == 404


def test_the_code_of_a_gift_is_a_key_that_leaves_no_trace(client: Client, gift: Gift) -> None:
    answer = client.get("/gifts/follow", {"code": gift.code})

    assert answer.status_code == 200
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "300.00" in answer.content.decode()


def test_missed_limits_go_up_the_line(
    cast: Cast, works: Works, claim: Claim, paid: Payment
) -> None:
    works.at(AT + 3 * HOUR)
    running = {c.rule: c for c in Clock.objects.filter(state=State.RUNNING)}
    assert running["claim-answer"].owners == [cast.units["beishan-street"].id]
    assert running["receipt-due"].owners == [cast.units["zj-health"].id]

    hand_in_receipt(spending=paid.spending, files=[receipt()], by=cast.ou, at=AT + DAY)
    works.at(AT + 8 * DAY)
    assert Clock.objects.get(rule="claim-answer").missed_at == AT + 7 * DAY
    assert Clock.objects.get(rule="receipt-due").state == State.MET


def test_a_plan_whose_days_are_over_lacks_nothing(cast: Cast, fund: Fund) -> None:
    plan_spending(
        purpose="testing", since=AT.date(), until=AT.date(), amount=yuan(9000), by=cast.tang, at=AT
    )

    assert gap.of(visible_to=cast.tang, at=AT).gap == yuan(8000)
    assert gap.of(visible_to=cast.tang, at=AT + 3 * DAY).gap == 0
