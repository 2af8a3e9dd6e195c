from datetime import datetime
from functools import partial

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_ATTACHED
from tongzhou.tasks.kept_files import Upload, kept, require_files
from tongzhou.tasks.models import Attachment, Task


def attach_file(*, task: Task, file: Upload, by: Post, at: datetime) -> Attachment:
    """Keeps a file with the task: typed by its content, under a random name, with its
    SHA-256 in the ledger. Its own name stands beside, made harmless. Returns the attachment.
    Raises NotFound, NotAllowed, WrongState, FileEmpty, FileTooLarge, FileTypeRefused."""
    kinds = require_files([file], field="file")
    with transaction.atomic():
        locked = begin("attach", task=task, by=by)
        with kept(partial(Attachment, task=locked), [file], kinds, by=by, at=at) as (attachment,):
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
    return attachment
