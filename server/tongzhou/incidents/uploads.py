"""Files of daily counts between the dry run and the decision to record them. The original
is kept, so that it can be mended and sent again."""

import hashlib
import io
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.core.files import File
from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COUNTS_RECORD
from tongzhou.incidents.counts_file import LARGEST_FILE, read, too_large
from tongzhou.incidents.importing import ImportReport, import_counts
from tongzhou.incidents.models import CountsFile, Incident
from tongzhou.kernel.errors import NotFound

#: A file that nobody decided to record is forgotten after this.
KEPT_FOR: Final = timedelta(days=7)


def keep(
    *,
    file: "File[bytes]",
    incident: Incident,
    source: str,
    as_of: datetime,
    within: str,
    by: Post,
    at: datetime,
) -> CountsFile:
    """Keeps a file that can be read. Raises NotFound, NotAllowed, FileTooLarge,
    FileUnreadable, ColumnsMissing."""
    permissions.require(by=by, word=COUNTS_RECORD, on=incident)
    if (file.size or 0) > LARGEST_FILE:
        raise too_large()
    content = file.read()
    read(io.BytesIO(content))
    return CountsFile.objects.create(
        incident=incident,
        post=by,
        name=(file.name or "")[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        source=source,
        as_of=as_of,
        within=within,
        at=at,
    )


def find(id: UUID, *, incident: Incident, visible_to: Post) -> CountsFile:
    """A file that somebody of the post's unit sent. Raises NotFound."""
    found = CountsFile.objects.filter(
        id=id, incident=incident, post__unit=visible_to.unit_id
    ).first()
    if found is None:
        raise NotFound()
    return found


def take(kept: CountsFile, *, by: Post, at: datetime, dry_run: bool) -> ImportReport:
    """Imports the file, or tells what that would do. Raises what ``import_counts`` raises."""
    with transaction.atomic():
        report = import_counts(
            io.BytesIO(bytes(kept.content)),
            incident=kept.incident,
            by=by,
            at=at,
            source=kept.source,
            as_of=kept.as_of,
            within=kept.within,
            dry_run=dry_run,
        )
        if report.recorded is not None and not dry_run:
            kept.recorded_at = at
            kept.save(update_fields=["recorded_at"])
    return report


def forget(*, at: datetime) -> int:
    """Removes files that were never recorded; returns how many."""
    old = CountsFile.objects.filter(recorded_at=None, at__lt=at - KEPT_FOR)
    return old.delete()[0]
