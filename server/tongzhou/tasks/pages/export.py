"""The list as a file: exactly the tasks that the filters let through."""

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks import exporting
from tongzhou.tasks.pages.listing import filters_of
from tongzhou.ui import csv_files

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def tasks_export(request: PostRequest, kind: str) -> HttpResponseBase:
    """CSV as it is read, line by line; XLSX once it is whole."""
    at, filters = clock.now(), filters_of(request)
    name = f"tasks-{timezone.localtime(at):%Y-%m-%d-%H%M}.{kind}"
    match kind:
        case "csv":
            rows = exporting.csv_rows(visible_to=request.holder, filters=filters, at=at)
            return csv_files.download(name, rows)
        case "xlsx":
            file = exporting.xlsx_file(visible_to=request.holder, filters=filters, at=at)
            return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)
    raise NotFound()
