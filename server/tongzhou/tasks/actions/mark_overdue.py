from datetime import datetime

from django.db import transaction

from tongzhou.tasks.actions.transition import lock, record, save
from tongzhou.tasks.acts import TASK_OVERDUE
from tongzhou.tasks.models import Task
from tongzhou.tasks.transitions import RUNNING


def mark_overdue(*, task: Task, at: datetime) -> bool:
    """Puts into the ledger, once for each due time, that the task passed it: told to its
    asker, lead and assisting units and to the unit above the lead. Done by the clock.
    Returns False where there is nothing to tell (any more)."""
    with transaction.atomic():
        locked = lock([task.id])[task.id]
        if locked.state not in RUNNING or locked.overdue_told or locked.due_at > at:
            return False
        locked.overdue_told = True
        save(locked, "overdue_told", at=at)
        told = {locked.asker_id, locked.lead_id, *locked.assisting, *locked.lead.above[-1:]}
        record(TASK_OVERDUE, task=locked, by=None, at=at, with_units=told)
    return True


def mark_all_overdue(*, at: datetime, most: int = 1000) -> int:
    """Does so for the tasks that passed their due time, each in a transaction of its own.
    Returns how many there were; ``most`` at a time."""
    # The conditions on closed_at and overdue_told are those of the index task_clock.
    late = Task.objects.filter(
        due_at__lte=at, closed_at__isnull=True, overdue_told=False, state__in=RUNNING
    )
    return sum(mark_overdue(task=task, at=at) for task in late.order_by("due_at")[:most])
