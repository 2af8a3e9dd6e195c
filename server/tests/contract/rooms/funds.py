"""Funds, requests for money, transfers, gifts, claims of cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from contract.rows import OWN, PUBLIC, Build, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.funds.actions.answer_claim import answer_claim
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.ask_transfer import ask_transfer
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.actions.make_claim import Line, make_claim
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.models import Claim, Evidence, Fund, Gift, Planned, Spending, Transfer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF: Final = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRETS: Final = {
    "name of the fund": "Hidden fund of the commission",
    "reference of its money": "Hidden voucher of the budget",
    "title of the request for money": "Hidden tents at the gate",
    "why money is transferred": "Hidden reason of the transfer",
    "what is claimed": "Hidden shifts of the firm",
    "note of a plan": "Hidden expectation",
    "receipt": "hidden-receipt.pdf",
}


@dataclass(frozen=True)
class Made:
    """The objects of this room."""

    fund: Fund
    other: Fund
    asked: Spending
    approved: Spending
    paid: Spending
    receipt: Evidence
    transfer: Transfer
    promised: Gift
    goods: Gift
    claim: Claim
    accepted: Claim
    planned: Planned


def furnish(world: World) -> Made:
    """One of everything, in the states that the rows need."""
    cast, at = world.cast, world.at - HOUR
    day = at.date()

    def opened(code: str, name: str, **more: Any) -> Fund:
        return open_fund(
            code=code, name_zh=name, name_en=name, source="budget", starts_on=day - 9 * DAY,
            by=cast.tang, at=at, **more,
        )  # fmt: skip

    fund = opened("hidden-budget", SECRETS["name of the fund"])
    other = opened("shown-gifts", "Gifts for everybody", takes_gifts=True)
    receive_money(
        fund=fund, amount=10_000_00, reference=SECRETS["reference of its money"], by=cast.tang,
        at=at,
    )  # fmt: skip

    def asked() -> Spending:
        return request_spending(
            fund=fund, title=SECRETS["title of the request for money"], purpose="supplies",
            amount=100_00, payee=cast.units["beishan-street"], by=cast.tang, at=at,
        )  # fmt: skip

    approved = approve_spending(spending=asked(), by=cast.shen, at=at)
    paid = approve_spending(spending=asked(), by=cast.shen, at=at)
    pay_spending(spending=paid, by=cast.tang, at=at)
    payment = hand_in_receipt(
        spending=paid, files=[SimpleUploadedFile(SECRETS["receipt"], PDF)], by=cast.tang, at=at
    )

    def promised(**what: Any) -> Gift:
        return pledge_gift(fund=other, donor_kind="firm", by=None, at=at, **what)

    goods = promised(thing="Masks", quantity=Decimal(10))

    def claimed() -> Claim:
        return make_claim(
            answerer=cast.units["beishan-street"], since=day - 7 * DAY, until=day,
            what=SECRETS["what is claimed"], lines=[Line("gate-hour", Decimal(10))],
            by=cast.pan, at=at,
        )  # fmt: skip

    return Made(
        fund=fund,
        other=other,
        asked=asked(),
        approved=approved,
        paid=paid,
        receipt=payment.receipts.get(),
        transfer=ask_transfer(
            source=fund, target=other, amount=50_00, why=SECRETS["why money is transferred"],
            by=cast.tang, at=at,
        ),
        promised=promised(amount=20_00),
        goods=receive_gift(
            gift=goods, amount=90_00, valued_by="Invoice", by=cast.tang, at=at
        ),
        claim=claimed(),
        accepted=answer_claim(claim=claimed(), by=cast.ye, at=at),
        planned=plan_spending(
            purpose="testing", since=day, until=day, amount=1_00, by=cast.tang, at=at,
            note=SECRETS["note of a plan"],
        ),
    )  # fmt: skip


def made(world: World) -> Made:
    found = world.of["funds"]
    assert isinstance(found, Made)
    return found


def number_of(name: str, **more: Any) -> Build:
    return lambda world: {"number": getattr(made(world), name).number, **more}


def code_of(name: str, **more: Any) -> Build:
    return lambda world: {"code": getattr(made(world), name).code, **more}


def fund_form(world: World) -> Mapping[str, Any]:
    return {
        "name_zh": "新资金", "name_en": "New fund", "code": "new-fund", "source": "own",
        "starts_on": world.at.date().isoformat(),
    }  # fmt: skip


def ask_form(world: World) -> Mapping[str, Any]:
    return {
        "fund": "hidden-budget", "title": "Tents", "purpose": "supplies", "amount": "12.50",
        "needed_on": world.at.date().isoformat(),
    }  # fmt: skip


def plan_form(world: World) -> Mapping[str, Any]:
    day = world.at.date().isoformat()
    return {"purpose": "testing", "amount": "50", "since": day, "until": day}


def claim_form(world: World) -> Mapping[str, Any]:
    day = world.at.date()
    return {
        "answerer": "beishan-street", "what": "Shifts", "since": (day - 3 * DAY).isoformat(),
        "until": day.isoformat(), "gate-hour": "12.5", "files": PDF,
    }  # fmt: skip


def promise_form(world: World) -> Mapping[str, Any]:
    return {
        "fund": "shown-gifts", "donor_kind": "person", "amount": "100",
        "once": "0190d3a0-0000-7000-8000-000000000077",
    }  # fmt: skip


# fmt: off
PAGES: Final = (
    page("funds", read(**OWN)),
    page("funds", read(**OWN), query="?tab=requests", note="requests"),
    page("funds", read(**OWN), query="?tab=transfers", note="transfers"),
    page("fund-new", read(by="tang", **OWN), send(302, fund_form, by="tang", outsider=302)),
    page("fund", read(by="tang"), args=code_of("fund")),
    page("fund-statement", read(by="tang"), args=code_of("fund", kind="csv")),
    page("fund-statement", read(by="tang"), args=code_of("fund", kind="xlsx"), note="sheet"),
    page("fund-receive", read(by="tang"),
         send(302, say(amount="5", reference="Doc"), by="tang"), args=code_of("fund")),
    page("fund-transfer", read(by="tang"),
         send(302, say(target="shown-gifts", amount="5", why="More"), by="tang"),
         args=code_of("fund")),
    # Everybody may ask some fund; which, is a matter of the form.
    page("spending-new", read(by="tang", **OWN), send(302, ask_form, by="tang", outsider=422)),
    page("spending", read(by="tang"), args=number_of("asked")),
    page("spending", read(by="ye"), args=number_of("paid"), note="by who was paid"),
    page("spending-step", send(302, say(amount="100"), by="shen"), note="approve",
         args=number_of("asked", step="approve")),
    page("spending-step", send(302, say(reason="No"), by="shen"), note="refuse",
         args=number_of("asked", step="refuse")),
    page("spending-step", send(302, say(reason="No"), by="tang"), note="cancel",
         args=number_of("approved", step="cancel")),
    page("spending-step", send(302, say(amount="99.50"), by="tang"), note="pay",
         args=number_of("approved", step="pay")),
    page("spending-step", send(302, say(files=PDF), by="ye"), note="receipt",
         args=number_of("paid", step="receipt")),
    page("spending-step", send(302, say(amount="5", reason="Less"), by="tang"), note="repay",
         args=number_of("paid", step="repay")),
    page("transfer", read(by="tang"), args=number_of("transfer")),
    page("transfer-step", send(302, by="shen"), args=number_of("transfer", step="approve"),
         note="approve"),
    page("transfer-step", send(302, say(reason="No"), by="shen"), note="refuse",
         args=number_of("transfer", step="refuse")),
    page("transfer-step", send(302, say(reason="No"), by="tang"), note="cancel",
         args=number_of("transfer", step="cancel")),
    page("fund-gift", read(by="tang"), args=number_of("promised")),
    page("fund-gift-step", send(302, say(amount="20"), by="tang"), note="receive",
         args=number_of("promised", step="receive")),
    page("fund-gift-step", send(302, say(reason="No"), by="tang"), note="cancel",
         args=number_of("promised", step="cancel")),
    page("fund-gift-step", send(302, say(amount="5", what="5", receiver="beishan-street"),
         by="tang"), note="use", args=number_of("goods", step="use")),
    page("fund-file", read(by="tang"), args=lambda world: {"id": made(world).receipt.id}),
    page("claims", read(**OWN)),
    page("claim-new", read(by="pan", **OWN), send(302, claim_form, by="pan", outsider=422)),
    page("claim", read(by="pan"), args=number_of("claim")),
    page("claim-step", send(302, say(**{"gate-hour": "280"}), by="ye"), note="answer",
         args=number_of("claim", step="answer")),
    page("claim-step", send(302, say(reason="Wrong"), by="pan"), note="withdraw",
         args=number_of("claim", step="withdraw")),
    page("fund-gap", read(by="tang", **OWN)),
    page("fund-gap-csv", read(by="tang", **OWN), query="?weeks=12"),
    page("fund-cost", read(**OWN), query="?before=2020-02-01&after=2020-02-01"),
    page("planned-new", read(by="tang", **OWN), send(302, plan_form, by="tang", outsider=302)),
    page("planned-drop", send(302, by="tang"), args=lambda world: {"id": made(world).planned.id}),
    page("gifts", read(**PUBLIC)),
    page("gift-promise", read(**PUBLIC), send(302, promise_form, outsider=302, visitor=302)),
    page("gift", read(**PUBLIC), note="the form"),
    page("gift", read(404, outsider=404, visitor=404), query="?code=GF-2222-2222-2222",
         note="of no gift"),
)


def spending_body(world: World) -> Mapping[str, Any]:
    return {"fund": "hidden-budget", "title": "T", "purpose": "other", "amount": "5.50"}


def claim_body(world: World) -> Mapping[str, Any]:
    day = world.at.date().isoformat()
    return {
        "answerer": "beishan-street", "since": day, "until": day, "what": "Gate",
        "lines": [{"item": "gate-hour", "quantity": "2.5"}],
    }  # fmt: skip


def fund_body(world: World) -> Mapping[str, Any]:
    return {
        "code": "newer", "name_zh": "新", "source": "own",
        "starts_on": world.at.date().isoformat(),
    }  # fmt: skip


def planned_body(world: World) -> Mapping[str, Any]:
    day = world.at.date().isoformat()
    return {"purpose": "other", "since": day, "until": day, "amount": "5"}


# fmt: off
REASON: Final = say(reason="Because")
OPERATIONS: Final = (
    operation("funds_fund_list", "GET", 200, 200),
    operation("funds_fund_open", "POST", 201, 201, by="tang", body=fund_body),
    operation("funds_fund", "GET", 200, by="tang", args=code_of("fund")),
    operation("funds_fund_statement", "GET", 200, by="tang", args=code_of("fund")),
    operation("funds_fund_receive", "POST", 200, by="tang", args=code_of("fund"),
              body=say(amount="5", reference="Doc")),
    operation("funds_spending_list", "GET", 200, 200),
    operation("funds_spending_request", "POST", 201, 404, by="tang", body=spending_body),
    operation("funds_spending_one", "GET", 200, by="tang", args=number_of("asked")),
    operation("funds_spending_approve", "POST", 200, args=number_of("asked"),
              body=say(amount="50")),
    operation("funds_spending_refuse", "POST", 200, args=number_of("asked"), body=REASON),
    operation("funds_spending_cancel", "POST", 200, by="tang", args=number_of("approved"),
              body=REASON),
    operation("funds_spending_pay", "POST", 200, by="tang", args=number_of("approved"),
              body=say(reference="V 1")),
    operation("funds_spending_receipt", "POST", 200, by="ye", args=number_of("paid"),
              files=("file",), body=say(file=PDF)),
    operation("funds_spending_repay", "POST", 200, by="tang", args=number_of("paid"),
              body=say(amount="1", reason="Less")),
    operation("funds_transfer_list", "GET", 200, 200),
    operation("funds_transfer_ask", "POST", 201, 404, by="tang", body=say(
        source="hidden-budget", target="shown-gifts", amount="5", why="More")),
    operation("funds_transfer_approve", "POST", 200, args=number_of("transfer")),
    operation("funds_transfer_refuse", "POST", 200, args=number_of("transfer"), body=REASON),
    operation("funds_transfer_cancel", "POST", 200, by="tang", args=number_of("transfer"),
              body=REASON),
    operation("funds_gift_sums", "GET", 200, 200, visitor=200),
    operation("funds_gift_promise", "POST", 201, 201, visitor=201, body=say(
        fund="shown-gifts", donor_kind="firm", thing="Masks", quantity="5")),
    operation("funds_gift_follow", "GET", 200, 200, visitor=200,
              args=lambda world: {"code": made(world).goods.code}),
    operation("funds_gift_one", "GET", 200, by="tang", args=number_of("promised")),
    operation("funds_gift_receive", "POST", 200, by="tang", args=number_of("promised"),
              body=say(amount="20")),
    operation("funds_gift_cancel", "POST", 200, by="tang", args=number_of("promised"),
              body=REASON),
    operation("funds_gift_use", "POST", 200, by="tang", args=number_of("goods"),
              body=say(receiver="beishan-street", what="5", amount="5")),
    operation("funds_claim_list", "GET", 200, 200),
    operation("funds_claim_make", "POST", 201, 422, by="pan", body=claim_body),
    operation("funds_claim", "GET", 200, by="pan", args=number_of("claim")),
    operation("funds_claim_answer", "POST", 200, by="ye", args=number_of("claim"), body=say(
        accepted={"gate-hour": "0"}, reason="Not ordered")),
    operation("funds_claim_withdraw", "POST", 200, by="pan", args=number_of("claim"),
              body=REASON),
    operation("funds_gap_forecast", "GET", 200, 200, by="tang"),
    operation("funds_planned_list", "GET", 200, 200, by="tang"),
    operation("funds_planned_add", "POST", 201, 201, by="tang", body=planned_body),
    operation("funds_planned_drop", "POST", 200, by="tang",
              args=lambda world: {"id": made(world).planned.id}),
    operation("funds_case_cost", "GET", 200, 200, query="?before=2020-02-01&after=2020-02-01"),
)
