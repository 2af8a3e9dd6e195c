from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_SEEN
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import LEAD


class SeenAlready(Conflict):
    """The unit has seen the task before."""

    code = "task-seen-already"
    message = _("Your unit has marked %(number)s as seen already.")


def see_task(*, task: Task, by: Post, at: datetime) -> Task:
    """Notes that the unit has seen the task. The lead's look moves a dispatched task to
    "seen"; that of an assisting or informed unit is noted once and changes no state.
    Raises NotFound, NotAllowed, WrongState, SeenAlready."""
    with transaction.atomic():
        locked = begin("see", task=task, by=by)
        leads = LEAD in locked.relations_of(by) and locked.state == State.DISPATCHED
        fresh = locked.parties.filter(unit_id=by.unit_id, seen_at=None).update(seen_at=at)
        if leads:
            locked.state = State.SEEN
            locked.seen_at = at
        elif not fresh:
            raise SeenAlready(number=locked.reference)
        save(locked, "state", "seen_at", at=at)
        record(TASK_SEEN, task=locked, by=by, at=at)
    return locked
