"""Requests for money, payments, receipts, transfers."""

from typing import Literal

from ninja import File, Router, Status, UploadedFile

from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.approve_transfer import approve_transfer
from tongzhou.funds.actions.ask_transfer import ask_transfer
from tongzhou.funds.actions.cancel_spending import cancel_spending
from tongzhou.funds.actions.cancel_transfer import cancel_transfer
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.refuse_spending import refuse_spending
from tongzhou.funds.actions.refuse_transfer import refuse_transfer
from tongzhou.funds.actions.repay_spending import repay_spending
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.api import reading
from tongzhou.funds.queries import funds, spending
from tongzhou.funds.schemas import (
    FundCode,
    MoneyAmountIn,
    MoneyReasonIn,
    PayIn,
    PurposeName,
    RepayIn,
    SpendingIn,
    SpendingOut,
    TransferIn,
    TransferOut,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit, Search

router = Router(tags=["funds"])
ONE = "/spending/{int:number}"


@router.get("/spending", response=Page[SpendingOut], summary="Requests for money")
def spending_list(
    request: PostRequest,
    q: Search = "",
    show: Literal["pending", "asked", "approved", "paid", "refused", "cancelled"] | None = None,
    purpose: PurposeName | None = None,
    fund: FundCode = "",
    receipt: Literal["missing", "late"] | None = None,
    relation: Literal["decide", "pay", "asked"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[SpendingOut]:
    """Requests that concern your unit or one below it, the latest first; `receipt=missing`:
    paid without a receipt."""
    page = spending.listed(
        visible_to=request.holder, at=clock.now(), q=q, show=show or "", purpose=purpose or "",
        fund=fund, receipt=receipt or "", relation=relation or "", cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [SpendingOut.of(row) for row in page.rows]
    return Page[SpendingOut].model_construct(items=items, next=page.next or None)


@router.post("/spending", response={201: SpendingOut}, summary="Ask for money")
def spending_request(request: PostRequest, body: SpendingIn) -> Status[SpendingOut]:
    """Asks a fund for money. Needs `fund.ask`."""
    post = request.holder
    fields = body.model_dump() | {
        "fund": funds.find(body.fund, visible_to=post),
        "amount": money.read(body.amount),
        "payee": reading.unit(body.payee, field="payee"),
        "area": reading.area(body.area),
        "incident": reading.incident(body.incident, visible_to=post),
        "for_kind": body.for_kind or "",
    }
    made = request_spending(**fields, by=post, at=clock.now())
    return Status(201, SpendingOut.of(spending.find(made.number, visible_to=post)))


@router.get(ONE, response=SpendingOut, summary="One request for money")
def spending_one(request: PostRequest, number: int) -> SpendingOut:
    """One request."""
    return SpendingOut.of(spending.find(number, visible_to=request.holder))


@router.post(f"{ONE}/approve", response=SpendingOut, summary="Approve a request for money")
def spending_approve(request: PostRequest, number: int, body: MoneyAmountIn) -> SpendingOut:
    """Approves it, in whole or with less; never by who asked. Needs `fund.approve`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    amount = reading.amount(body.amount)
    approve_spending(spending=found, amount=amount, by=post, at=clock.now())
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.post(f"{ONE}/refuse", response=SpendingOut, summary="Refuse a request for money")
def spending_refuse(request: PostRequest, number: int, body: MoneyReasonIn) -> SpendingOut:
    """Refuses it, with a reason. Needs `fund.approve`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    refuse_spending(spending=found, reason=body.reason, by=post, at=clock.now())
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.post(f"{ONE}/cancel", response=SpendingOut, summary="Cancel a request for money")
def spending_cancel(request: PostRequest, number: int, body: MoneyReasonIn) -> SpendingOut:
    """Cancels what was not paid. Needs `fund.ask`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    cancel_spending(spending=found, reason=body.reason, by=post, at=clock.now())
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.post(f"{ONE}/pay", response=SpendingOut, summary="Pay")
def spending_pay(request: PostRequest, number: int, body: PayIn) -> SpendingOut:
    """Pays what was approved, once. Needs `fund.keep`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    pay_spending(
        spending=found, amount=reading.amount(body.amount), reference=body.reference, by=post,
        at=clock.now(),
    )  # fmt: skip
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.post(f"{ONE}/receipt", response=SpendingOut, summary="Hand in a receipt")
def spending_receipt(request: PostRequest, number: int, file: File[UploadedFile]) -> SpendingOut:
    """The receipt of a payment. Needs `fund.receipt`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    hand_in_receipt(spending=found, files=[file], by=post, at=clock.now())
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.post(f"{ONE}/repay", response=SpendingOut, summary="Money came back")
def spending_repay(request: PostRequest, number: int, body: RepayIn) -> SpendingOut:
    """Paid money comes back into its fund. Needs `fund.keep`."""
    post = request.holder
    found = spending.find(number, visible_to=post)
    amount = money.read(body.amount)
    repay_spending(spending=found, amount=amount, reason=body.reason, by=post, at=clock.now())
    return SpendingOut.of(spending.find(number, visible_to=post))


@router.get("/transfers", response=list[TransferOut], summary="Transfers between funds")
def transfer_list(request: PostRequest) -> list[TransferOut]:
    """The latest hundred, those to decide first."""
    return [TransferOut.of(row) for row in spending.transfers(visible_to=request.holder)]


@router.post("/transfers", response={201: TransferOut}, summary="Ask for a transfer")
def transfer_ask(request: PostRequest, body: TransferIn) -> Status[TransferOut]:
    """Asks that money goes to another fund. Needs `fund.keep` of one of them."""
    post = request.holder
    made = ask_transfer(
        source=funds.find(body.source, visible_to=post),
        target=funds.find(body.target, visible_to=post),
        amount=money.read(body.amount), why=body.why, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, TransferOut.of(made))


@router.post("/transfers/{int:number}/approve", response=TransferOut, summary="Approve a transfer")
def transfer_approve(request: PostRequest, number: int) -> TransferOut:
    """The giving side approves; the money moves. Needs `fund.approve`."""
    post = request.holder
    found = spending.transfer(number, visible_to=post)
    approve_transfer(transfer=found, by=post, at=clock.now())
    return TransferOut.of(spending.transfer(number, visible_to=post))


@router.post("/transfers/{int:number}/refuse", response=TransferOut, summary="Refuse a transfer")
def transfer_refuse(request: PostRequest, number: int, body: MoneyReasonIn) -> TransferOut:
    """The giving side refuses. Needs `fund.approve`."""
    post = request.holder
    found = spending.transfer(number, visible_to=post)
    refuse_transfer(transfer=found, reason=body.reason, by=post, at=clock.now())
    return TransferOut.of(spending.transfer(number, visible_to=post))


@router.post("/transfers/{int:number}/cancel", response=TransferOut, summary="Cancel a transfer")
def transfer_cancel(request: PostRequest, number: int, body: MoneyReasonIn) -> TransferOut:
    """Whoever asked takes it back. Needs `fund.ask`."""
    post = request.holder
    found = spending.transfer(number, visible_to=post)
    cancel_transfer(transfer=found, reason=body.reason, by=post, at=clock.now())
    return TransferOut.of(spending.transfer(number, visible_to=post))
