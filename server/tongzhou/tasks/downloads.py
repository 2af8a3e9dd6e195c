"""Giving an attached file out: always to be saved, never to be shown or run."""

from django.http import FileResponse

from tongzhou.tasks.models import Attachment


def as_download(attachment: Attachment) -> FileResponse:
    """The file under its own name. The browser must neither open it in the page nor guess
    another type than the one that was found in its content."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
