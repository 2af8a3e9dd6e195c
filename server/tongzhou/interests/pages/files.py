"""A table as a file to keep."""

from django.http import HttpResponse

from tongzhou.interests import exporting
from tongzhou.tasks.exporting import Cell


def csv_answer(rows: list[list[Cell]], name: str) -> HttpResponse:
    """The rows as CSV."""
    return HttpResponse(
        exporting.csv_bytes(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
