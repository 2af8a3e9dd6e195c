"""Reports on their way up, level by level."""

from typing import Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.receive_report import receive_report
from tongzhou.incidents.actions.skip_level_report import skip_level_report
from tongzhou.incidents.actions.start_report import start_report
from tongzhou.incidents.models import Report
from tongzhou.incidents.queries import lists, reports, signals
from tongzhou.incidents.schemas.reports import ReportUpIn, ReportUpOut, SkipIn
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit

router = Router(tags=["reports"])


@router.get("/reports", response=Page[ReportUpOut])
def upward_reports(
    request: PostRequest,
    state: Literal["running", "ended"] | None = None,
    held: bool = False,
    late: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ReportUpOut]:
    """Reports that your unit holds, had, or may read, the last begun first; only those that
    it has now (`held`), or that are or were `late` at some level."""
    at = clock.now()
    page = reports.listed(
        visible_to=request.holder,
        filters=reports.Filters(state or "", held, late),
        cursor=cursor,
        limit=limit,
        at=at,
    )
    ways = reports.ways(page.rows, at=at)
    return Page[ReportUpOut].model_construct(
        items=[ReportUpOut.of(way) for way in ways], next=page.next or None
    )


@router.get("/reports/{uuid:id}", response=ReportUpOut)
def upward_report(request: PostRequest, id: UUID) -> ReportUpOut:
    """One report with the time at each level."""
    return _out(reports.find(id, visible_to=request.holder))


@router.post("/signals/{ticket}/reports", response={201: ReportUpOut})
def signal_report(request: PostRequest, ticket: Code, body: ReportUpIn) -> Status[ReportUpOut]:
    """Reports a signal upwards. Needs `report.start`."""
    found = signals.find(ticket, visible_to=request.holder)
    made = start_report(about=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, _out(made))


@router.post("/incidents/{code}/reports", response={201: ReportUpOut})
def incident_report(request: PostRequest, code: Code, body: ReportUpIn) -> Status[ReportUpOut]:
    """Reports an incident upwards. Needs `report.start`."""
    found = lists.find(code, visible_to=request.holder)
    made = start_report(about=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, _out(made))


@router.post("/reports/{uuid:id}/receive", response=ReportUpOut)
def report_receive(request: PostRequest, id: UUID) -> ReportUpOut:
    """Confirms receipt; the limit for passing it on goes on. Needs `report.pass`."""
    found = reports.find(id, visible_to=request.holder)
    return _out(receive_report(report=found, by=request.holder, at=clock.now()))


@router.post("/reports/{uuid:id}/pass", response=ReportUpOut)
def report_pass(request: PostRequest, id: UUID) -> ReportUpOut:
    """Passes a report on to the next level of its chain. Needs `report.pass`."""
    found = reports.find(id, visible_to=request.holder)
    return _out(pass_report(report=found, by=request.holder, at=clock.now()))


@router.post("/reports/{uuid:id}/skip", response=ReportUpOut)
def report_skip(request: PostRequest, id: UUID, body: SkipIn) -> ReportUpOut:
    """Brings a report past a level, with a reason. Needs `report.skip`."""
    found = reports.find(id, visible_to=request.holder)
    made = skip_level_report(report=found, **body.model_dump(), by=request.holder, at=clock.now())
    return _out(made)


def _out(report: Report) -> ReportUpOut:
    return ReportUpOut.of(reports.way(report, at=clock.now()))
