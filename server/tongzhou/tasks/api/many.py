"""One act on many tasks."""

from typing import Any

from django.http import HttpResponse

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.tasks.actions.bulk_act import bulk_by_number
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.api.writing import answer
from tongzhou.tasks.naming import UnitBook, task_named
from tongzhou.tasks.schemas import BulkIn, BulkOut


@router.post("/tasks/bulk", response=BulkOut, summary="One act on many tasks")
def bulk(request: PostRequest, body: BulkIn) -> HttpResponse:
    """Does one act to each task by itself: what is refused for one does not hold up the
    others."""
    given = body.model_dump(exclude_none=True, exclude={"verb", "numbers", "dry_run"})
    report = bulk_by_number(
        verb=body.verb,
        numbers=body.numbers,
        dry_run=body.dry_run,
        by=request.holder,
        at=clock.now(),
        **_named(given, request),
    )
    return answer(report)


def _named(given: dict[str, Any], request: PostRequest) -> dict[str, Any]:
    """The arguments with units and tasks in place of codes and numbers."""
    lists = ("assisting", "informed")
    codes = [given[name] for name in ("to", "better_owner") if name in given]
    units = UnitBook([*codes, *(code for name in lists for code in given.get(name, []))])
    for name in ("to", "better_owner"):
        if name in given:
            given[name] = units.get(given[name], field=name)
    for name in lists:
        if name in given:
            given[name] = units.list(given[name], field=name)
    if "into" in given:
        given["into"] = task_named(given["into"], visible_to=request.holder, field="into")
    return given
