"""What this room does when something happens in another: a post ends, and what it handled
falls to the unit."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import holdings
from tongzhou.actors.holdings import Holding
from tongzhou.actors.models import Post
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.follow import Sealed, follower
from tongzhou.ledger.queries import Line
from tongzhou.tasks.actions.release_task import let_go
from tongzhou.tasks.models import CLOSED, Task


@subjects("task")
def _tasks(lines: Sequence[Line]) -> dict[UUID, Subject]:
    """What acts on tasks are about, for lines of the ledger in any room."""
    found = Task.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        task: Subject(f"T-{number} {title}", reverse("task", args=[number]))
        for task, number, title in found.values_list("id", "number", "title")
    }


class HandledTasks:
    """Tells the room of actors which tasks a post handles, and gives them back."""

    def held_by(self, posts: Sequence[Post]) -> list[Holding]:
        """The open tasks that the posts handle, by due time."""
        return [
            Holding(
                kind="task",
                id=task.id,
                reference=task.reference,
                title=task.title,
                address=reverse("task", args=[task.number]),
                post=task.handler_id,
            )
            for task in _handled(post.id for post in posts)
            if task.handler_id is not None
        ]

    def release(self, posts: Sequence[Post], *, by: Post, at: datetime) -> None:
        """Gives them back to their units, in the caller's transaction."""
        for task in _handled(post.id for post in posts):
            let_go(task=task, by=by, at=at)


@follower("tasks.release", title=_("Tasks of posts that ended are let go"))
def release_after(acts: Sequence[Sealed]) -> None:
    """Once more when the end of a post is sealed: somebody may have taken a task in the very
    moment in which their post ended."""
    for act in acts:
        if act.type == "post.ended.v1":
            for task in _handled([act.about_id]):
                let_go(task=task, by=None, at=act.at)


def _handled(posts: Iterable[UUID]) -> list[Task]:
    handled = Task.objects.filter(handler_id__in=list(posts)).exclude(state__in=CLOSED)
    return list(handled.order_by("due_at", "number"))


holdings.register(HandledTasks())
