"""What the clock does for tasks."""

from procrastinate.contrib.django import app

from tongzhou.kernel import clock
from tongzhou.tasks.actions.mark_overdue import mark_all_overdue


@app.periodic(cron="* * * * *")
@app.task(name="tasks.tell_overdue", queueing_lock="tasks.tell_overdue")
def tell_overdue(timestamp: int = 0, **_: object) -> int:
    """Once a minute: tells of the tasks that passed their due time. Returns how many."""
    return mark_all_overdue(at=clock.now())
