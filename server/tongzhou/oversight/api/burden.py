"""The burden guard: catalogue, requests, what a unit fills in, the meter."""

from datetime import timedelta
from typing import Literal

from django.utils import timezone
from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Day, Limit, Search
from tongzhou.oversight.actions.ask_units import Wanted, ask_units
from tongzhou.oversight.actions.consent_burden import consent_burden
from tongzhou.oversight.actions.declare_field import declare_field
from tongzhou.oversight.actions.report_up import report_up
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.oversight.queries import asks, catalogue, filling, meter
from tongzhou.oversight.schemas.burden import (
    AnswerOut,
    AskDetail,
    AskIn,
    AskOut,
    AskPartOut,
    ConsentIn,
    DailyReportIn,
    FieldIn,
    FieldOut,
    MeterOut,
    SheetOut,
)
from tongzhou.oversight.schemas.oversight import OversightReasonIn

router = Router(tags=["burden"])


@router.get("/burden", response=MeterOut, summary="The burden meter")
def burden(request: PostRequest, on: Day | None = None, unit: Code | None = None) -> MeterOut:
    """The week that holds a day (today), of the units whose burden you may know."""
    day = on or timezone.localtime(clock.now()).date()
    return MeterOut.of(meter.week(visible_to=request.holder, on=day, code=unit or ""))


@router.get("/fields", response=Page[FieldOut], summary="The field catalogue")
def field_list(
    request: PostRequest, q: Search = "", cursor: Cursor = "", limit: Limit = 50
) -> Page[FieldOut]:
    """Fields by code."""
    page = catalogue.listed(visible_to=request.holder, q=q, cursor=cursor, limit=limit)
    items = [FieldOut.of(row) for row in page.rows]
    return Page[FieldOut].model_construct(items=items, next=page.next or None)


@router.post("/fields", response={201: FieldOut}, summary="Enter a field")
def field_declare(request: PostRequest, body: FieldIn) -> Status[FieldOut]:
    """Enters a field into the catalogue. Needs `burden.ask`."""
    fields = body.model_dump() | {
        "owner": names.unit(body.owner, field="owner") if body.owner else None
    }
    return Status(201, FieldOut.of(declare_field(**fields, by=request.holder, at=clock.now())))


@router.get("/requests", response=Page[AskOut], summary="Requests")
def request_list(
    request: PostRequest,
    q: Search = "",
    kind: Literal["form", "meeting", "inspection"] | None = None,
    show: Literal["running", "over"] | None = None,
    relation: Literal["own", "charged"] | None = None,
    unit: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AskOut]:
    """Requests that your unit or one below it sent or was asked, the latest first."""
    page = asks.listed(
        visible_to=request.holder, on=timezone.localtime(clock.now()).date(), q=q,
        kind=kind or "", show=show or "", relation=relation or "", unit=unit or "",
        cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [AskOut.of(row) for row in page.rows]
    return Page[AskOut].model_construct(items=items, next=page.next or None)


@router.post("/requests", response={201: AskOut}, summary="Ask units")
def request_send(request: PostRequest, body: AskIn) -> Status[AskOut]:
    """Sends a request. Past a quota it is refused (`quota-passed`), unless `withdraws` makes
    room or `seek_consent` asks the units first. Needs `burden.ask`."""
    post = request.holder
    given = body.model_dump() | {
        "units": [names.unit(code, field="units") for code in body.units],
        "wanted": [
            Wanted(field, one.anew, one.reason)
            for field, one in zip(
                catalogue.named([one.field for one in body.wanted]), body.wanted, strict=True
            )
        ],
    }
    for name in ("withdraws", "passes_on"):
        number = given[name]
        given[name] = (
            asks.named(number, field=name, visible_to=post) if number is not None else None
        )
    return Status(201, AskOut.of(ask_units(**given, by=post, at=clock.now())))


@router.get("/requests/{int:number}", response=AskDetail, summary="One request")
def request_one(request: PostRequest, number: int) -> AskDetail:
    """One request with its fields and the units it asks."""
    return _detail(request, number)


@router.get("/requests/{int:number}/answers", response=list[AnswerOut], summary="Answers")
def request_answers(
    request: PostRequest, number: int, since: Day | None = None, until: Day | None = None
) -> list[AnswerOut]:
    """Every unit on every occasion of at most 31 days, answered or not."""
    found = asks.find(number, visible_to=request.holder)
    last = until or found.until
    first = max(since or found.first_on, last - timedelta(30))
    codes = [row.field.code for row in asks.fields(found)]
    rows = asks.answers(found, visible_to=request.holder, since=first, until=last)
    return [AnswerOut.of(row, codes) for row in rows]


@router.post("/requests/{int:number}/withdraw", response=AskDetail, summary="Withdraw")
def request_withdraw(request: PostRequest, number: int, body: OversightReasonIn) -> AskDetail:
    """The sender takes it back. Needs `burden.ask`."""
    found = asks.find(number, visible_to=request.holder)
    withdraw_request(ask=found, reason=body.reason, by=request.holder, at=clock.now())
    return _detail(request, number)


@router.post("/requests/{int:number}/consent", response=AskDetail, summary="Consent or decline")
def request_consent(request: PostRequest, number: int, body: ConsentIn) -> AskDetail:
    """Your unit consents to what passes its quota, declines it, or takes its consent back.
    Needs `burden.consent`."""
    post = request.holder
    part = asks.part_of(asks.find(number, visible_to=post), visible_to=post)
    consent_burden(part=part, **body.model_dump(), by=post, at=clock.now())
    return _detail(request, number)


@router.get("/report-up", response=SheetOut, summary="What to fill in")
def sheet(request: PostRequest, day: Day | None = None) -> SheetOut:
    """Every field that is asked of your unit for a day (today), once."""
    on = day or timezone.localtime(clock.now()).date()
    return SheetOut.of(filling.sheet(visible_to=request.holder, day=on))


@router.post("/report-up", response=SheetOut, summary="Report up once")
def report(request: PostRequest, body: DailyReportIn) -> SheetOut:
    """Enters values; every request whose fields are complete is answered. Needs
    `burden.answer`."""
    report_up(day=body.day, values=body.values, by=request.holder, at=clock.now())
    return SheetOut.of(filling.sheet(visible_to=request.holder, day=body.day))


def _detail(request: PostRequest, number: int) -> AskDetail:
    found = asks.find(number, visible_to=request.holder)
    parts = asks.parts(found, visible_to=request.holder)
    wanted = [FieldOut.of(row.field) for row in asks.fields(found)]
    return AskDetail.full(found, wanted, [AskPartOut.of(part) for part in parts])
