"""Daily counts of an incident."""

from typing import Annotated

from ninja import File, Form, Router, UploadedFile
from pydantic import Field

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.importing import import_counts
from tongzhou.incidents.queries import lists, risk, situation
from tongzhou.incidents.schemas.situation import CountOut, CountsIn, ImportOut, RecordedOut, RiskOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Day, Limit, Moment
from tongzhou.kernel.errors import NotFound
from tongzhou.places import queries as places

router = Router(tags=["situation"])
Source = Annotated[str, Field(min_length=1, max_length=300)]


@router.get("/incidents/{code}/counts", response=Page[CountOut])
def counts(
    request: PostRequest,
    code: Code,
    area: Code | None = None,
    day: Day | None = None,
    revisions: bool = False,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[CountOut]:
    """Cumulative counts by area and day, as reported and as used; of one `area`, of one
    `day`, or with the `revisions` that were replaced."""
    page = situation.count_page(
        lists.find(code, visible_to=request.holder),
        area=places.find(area) if area else None,
        day=day,
        revisions=revisions,
        cursor=cursor,
        limit=limit,
    )
    return Page[CountOut].model_construct(
        items=[CountOut.of(count) for count in page.rows], next=page.next or None
    )


@router.get("/incidents/{code}/risk", response=RiskOut)
def risk_of(request: PostRequest, code: Code) -> RiskOut:
    """The areas classed by the rule for risk areas, over a window that follows the incubation
    of the incident's agent; computed now. 404 without figures."""
    found = risk.of(lists.find(code, visible_to=request.holder), at=clock.now())
    if found is None:
        raise NotFound(field="risk")
    return RiskOut.of(found)


@router.post("/incidents/{code}/counts", response=RecordedOut)
def record(request: PostRequest, code: Code, body: CountsIn) -> RecordedOut:
    """Records counts, all rows or none. A figure that differs from the one on file becomes a
    new revision. Needs `counts.record`."""
    found = lists.find(code, visible_to=request.holder)
    areas = situation.areas_by_code([row.area for row in body.rows])
    rows = [
        CountRow(area, row.date, row.confirmed, row.cured, row.dead)
        for row, area in zip(body.rows, areas, strict=True)
    ]
    recorded = record_counts(
        incident=found,
        rows=rows,
        source=body.source,
        as_of=body.as_of,
        by=request.holder,
        at=clock.now(),
    )
    return RecordedOut.of(recorded)


@router.post("/incidents/{code}/counts/file", response=ImportOut)
def upload(
    request: PostRequest,
    code: Code,
    file: File[UploadedFile],
    source: Form[Source],
    as_of: Form[Moment | None] = None,
    within: Form[Code | None] = None,
    dry_run: Form[bool] = False,
) -> ImportOut:
    """Reads a CSV file of cumulative counts (columns date, city_code, confirmed, cured,
    dead). With faults nothing is written; `dry_run` writes nothing either way. Needs
    `counts.record`."""
    assert file.file is not None
    report = import_counts(
        file.file,
        incident=lists.find(code, visible_to=request.holder),
        by=request.holder,
        at=clock.now(),
        source=source,
        as_of=as_of,
        within=within or "",
        dry_run=dry_run,
    )
    return ImportOut.of(report)
