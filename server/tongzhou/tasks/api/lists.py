"""Reading tasks."""

from typing import Annotated, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Query

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Limit
from tongzhou.tasks import exporting, queries
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.api.writing import answer
from tongzhou.tasks.schemas import FiltersIn, Number, TaskLine, TaskOut, TodayOut

Filters = Annotated[FiltersIn, Query()]


@router.get("/tasks", response=Page[TaskLine], summary="Tasks that your unit has to do with")
def tasks(
    request: PostRequest, filters: Filters, cursor: Cursor = "", limit: Limit = 50
) -> HttpResponse:
    """Open tasks, the next due first, unless narrowed or sorted otherwise."""
    page = queries.list_tasks(
        visible_to=request.holder,
        filters=filters.read(),
        at=clock.now(),
        cursor=cursor,
        limit=limit,
    )
    return answer({"items": page.rows, "next": page.next or None})


@router.get("/tasks/today", response=TodayOut, summary="What waits for your unit")
def today(request: PostRequest, limit: Limit = 10) -> HttpResponse:
    """What waits for your unit, by due time, and what it asked of others."""
    at, post = clock.now(), request.holder
    waiting = queries.waiting_for(visible_to=post, at=at, limit=limit)
    asked = queries.asked_by(visible_to=post, at=at, limit=limit)
    return answer(
        {
            **{name: getattr(waiting, name) for name in waiting.__slots__},
            "asked_late": asked.late,
            "asked_running": asked.running,
        }
    )


@router.get("/tasks/counts", response=dict[str, int], summary="Tasks by state")
def counts(request: PostRequest, filters: Filters) -> HttpResponse:
    """How many tasks are in each state, each counted up to 1,000; `state` and `show` of the
    filters are left aside."""
    found = queries.counts_by_state(
        visible_to=request.holder, filters=filters.read(), at=clock.now()
    )
    return answer(found)


_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _described(kind: str) -> dict[str, Any]:
    content = {kind: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "The file", "content": content}}}


@router.get(
    "/tasks/export.csv", summary="Tasks as a CSV file", openapi_extra=_described("text/csv")
)
def export_csv(request: PostRequest, filters: Filters) -> HttpResponseBase:
    """The whole list, in the language of the request."""
    rows = exporting.csv_rows(visible_to=request.holder, filters=filters.read(), at=clock.now())
    return _file(rows, "csv")


@router.get(
    "/tasks/export.xlsx", summary="Tasks as an XLSX file", openapi_extra=_described(_TYPES["xlsx"])
)
def export_xlsx(request: PostRequest, filters: Filters) -> HttpResponseBase:
    """The whole list, in the language of the request."""
    file = exporting.xlsx_file(visible_to=request.holder, filters=filters.read(), at=clock.now())
    return _file(file, "xlsx")


def _file(content: Any, ending: str) -> HttpResponseBase:
    return StreamingHttpResponse(
        content,
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="tasks.{ending}"'},
    )


@router.get("/tasks/{int:number}", response=TaskOut, summary="One task")
def task(request: PostRequest, number: Number) -> HttpResponse:
    """A task with its words, files, parts and history, and what your post may do now."""
    found = queries.detail(visible_to=request.holder, number=number, at=clock.now())
    handler = found.task.handler
    return answer(
        {
            **_fields(found.row),
            "body": found.task.body,
            "basis_note": found.task.basis_note,
            "duty": found.task.duty.code if found.task.duty else None,
            "mandate": found.task.mandate,
            "result": found.task.result,
            "handler": handler.person.name if handler else "",
            **{
                name: getattr(found, name)
                for name in found.__slots__
                if name not in ("task", "row")
            },
        }
    )


def _fields(row: queries.TaskRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}
