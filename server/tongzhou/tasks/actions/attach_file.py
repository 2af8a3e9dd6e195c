import hashlib
from contextlib import ExitStack
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks import file_types
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_ATTACHED
from tongzhou.tasks.models import Attachment, Task


class FileEmpty(Invalid):
    """A file without content."""

    code = "file-empty"
    message = _("The file is empty.")


class FileTooLarge(Invalid):
    """A file above the limit of the installation."""

    code = "file-too-large"
    message = _("The file has %(size)s; the limit is %(limit)s.")


class FileTypeRefused(Invalid):
    """A file of a kind that is not taken, whatever its name says."""

    code = "file-type-refused"
    message = _(
        "This kind of file is not taken. Send a document, spreadsheet, presentation, PDF, "
        "picture, sound, video, text or CSV file without macros."
    )


def attach_file(*, task: Task, file: "UploadedFile[bytes]", by: Post, at: datetime) -> Attachment:
    """Keeps a file with the task: typed by its content, under a random name, with its
    SHA-256 in the ledger. Its own name stands beside, made harmless. Returns the attachment.
    Raises NotFound, NotAllowed, WrongState, FileEmpty, FileTooLarge, FileTypeRefused."""
    size = file.size or 0
    limit = settings.TONGZHOU_FILE_LIMIT
    if size == 0:
        raise FileEmpty(field="file")
    if size > limit:
        raise FileTooLarge(field="file", size=filesizeformat(size), limit=filesizeformat(limit))
    name = file.name or ""
    kind = file_types.detect(file, name=name)
    if kind is None:
        raise FileTypeRefused(field="file")
    with ExitStack() as undo, transaction.atomic():
        locked = begin("attach", task=task, by=by)
        attachment = Attachment(
            task=locked,
            post=by,
            name=file_types.safe_name(name, kind),
            content_type=kind.content_type,
            size=size,
            sha256=_digest(file),
            at=at,
        )
        attachment.file.save(uuid4().hex, file, save=False)
        undo.callback(attachment.file.delete, save=False)
        attachment.save(force_insert=True)
        save(locked, at=at)
        record(
            TASK_ATTACHED,
            task=locked,
            by=by,
            at=at,
            data={
                "attachment": str(attachment.id),
                "content_type": attachment.content_type,
                "size": attachment.size,
                "sha256": attachment.sha256,
            },
        )
        undo.pop_all()
    return attachment


def _digest(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
