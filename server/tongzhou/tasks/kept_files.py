"""Files that people hand in: typed by their content, kept under a random name. One home for
attachments, proofs, receipts and pictures."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import Json
from tongzhou.tasks import file_types
from tongzhou.tasks.models import KeptFile

MOST: Final = 10
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile
Kept = TypeVar("Kept", bound=KeptFile)


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


class TooManyFiles(Invalid):
    """More files than one answer may bring."""

    code = "too-many-files"
    message = _("At most %(most)d files at a time.")


def require_files(files: Sequence[Upload], *, field: str = "files") -> list[file_types.FileType]:
    """The types of the files, by content. Raises TooManyFiles, FileEmpty, FileTooLarge,
    FileTypeRefused: before anything is written."""
    if len(files) > MOST:
        raise TooManyFiles(field=field, most=MOST)
    return [_kind(file, field=field) for file in files]


def _kind(file: Upload, *, field: str) -> file_types.FileType:
    size, limit = file.size or 0, settings.TONGZHOU_FILE_LIMIT
    if size == 0:
        raise FileEmpty(field=field)
    if size > limit:
        raise FileTooLarge(field=field, size=filesizeformat(size), limit=filesizeformat(limit))
    kind = file_types.detect(file, name=file.name or "")
    if kind is None:
        raise FileTypeRefused(field=field)
    return kind


@contextmanager
def kept(
    make: Callable[..., Kept],
    files: Sequence[Upload],
    kinds: Sequence[file_types.FileType],
    *,
    by: Post,
    at: datetime,
) -> Iterator[list[Kept]]:
    """Stores the files, each as a row that ``make`` gives when told about it; when what follows
    fails they are removed again."""
    with ExitStack() as undo:
        rows = []
        for file, kind in zip(files, kinds, strict=True):
            row = make(
                name=file_types.safe_name(file.name or "", kind),
                content_type=kind.content_type,
                size=file.size or 0,
                sha256=_digest(file),
                post=by,
                at=at,
            )
            row.file.save(uuid4().hex, file, save=False)
            undo.callback(row.file.delete, save=False)
            row.save(force_insert=True)
            rows.append(row)
        yield rows
        undo.pop_all()


def in_ledger(rows: Sequence[KeptFile]) -> list[Json]:
    """What the ledger says of files: that they are these, and no others."""
    return [{"file": str(row.id), "sha256": row.sha256} for row in rows]


def _digest(file: Upload) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
