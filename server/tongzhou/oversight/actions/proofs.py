"""Keeping files as evidence: typed by their content, under a random name."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import Json
from tongzhou.oversight.models import Finding, FindingAnswer, Proof
from tongzhou.tasks import file_types
from tongzhou.tasks.actions.attach_file import FileEmpty, FileTooLarge, FileTypeRefused

MOST: Final = 10
if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
else:
    Upload = UploadedFile


class TooManyFiles(Invalid):
    """More files than one answer may bring."""

    code = "too-many-files"
    message = _("At most %(most)d files at a time.")


def require_files(files: Sequence[Upload], *, field: str = "files") -> list[file_types.FileType]:
    """The types of the files, by content. Raises TooManyFiles, FileEmpty, FileTooLarge,
    FileTypeRefused: before anything is written."""
    if len(files) > MOST:
        raise TooManyFiles(field=field, most=MOST)
    kinds = []
    limit = settings.TONGZHOU_FILE_LIMIT
    for file in files:
        size = file.size or 0
        if size == 0:
            raise FileEmpty(field=field)
        if size > limit:
            raise FileTooLarge(field=field, size=filesizeformat(size), limit=filesizeformat(limit))
        kind = file_types.detect(file, name=file.name or "")
        if kind is None:
            raise FileTypeRefused(field=field)
        kinds.append(kind)
    return kinds


@contextmanager
def kept(
    files: Sequence[Upload],
    kinds: Sequence[file_types.FileType],
    *,
    finding: Finding,
    answer: FindingAnswer | None,
    by: Post,
    at: datetime,
) -> Iterator[list[Proof]]:
    """Stores the files; when what follows fails they are removed again."""
    with ExitStack() as undo:
        proofs = []
        for file, kind in zip(files, kinds, strict=True):
            proof = Proof(
                finding=finding,
                answer=answer,
                name=file_types.safe_name(file.name or "", kind),
                content_type=kind.content_type,
                size=file.size or 0,
                sha256=_digest(file),
                post=by,
                at=at,
            )
            proof.file.save(uuid4().hex, file, save=False)
            undo.callback(proof.file.delete, save=False)
            proof.save(force_insert=True)
            proofs.append(proof)
        yield proofs
        undo.pop_all()


def in_ledger(proofs: Sequence[Proof]) -> list[Json]:
    """What the ledger says of files: that they are these, and no others."""
    return [{"file": str(proof.id), "sha256": proof.sha256} for proof in proofs]


def _digest(file: Upload) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
