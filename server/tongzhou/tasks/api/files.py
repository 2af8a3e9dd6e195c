"""Files of a task."""

from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import File, Status, UploadedFile

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.tasks import queries
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.downloads import as_download
from tongzhou.tasks.schemas import FileKept, Number

_BINARY: Any = {
    "responses": {
        200: {
            "description": "The file, to be saved",
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.post("/tasks/{int:number}/files", response={201: FileKept}, summary="Attach a file")
def attach(request: PostRequest, number: Number, file: File[UploadedFile]) -> Status[FileKept]:
    """Keeps a file with the task, typed by its content."""
    task = queries.target(visible_to=request.holder, number=number)
    kept = attach_file(task=task, file=file, by=request.holder, at=clock.now())
    return Status(
        201,
        FileKept.model_construct(
            id=kept.id,
            name=kept.name,
            content_type=kept.content_type,
            size=kept.size,
            sha256=kept.sha256,
        ),
    )


@router.get("/tasks/files/{uuid:id}", summary="A file", openapi_extra=_BINARY)
def download(request: PostRequest, id: UUID) -> HttpResponseBase:
    """The file under its own name, to be saved."""
    return as_download(queries.attachment_for(visible_to=request.holder, id=id))
