from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks import access
from tongzhou.tasks.actions.create_task import require_same_world
from tongzhou.tasks.actions.transition import lock, record, require_fit, save
from tongzhou.tasks.acts import TASK_MERGED
from tongzhou.tasks.models import State, Task


class MergedIntoItself(Invalid):
    """Both are the same task."""

    code = "merged-into-itself"
    message = _("A task cannot be merged into itself. Name the task that it repeats.")


class MergedAcrossForms(Invalid):
    """A ticket into a plain task: whoever asked would lose their answer."""

    code = "merged-across-forms"
    message = _("Only what is of one form can be merged: ticket into ticket, task into task.")


def merge_tasks(*, task: Task, into: Task, by: Post, at: datetime) -> Task:
    """Closes a task that repeats another, and returns it. Its asker, lead, assisting and
    informed units are informed of the other from now on, its open parts become the other's,
    and its comments stay where they are, shown with the other. Needs the permission on both.
    Raises NotFound, NotAllowed, WrongState (of either), MergedIntoItself,
    MergedAcrossForms, ExerciseAndReal."""
    if task.id == into.id:
        raise MergedIntoItself(field="into")
    with transaction.atomic():
        both = lock([task.id, into.id])
        merged, target = both[task.id], both[into.id]
        for one in (merged, target):
            require_fit("merge", task=one, by=by)
        if merged.form != target.form:
            raise MergedAcrossForms(field="into")
        require_same_world(merged, target)
        merged.state = State.MERGED
        units = [unit for unit, _relation in access.direct(merged)]
        access.keep_informed(target, *units)
        save(target, "informed", at=at, parties=True)
        merged.parts.update(parent=target)
        merged.merged_into = target
        merged.closed_at = at
        merged.handler = None
        save(merged, "state", "merged_into", "closed_at", "handler", at=at)
        told = {*access.partners(merged, of=None), *access.partners(target, of=None)}
        record(
            TASK_MERGED,
            task=merged,
            by=by,
            at=at,
            with_units=told,
            data={"into": str(target.id), "informed": [str(unit) for unit in target.informed]},
        )
    return merged
