from datetime import datetime
from typing import Any

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.models import Task


def send_task(*, by: Post, at: datetime, **task: Any) -> Task:
    """Drafts and dispatches in one step: both or neither. Takes what ``create_task`` takes
    and raises what the two raise."""
    with transaction.atomic():
        return dispatch_task(task=create_task(by=by, at=at, **task), by=by, at=at)
