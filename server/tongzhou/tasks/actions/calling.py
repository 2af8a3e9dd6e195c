"""The call of a whistle: whoever leads it from now on must be there within the time of its kind."""

from datetime import datetime

from tongzhou.actors.models import Post
from tongzhou.tasks import rules
from tongzhou.tasks.actions.transition import record
from tongzhou.tasks.acts import WHISTLE_CALLED
from tongzhou.tasks.models import Call, Form, Task


def call_lead(task: Task, *, by: Post, at: datetime) -> None:
    """Starts the time within which the lead of a call must arrive; of other tasks nothing."""
    if task.form != Form.WHISTLE:
        return
    call = Call.objects.select_related("whistle").get(task_id=task.id)
    of = rules.whistle_of(call.whistle.template).kind_of(call.whistle.kind)
    call.arrive_by = at + of.arrive_within if of is not None else task.due_at
    call.arrived_at, call.arrived_place = None, ""
    call.save(update_fields=["arrive_by", "arrived_at", "arrived_place"])
    record(
        WHISTLE_CALLED,
        task=task,
        by=by,
        at=at,
        with_units=[task.lead_id],
        due_at=call.arrive_by,
        data={"whistle": str(call.whistle_id), "kind": call.whistle.kind},
    )
