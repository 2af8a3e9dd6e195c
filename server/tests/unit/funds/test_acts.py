"""Each act happens, is refused, is invisible to others, and leaves nothing behind when it
cannot be written down."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from unit.funds.conftest import AT, DAY, HOUR, Asking, balances, receipt, yuan

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.answer_claim import MoreThanClaimed, answer_claim
from tongzhou.funds.actions.approve_spending import MoreThanAsked, approve_spending
from tongzhou.funds.actions.approve_transfer import approve_transfer
from tongzhou.funds.actions.ask_transfer import SameFund, TransferLoosens, ask_transfer
from tongzhou.funds.actions.cancel_gift import cancel_gift
from tongzhou.funds.actions.cancel_spending import cancel_spending
from tongzhou.funds.actions.cancel_transfer import cancel_transfer
from tongzhou.funds.actions.change import (
    AreaBound,
    DaysTurned,
    FundNotRunning,
    OwnRequest,
    PurposeBound,
)
from tongzhou.funds.actions.drop_planned import PlannedDropped, drop_planned
from tongzhou.funds.actions.hand_in_receipt import ReceiptMissing, hand_in_receipt
from tongzhou.funds.actions.make_claim import (
    ItemsMissing,
    ItemUnknown,
    Line,
    NotAnswering,
    QuantityWrong,
    make_claim,
)
from tongzhou.funds.actions.open_fund import FundCodeMalformed, FundCodeTaken, open_fund
from tongzhou.funds.actions.pay_spending import MoreThanApproved, pay_spending
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.actions.pledge_gift import GoodsAbsurd, TakesNoGifts, pledge_gift
from tongzhou.funds.actions.receive_gift import GiftNotSo, ValuationMissing, receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.refuse_spending import refuse_spending
from tongzhou.funds.actions.refuse_transfer import refuse_transfer
from tongzhou.funds.actions.repay_spending import MoreThanPaid, repay_spending
from tongzhou.funds.actions.request_spending import (
    ClaimNotPayable,
    ClaimOtherPayee,
    ClaimOverpaid,
    request_spending,
)
from tongzhou.funds.actions.spending_acts import AlreadyPaid, SpendingNotSo
from tongzhou.funds.actions.use_gift import GiftNotGoods, GoodsShort, use_gift
from tongzhou.funds.actions.withdraw_claim import withdraw_claim
from tongzhou.funds.models import Claim, Evidence, Fund, Gift, Payment, Planned, Posting, Spending
from tongzhou.funds.money import (
    AmountAbsurd,
    AmountMalformed,
    AmountNotPositive,
    AmountTooFine,
    read,
)
from tongzhou.funds.posting import FundShort
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing, Refusal
from tongzhou.ledger.models import Act

Broken = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Row:
    """An act: how it is done by ``by``, its type, who sees the thing but may not do it (or
    None), and who does not see it (or None where everybody may)."""

    type: str
    by: str
    do: Callable[["Given", Post], Any]
    refused: str | None = "gu"
    hidden: str | None = "ou"


@dataclass(frozen=True)
class Given:
    """What the rows act on."""

    cast: Cast
    fund: Fund
    gifts: Fund
    gift: Gift
    goods: Gift
    promised: Gift
    asked: Spending
    paid: Payment
    ready: Spending
    transfer: Any
    claim: Claim
    planned: Planned


@pytest.fixture
def given(
    cast: Cast, fund: Fund, gifts: Fund, gift: Gift, goods: Gift, ask: Asking, paid: Payment,
    claim: Claim,
) -> Given:  # fmt: skip
    """One of everything."""
    payee = cast.units["hz-health"]
    other = open_fund(
        code="other", name_zh="其他", source="own", starts_on=AT.date(), by=cast.tang, at=AT
    )
    return Given(
        cast=cast, fund=fund, gifts=gifts, gift=gift, goods=goods,
        promised=pledge_gift(fund=gifts, donor_kind="firm", amount=yuan(20), by=None, at=AT),
        asked=ask(yuan(50), payee=payee), paid=paid,
        ready=approve_spending(spending=ask(yuan(60), payee=payee), by=cast.shen, at=AT),
        transfer=ask_transfer(
            source=fund, target=other, amount=yuan(10), why="Short", by=cast.tang, at=AT
        ),
        claim=claim,
        planned=plan_spending(
            purpose="testing", since=AT.date(), until=AT.date(), amount=yuan(5), by=cast.tang,
            at=AT,
        ),
    )  # fmt: skip


def opened(g: Given, by: Post) -> Fund:
    return open_fund(code="newer", name_zh="新", source="own", starts_on=AT.date(),
                     owner=g.cast.units["zj-health"], by=by, at=AT)  # fmt: skip


def claimed(g: Given, by: Post) -> Claim:
    return make_claim(answerer=g.cast.units["beishan-street"], since=AT.date(), until=AT.date(),
                      what="Gate", lines=[Line("gate-hour", Decimal(1))], by=by, at=AT)  # fmt: skip


# fmt: off
ROWS = (
    Row("fund.opened.v1", "tang", opened, "qiu", None),
    Row("fund.received.v1", "tang",
        lambda g, by: receive_money(fund=g.fund, amount=5, reference="D", by=by, at=AT)),
    Row("gift.promised.v1", "mei",
        lambda g, by: pledge_gift(fund=g.gifts, donor_kind="person", amount=5, by=by, at=AT),
        "gu", None),
    Row("gift.received.v1", "tang",
        lambda g, by: receive_gift(gift=g.promised, amount=5, by=by, at=AT)),
    Row("gift.cancelled.v1", "tang",
        lambda g, by: cancel_gift(gift=g.promised, reason="No", by=by, at=AT)),
    Row("gift.used.v1", "tang", lambda g, by: use_gift(
        gift=g.goods, amount=5, receiver=g.cast.units["hz-health"], what="5", by=by, at=AT),
        "gu", "he"),
    Row("spending.asked.v1", "tang", lambda g, by: request_spending(
        fund=g.fund, title="T", purpose="other", amount=5, by=by, at=AT)),
    Row("spending.approved.v1", "shen",
        lambda g, by: approve_spending(spending=g.asked, by=by, at=AT), "xia", "he"),
    Row("spending.refused.v1", "shen",
        lambda g, by: refuse_spending(spending=g.asked, reason="No", by=by, at=AT), "xia", "he"),
    Row("spending.cancelled.v1", "tang",
        lambda g, by: cancel_spending(spending=g.ready, reason="No", by=by, at=AT), "xia", "he"),
    Row("payment.made.v1", "tang", lambda g, by: pay_spending(spending=g.ready, by=by, at=AT),
        "xia", "he"),
    Row("receipt.handed_in.v1", "ou", lambda g, by: hand_in_receipt(
        spending=g.paid.spending, files=[receipt()], by=by, at=AT), "gu", "he"),
    Row("payment.returned.v1", "tang", lambda g, by: repay_spending(
        spending=g.paid.spending, amount=5, reason="Less", by=by, at=AT), "ou", "he"),
    Row("transfer.asked.v1", "tang", lambda g, by: ask_transfer(
        source=g.fund, target=g.transfer.target, amount=5, why="W", by=by, at=AT)),
    Row("transfer.done.v1", "shen",
        lambda g, by: approve_transfer(transfer=g.transfer, by=by, at=AT)),
    Row("transfer.refused.v1", "shen",
        lambda g, by: refuse_transfer(transfer=g.transfer, reason="No", by=by, at=AT)),
    Row("transfer.cancelled.v1", "tang",
        lambda g, by: cancel_transfer(transfer=g.transfer, reason="No", by=by, at=AT)),
    Row("claim.made.v1", "pan", claimed, None, None),
    Row("claim.accepted.v1", "ye", lambda g, by: answer_claim(claim=g.claim, by=by, at=AT),
        "pan", "ou"),
    Row("claim.withdrawn.v1", "pan",
        lambda g, by: withdraw_claim(claim=g.claim, reason="Wrong", by=by, at=AT), "ye", "ou"),
    Row("spending.planned.v1", "tang", lambda g, by: plan_spending(
        purpose="other", since=AT.date(), until=AT.date(), amount=5,
        unit=g.cast.units["zj-health"], by=by, at=AT), "gu", None),
    Row("spending.unplanned.v1", "tang",
        lambda g, by: drop_planned(planned=g.planned, by=by, at=AT), "gu", "ou"),
)
# fmt: on


def test_every_act_happens_and_nobody_else_may(given: Given, broken_ledger: Broken) -> None:
    wrong: dict[str, object] = {}
    for row in ROWS:
        money = balances(given.fund), balances(given.gifts), Posting.objects.count()
        for name, refusal in ((row.refused, NotAllowed), (row.hidden, NotFound)):
            if name is None:
                continue
            with pytest.raises(Refusal) as refused:
                row.do(given, given.cast.posts[name])
            if type(refused.value) is not refusal:
                wrong[f"{row.type} by {name}"] = refused.value
        with broken_ledger():
            row.do(given, given.cast.posts[row.by])
        if (balances(given.fund), balances(given.gifts), Posting.objects.count()) != money:
            wrong[f"{row.type} leaves something behind"] = money
    for row in ROWS:
        if row.type in ("gift.cancelled.v1", "spending.refused.v1", "spending.cancelled.v1",
                        "transfer.refused.v1", "transfer.cancelled.v1",
                        "claim.withdrawn.v1"):  # fmt: skip
            continue  # the thing is settled by then: see the tests of each
        before = Act.objects.filter(type=row.type).count()
        row.do(given, given.cast.posts[row.by])
        if Act.objects.filter(type=row.type).count() != before + 1:
            wrong[f"{row.type} is not written"] = before

    assert wrong == {}


def test_what_is_settled_otherwise_is_written_too(given: Given) -> None:
    settled = ("gift.cancelled.v1", "spending.refused.v1", "spending.cancelled.v1",
               "transfer.refused.v1", "claim.withdrawn.v1")  # fmt: skip
    for row in ROWS:
        if row.type in settled:
            row.do(given, given.cast.posts[row.by])

    assert {kind for kind in settled if Act.objects.filter(type=kind).count() == 1} == set(settled)
    assert balances(given.fund) == (yuan(600), 0, 0)


def test_amounts_are_read_as_people_write_them(db: None) -> None:
    assert [read(text) for text in ("1250.5", "¥1,250.50", "１２５０．５", "0.01", 7)] == [
        125050, 125050, 125050, 1, 700
    ]  # fmt: skip
    for text, refusal in (
        ("NaN", AmountMalformed), ("", AmountMalformed), ("1e9", AmountMalformed),
        ("1,25", AmountMalformed), ("Infinity", AmountMalformed), ("1.2.3", AmountMalformed),
        ("-5", AmountNotPositive), ("0", AmountNotPositive), ("1.001", AmountTooFine),
        ("9" * 20, AmountAbsurd), ("9" * 60, AmountMalformed),
    ):  # fmt: skip
        with pytest.raises(refusal):
            read(text)


def test_a_request_is_decided_by_other_eyes(cast: Cast, ask: Asking) -> None:
    spending = ask()

    with pytest.raises(OwnRequest):
        approve_spending(spending=spending, by=cast.tang, at=AT)
    with pytest.raises(OwnRequest):
        refuse_spending(spending=spending, reason="No", by=cast.tang, at=AT)
    with pytest.raises(MoreThanAsked):
        approve_spending(spending=spending, amount=yuan(401), by=cast.shen, at=AT)


def test_nothing_is_approved_beyond_what_is_there(cast: Cast, fund: Fund, ask: Asking) -> None:
    approve_spending(spending=ask(yuan(700)), by=cast.shen, at=AT)

    with pytest.raises(FundShort):
        approve_spending(spending=ask(yuan(301)), by=cast.shen, at=AT)
    assert balances(fund) == (yuan(300), yuan(700), 0)


def test_money_is_paid_once_and_never_beyond_approval(
    cast: Cast, fund: Fund, approved: Spending
) -> None:
    with pytest.raises(MoreThanApproved):
        pay_spending(spending=approved, amount=yuan(400) + 1, by=cast.tang, at=AT)
    pay_spending(spending=approved, amount=yuan(350), by=cast.tang, at=AT)
    with pytest.raises(AlreadyPaid):
        pay_spending(spending=approved, by=cast.tang, at=AT)
    with pytest.raises(AlreadyPaid):
        cancel_spending(spending=approved, reason="Late", by=cast.tang, at=AT)

    assert balances(fund) == (yuan(650), 0, 0)


def test_what_was_not_approved_is_not_paid(cast: Cast, asked: Spending) -> None:
    with pytest.raises(SpendingNotSo):
        pay_spending(spending=asked, by=cast.tang, at=AT)
    with pytest.raises(SpendingNotSo):
        hand_in_receipt(spending=asked, files=[receipt()], by=cast.tang, at=AT)


def test_money_comes_back_up_to_what_was_paid(cast: Cast, fund: Fund, paid: Payment) -> None:
    repay_spending(spending=paid.spending, amount=yuan(100), reason="Less", by=cast.tang, at=AT)

    with pytest.raises(MoreThanPaid):
        repay_spending(
            spending=paid.spending, amount=yuan(300) + 1, reason="All", by=cast.tang, at=AT
        )
    assert balances(fund) == (yuan(700), 0, 0)


def test_a_receipt_is_a_file_of_a_known_kind(cast: Cast, paid: Payment) -> None:
    with pytest.raises(ReceiptMissing):
        hand_in_receipt(spending=paid.spending, files=[], by=cast.tang, at=AT)
    page = receipt("page.html")
    page.file.write(b"<html><script>1</script>")
    with pytest.raises(Refusal):
        hand_in_receipt(
            spending=paid.spending, files=[type(page)("x.html", b"<html>")], by=cast.tang, at=AT
        )
    paid.refresh_from_db()
    assert paid.receipt_at is None
    assert not Evidence.objects.exists()


def test_a_bound_gift_never_pays_another_purpose(
    cast: Cast, gifts: Fund, gift: Gift, fund: Fund
) -> None:
    ask = {"fund": gifts, "title": "T", "amount": yuan(10), "by": cast.tang, "at": AT}

    with pytest.raises(PurposeBound):
        request_spending(purpose="transport", **ask)
    with pytest.raises(TransferLoosens):
        ask_transfer(source=gifts, target=fund, amount=yuan(10), why="Free it", by=cast.tang, at=AT)
    with pytest.raises(SameFund):
        ask_transfer(source=fund, target=fund, amount=1, why="W", by=cast.tang, at=AT)


def test_money_of_an_area_stays_in_it_and_in_its_term(cast: Cast) -> None:
    bound = open_fund(
        code="hz", name_zh="杭州", source="budget", starts_on=date(2020, 1, 1),
        ends_on=AT.date(), area=cast.areas["3301"], by=cast.tang, at=AT,
    )  # fmt: skip
    receive_money(fund=bound, amount=yuan(10), reference="D", by=cast.tang, at=AT)
    ask = {"fund": bound, "title": "T", "purpose": "other", "amount": yuan(1), "by": cast.tang}

    with pytest.raises(AreaBound):
        request_spending(area=cast.areas["3303"], at=AT, **ask)
    spending = request_spending(area=cast.areas["330106"], at=AT, **ask)
    with pytest.raises(FundNotRunning):
        approve_spending(spending=spending, by=cast.shen, at=AT + 2 * DAY)


def test_funds_have_codes_of_their_own(cast: Cast, fund: Fund) -> None:
    new = {"name_zh": "新", "source": "own", "starts_on": AT.date(), "by": cast.tang, "at": AT}

    with pytest.raises(FundCodeTaken):
        open_fund(code="zj-budget", **new)
    for code in ("gap", "No spaces", "a/b", "x" * 61):
        with pytest.raises(FundCodeMalformed):
            open_fund(code=code, **new)
    with pytest.raises(DaysTurned):
        open_fund(code="turned", ends_on=AT.date() - DAY, **new)


def test_gifts_are_promised_valued_and_received_once(
    cast: Cast, fund: Fund, gifts: Fund, gift: Gift
) -> None:
    give = {"fund": gifts, "donor_kind": "person", "by": None, "at": AT}

    with pytest.raises(TakesNoGifts):
        pledge_gift(**(give | {"fund": fund}), amount=5)
    for quantity in (Decimal("NaN"), Decimal(-1), Decimal(10) ** 12, Decimal("0.0001")):
        with pytest.raises(GoodsAbsurd):
            pledge_gift(**give, thing="Masks", quantity=quantity)
    goods = pledge_gift(**give, thing="Masks", quantity=Decimal(3))
    with pytest.raises(ValuationMissing):
        receive_gift(gift=goods, amount=yuan(9), by=cast.tang, at=AT)
    with pytest.raises(GiftNotSo):
        receive_gift(gift=gift, amount=yuan(9), by=cast.tang, at=AT)


def test_goods_are_handed_out_as_far_as_they_go(cast: Cast, gift: Gift, goods: Gift) -> None:
    out = {"receiver": cast.units["hz-hospital"], "what": "Masks", "by": cast.tang, "at": AT}

    with pytest.raises(GiftNotGoods):
        use_gift(gift=gift, amount=5, **out)
    use_gift(gift=goods, amount=yuan(450), **out)
    with pytest.raises(GoodsShort):
        use_gift(gift=goods, amount=yuan(51), **out)
    assert balances(goods.fund)[2] == yuan(50)


def test_a_claim_counts_by_the_template(cast: Cast, claim: Claim) -> None:
    assert [(i.code, i.amount) for i in claim.items.order_by("place")] == [
        ("gate-hour", yuan(2800)), ("disinfectant", yuan("106.25"))
    ]  # fmt: skip
    assert (claim.total, claim.due_at) == (yuan("2906.25"), AT + 7 * DAY)


def test_absurd_claims_are_refused_by_name(cast: Cast) -> None:
    make = {"answerer": cast.units["beishan-street"], "since": AT.date(), "until": AT.date(),
            "what": "W", "by": cast.pan, "at": AT}  # fmt: skip
    one = Decimal(1)

    for quantity in (Decimal("NaN"), -one, Decimal(0), Decimal(10) ** 9, Decimal("0.001")):
        with pytest.raises(QuantityWrong):
            make_claim(**make, lines=[Line("gate-hour", quantity)])
    with pytest.raises(ItemUnknown):
        make_claim(**make, lines=[Line("champagne", one)])
    with pytest.raises(ItemsMissing):
        make_claim(**make, lines=[Line("gate-hour", one), Line("gate-hour", one)])
    with pytest.raises(NotAnswering):
        make_claim(
            **(make | {"answerer": cast.units["wz-command"]}), lines=[Line("gate-hour", one)]
        )
    with pytest.raises(DaysTurned):
        make_claim(
            **(make | {"since": AT.date() + DAY, "until": AT.date() + DAY}),
            lines=[Line("gate-hour", one)],
        )
    assert not Claim.objects.exists()


def test_a_claim_is_accepted_in_part_with_a_reason_and_paid_once(cast: Cast, claim: Claim) -> None:
    with pytest.raises(MoreThanClaimed):
        answer_claim(claim=claim, accepted={"gate-hour": yuan(2801)}, by=cast.ye, at=AT)
    with pytest.raises(ReasonMissing):
        answer_claim(claim=claim, accepted={"gate-hour": yuan(1000)}, by=cast.ye, at=AT)
    answer_claim(
        claim=claim, accepted={"gate-hour": yuan(1000), "disinfectant": 0}, reason="Days only",
        by=cast.ye, at=AT + HOUR,
    )  # fmt: skip
    claim.refresh_from_db()
    street = open_fund(
        code="street", name_zh="街道", source="budget", starts_on=AT.date(), by=cast.ye, at=AT
    )
    receive_money(fund=street, amount=yuan(5000), reference="D", by=cast.ye, at=AT)
    ask = {"fund": street, "title": "Claim", "purpose": "community", "for_kind": "claim",
           "for_id": claim.id, "by": cast.ye, "at": AT}  # fmt: skip
    firm = cast.units["baoshi-property"]

    assert (claim.state, claim.accepted) == ("partly", yuan(1000))
    with pytest.raises(ClaimOtherPayee):
        request_spending(amount=yuan(5), **ask)
    with pytest.raises(ClaimOverpaid):
        request_spending(amount=yuan(1001), payee=firm, **ask)
    spending = request_spending(amount=yuan(1000), payee=firm, **ask)
    with pytest.raises(ClaimNotPayable):
        request_spending(amount=yuan(1000), payee=firm, **ask)
    pay_spending(
        spending=approve_spending(spending=spending, by=cast.lou, at=AT), by=cast.ye, at=AT
    )
    claim.refresh_from_db()
    assert (claim.state, claim.paid_at) == ("paid", AT)


def test_a_plan_is_dropped_once(cast: Cast) -> None:
    planned = plan_spending(
        purpose="other", since=AT.date(), until=AT.date(), amount=5, by=cast.tang, at=AT
    )
    drop_planned(planned=planned, by=cast.tang, at=AT)

    with pytest.raises(PlannedDropped):
        drop_planned(planned=planned, by=cast.tang, at=AT)
