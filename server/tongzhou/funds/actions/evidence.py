"""Keeping receipts and evidence: typed by their content, under a random name."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from uuid import uuid4

from tongzhou.actors.models import Post
from tongzhou.funds.models import Claim, Evidence, Payment
from tongzhou.ledger.append import Json
from tongzhou.oversight.actions.proofs import Upload, require_files
from tongzhou.tasks import file_types

__all__ = ("Upload", "in_ledger", "kept", "require_files")


@contextmanager
def kept(
    files: Sequence[Upload],
    kinds: Sequence[file_types.FileType],
    *,
    by: Post,
    at: datetime,
    payment: Payment | None = None,
    claim: Claim | None = None,
) -> Iterator[list[Evidence]]:
    """Stores the files of a payment or a claim; when what follows fails they are removed."""
    with ExitStack() as undo:
        found = []
        for file, kind in zip(files, kinds, strict=True):
            one = Evidence(
                payment=payment,
                claim=claim,
                name=file_types.safe_name(file.name or "", kind),
                content_type=kind.content_type,
                size=file.size or 0,
                sha256=_digest(file),
                post=by,
                at=at,
            )
            one.file.save(uuid4().hex, file, save=False)
            undo.callback(one.file.delete, save=False)
            one.save(force_insert=True)
            found.append(one)
        yield found
        undo.pop_all()


def in_ledger(found: Sequence[Evidence]) -> list[Json]:
    """What the ledger says of files: that they are these, and no others."""
    return [{"file": str(one.id), "sha256": one.sha256} for one in found]


def _digest(file: Upload) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
