"""Funds: the list, a new one, and the statement of one."""

from typing import Any, Final
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import FUND_ASK, FUND_KEEP, FUND_OPEN
from tongzhou.funds import exporting, money
from tongzhou.funds.actions.ask_transfer import ask_transfer
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.choices import Purpose, Source, SpendingState
from tongzhou.funds.forms.funds import FundForm, ReceiveForm, TransferForm
from tongzhou.funds.queries import claims, funds, gifts, spending, statement
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.tasks.downloads import as_download
from tongzhou.ui import csv_files

TABS: Final = ("funds", "requests", "transfers")
LIST: Final = "funds-list"
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def fund_list(request: PostRequest) -> HttpResponse:
    """Funds, requests for money, or transfers; tab and filters stand in the address."""
    tab = request.GET.get("tab") or TABS[0]
    if tab not in TABS:
        raise NotFound()
    post = request.holder
    context: dict[str, Any] = {
        "tab": tab,
        "at": clock.now(),
        "currency": money.currency(),
        "filtered": any(
            request.GET.get(name)
            for name in ("q", "source", "purpose", "mine", "show", "relation", "receipt", "fund")
        ),
        "waiting": spending.waiting(visible_to=post),
        "to_answer": claims.to_answer(visible_to=post),
        "may_open": permissions.holds(post, FUND_OPEN),
        "may_ask": permissions.holds(post, FUND_ASK),
        **_LISTS[tab](request),
    }
    template = f"funds/_{tab}.html" if part(request, LIST) else "funds/funds.html"
    return render(request, template, context)


def _funds(request: PostRequest) -> dict[str, Any]:
    given = request.GET
    page = funds.listed(
        visible_to=request.holder,
        q=given.get("q", "")[:100],
        source=given.get("source", "")[:20],
        purpose=given.get("purpose", "")[:20],
        mine=given.get("mine") == "1",
        cursor=given.get("cursor", "")[:600],
    )
    return {
        "rows": [(fund, funds.sees_statement(fund, request.holder)) for fund in page.rows],
        "next": page.next,
        "sources": Source.choices,
        "purposes": Purpose.choices,
    }


def _requests(request: PostRequest) -> dict[str, Any]:
    given = request.GET
    names = ("q", "show", "purpose", "fund", "receipt", "relation")
    wanted: dict[str, Any] = {name: given.get(name, "")[:100] for name in names}
    page = spending.listed(
        visible_to=request.holder,
        at=clock.now(),
        **wanted,
        cursor=given.get("cursor", "")[:600],
    )
    return {
        "rows": page.rows,
        "next": page.next,
        "states": [("pending", _("not settled yet")), *SpendingState.choices],
        "purposes": Purpose.choices,
        "receipts": [("missing", _("no receipt yet")), ("late", _("receipt overdue"))],
        "relations": [
            ("decide", _("to decide")), ("pay", _("to pay")),
            ("asked", pgettext("of money", "asked by us")),
        ],
    }  # fmt: skip


def _transfers(request: PostRequest) -> dict[str, Any]:
    return {"rows": spending.transfers(visible_to=request.holder), "next": ""}


_LISTS: Final = {"funds": _funds, "requests": _requests, "transfers": _transfers}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fund_new(request: PostRequest) -> HttpResponse:
    """The form of a new fund."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, FUND_OPEN):
        raise NotAllowed(permission=FUND_OPEN.label)
    data = (request.POST,) if request.method == "POST" else ()
    form = FundForm(*data, post=post, at=at)
    if data and (made := tried(form, lambda: open_fund(**form.arguments(), by=post, at=at))):
        return done(request, _("The fund is open. Take in its money next."), "fund", made.code)
    context = {"form": form}
    return render(request, "funds/fund_new.html", context, status=422 if data else 200)


@require_safe
@signed_in
def fund(request: PostRequest, code: str) -> HttpResponse:
    """One fund; its statement for whoever may read it."""
    post = request.holder
    found = funds.find(code, visible_to=post)
    sees = funds.sees_statement(found, post)
    context: dict[str, Any] = {
        "fund": found,
        "sees": sees,
        "at": clock.now(),
        "may_keep": permissions.allowed(by=post, word=FUND_KEEP, on=found),
        "may_ask": permissions.allowed(by=post, word=FUND_ASK, on=found),
        "requests": spending.listed(
            visible_to=post, at=clock.now(), fund=code, show="pending", limit=20
        ).rows,
    }
    if sees:
        context |= {
            "statement": statement.of(found, cursor=request.GET.get("cursor", "")[:600]),
            "gifts": gifts.of_fund(found),
            "acts": sentences.tell(ledger.about("fund", found.id), with_subjects=False),
        }
    template = "funds/_fund.html" if part(request, "fund") else "funds/fund.html"
    return render(request, template, context)


@require_safe
@signed_in
def fund_statement(request: PostRequest, code: str, kind: str) -> HttpResponseBase:
    """The whole statement as CSV or XLSX."""
    found = funds.find(code, visible_to=request.holder)
    if kind not in ("csv", "xlsx") or not funds.sees_statement(found, request.holder):
        raise NotFound()
    rows = exporting.statement(found)
    name = f"{found.code}-statement.{kind}"
    if kind == "csv":
        return HttpResponse(
            csv_files.of_cells(rows), content_type=CSV,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip
    sheet = exporting.xlsx_file(rows, title=found.code)
    return FileResponse(sheet, as_attachment=True, filename=name, content_type=XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fund_receive(request: PostRequest, code: str) -> HttpResponse:
    """Taking money in."""
    post, at = request.holder, clock.now()
    found = funds.find(code, visible_to=post)
    permissions.require(by=post, word=FUND_KEEP, on=found)
    data = (request.POST,) if request.method == "POST" else ()
    form = ReceiveForm(*data, post=post, at=at)
    if data and tried(form, lambda: receive_money(fund=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Taken in."), "fund", code)
    context = {
        "form": form, "fund": found, "title": _("Take money in"), "action": _("Take in"),
        "subtitle": found.name,
    }  # fmt: skip
    return render(request, "funds/form.html", context, status=422 if data else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fund_transfer(request: PostRequest, code: str) -> HttpResponse:
    """Asking that money goes to another fund."""
    post, at = request.holder, clock.now()
    found = funds.find(code, visible_to=post)
    permissions.require(by=post, word=FUND_ASK, on=found)
    data = (request.POST,) if request.method == "POST" else ()
    form = TransferForm(*data, post=post, at=at, source=found)
    if data and (
        made := tried(form, lambda: ask_transfer(source=found, **form.arguments(), by=post, at=at))
    ):
        return done(
            request, _("Asked. Somebody else of the giving side approves."), "transfer",
            made.number,
        )  # fmt: skip
    context = {
        "form": form, "fund": found, "title": _("Transfer to another fund"),
        "action": _("Ask for the transfer"), "subtitle": found.name,
    }  # fmt: skip
    return render(request, "funds/form.html", context, status=422 if data else 200)


@require_safe
@signed_in
def fund_file(request: PostRequest, id: UUID) -> HttpResponseBase:
    """Downloads a receipt or evidence; 404 for whoever may not see what it belongs to."""
    return as_download(spending.file(id, visible_to=request.holder))  # type: ignore[arg-type]
