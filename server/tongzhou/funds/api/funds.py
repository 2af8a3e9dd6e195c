"""Funds and their statements."""

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.api import reading
from tongzhou.funds.queries import funds, statement
from tongzhou.funds.schemas import (
    FundIn,
    FundOut,
    MoneyIn,
    PurposeName,
    SourceName,
    StatementLine,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit, Search
from tongzhou.kernel.errors import NotFound

router = Router(tags=["funds"])


@router.get("/funds", response=Page[FundOut], summary="Funds")
def fund_list(
    request: PostRequest,
    q: Search = "",
    source: SourceName | None = None,
    purpose: PurposeName | None = None,
    mine: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[FundOut]:
    """Funds that your unit keeps, stands above, or may ask for money, by code."""
    post = request.holder
    page = funds.listed(
        visible_to=post, q=q, source=source or "", purpose=purpose or "", mine=mine,
        cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [FundOut.of(fund, sees=funds.sees_statement(fund, post)) for fund in page.rows]
    return Page[FundOut].model_construct(items=items, next=page.next or None)


@router.post("/funds", response={201: FundOut}, summary="Open a fund")
def fund_open(request: PostRequest, body: FundIn) -> Status[FundOut]:
    """Opens a fund of your unit, empty. Needs `fund.open`."""
    post = request.holder
    fields = body.model_dump() | {
        "area": reading.area(body.area),
        "incident": reading.incident(body.incident, visible_to=post),
        "giver": reading.unit(body.giver, field="giver"),
        "overdraft": reading.amount(body.overdraft, field="overdraft") or 0,
    }
    made = open_fund(**fields, by=post, at=clock.now())
    return Status(201, FundOut.of(funds.find(made.code, visible_to=post), sees=True))


@router.get("/funds/{slug:code}", response=FundOut, summary="One fund")
def fund(request: PostRequest, code: str) -> FundOut:
    """One fund; what is in it for those who may read its statement."""
    found = funds.find(code, visible_to=request.holder)
    return FundOut.of(found, sees=funds.sees_statement(found, request.holder))


@router.get("/funds/{slug:code}/statement", response=Page[StatementLine], summary="Statement")
def fund_statement(
    request: PostRequest, code: str, cursor: Cursor = "", limit: Limit = 50
) -> Page[StatementLine]:
    """Every posting with the balance after it, the latest first. Needs `fund.see`."""
    found = funds.find(code, visible_to=request.holder)
    if not funds.sees_statement(found, request.holder):
        raise NotFound()
    page = statement.of(found, cursor=cursor, limit=limit)
    items = [StatementLine.of(line) for line in page.lines]
    return Page[StatementLine].model_construct(items=items, next=page.next or None)


@router.post("/funds/{slug:code}/receive", response=FundOut, summary="Take money in")
def fund_receive(request: PostRequest, code: str, body: MoneyIn) -> FundOut:
    """Takes in money that is no gift. Needs `fund.keep`."""
    post = request.holder
    found = funds.find(code, visible_to=post)
    receive_money(
        fund=found, amount=money.read(body.amount), reference=body.reference,
        giver=reading.unit(body.giver, field="giver"), by=post, at=clock.now(),
    )  # fmt: skip
    return FundOut.of(funds.find(code, visible_to=post), sees=True)
