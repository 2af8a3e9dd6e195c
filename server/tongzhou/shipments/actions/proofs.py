"""Keeping pictures of what came: typed by their content, under a random name."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from uuid import uuid4

from tongzhou.actors.models import Post
from tongzhou.ledger.append import Json
from tongzhou.oversight.actions.proofs import Upload, require_files
from tongzhou.shipments.models import Proof, Shipment
from tongzhou.tasks import file_types

__all__ = ["Upload", "in_ledger", "kept", "require_files"]


@contextmanager
def kept(
    files: Sequence[Upload],
    kinds: Sequence[file_types.FileType],
    *,
    shipment: Shipment,
    by: Post,
    at: datetime,
) -> Iterator[list[Proof]]:
    """Stores the files; when what follows fails they are removed again."""
    with ExitStack() as undo:
        proofs = []
        for file, kind in zip(files, kinds, strict=True):
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            proof = Proof(
                shipment=shipment,
                name=file_types.safe_name(file.name or "", kind),
                content_type=kind.content_type,
                size=file.size or 0,
                sha256=digest.hexdigest(),
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
