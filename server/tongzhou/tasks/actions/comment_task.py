from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid, TextMissing
from tongzhou.tasks.actions.transition import begin, record, save, say
from tongzhou.tasks.acts import TASK_COMMENTED
from tongzhou.tasks.models import Task

TEXT_LIMIT = 4000


class TextTooLong(Invalid):
    """More than a comment holds."""

    code = "text-too-long"
    message = _("The text is longer than %(limit)s characters. Attach it as a file instead.")


def comment_task(*, task: Task, text: str, by: Post, at: datetime) -> Task:
    """Says something about the task, to all who see it. Raises NotFound, NotAllowed,
    TextMissing, TextTooLong."""
    said = text_given(text)
    with transaction.atomic():
        locked = begin("comment", task=task, by=by)
        save(locked, at=at)
        note = say(locked, "comment", said, by=by, at=at)
        record(TASK_COMMENTED, task=locked, by=by, at=at, data=note)
    return locked


def text_given(text: str) -> str:
    """The text without blanks around it. Raises TextMissing, TextTooLong."""
    if not text.strip():
        raise TextMissing(field="text")
    if len(text) > TEXT_LIMIT:
        raise TextTooLong(field="text", limit=TEXT_LIMIT)
    return text.strip()
