from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post, Unit
from tongzhou.tasks.actions.bounce import bind, came_from
from tongzhou.tasks.actions.calling import call_lead
from tongzhou.tasks.actions.dispatch_task import require_line, send_anew
from tongzhou.tasks.actions.forward_task import change_lead
from tongzhou.tasks.actions.mandate import note_mandate
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, say
from tongzhou.tasks.acts import TASK_OWNER_DECIDED
from tongzhou.tasks.models import Task


def decide_owner(*, task: Task, to: Unit, reason: str, by: Post, at: datetime) -> Task:
    """A unit above decides for good who leads a ticket or a call – also the one that leads it
    now, or the decider's own. Raises NotFound, NotAllowed, WrongForm, WrongState,
    ReasonMissing, UnitInactive, OrderNeedsLine, DutyForbidden."""
    said = reason_given(reason)
    require_active([to], field="to")
    with transaction.atomic():
        locked = begin("decide", task=task, by=by)
        former = locked.lead_id
        require_line(locked, to=to)
        mandate = note_mandate(locked, to=to, at=at)
        passed = came_from(locked, former) if to.id != former else {}
        if to.id != former:
            change_lead(locked, to=to)
        bound = bind(locked, True)
        send_anew(locked, at=at)
        note = say(locked, "decide", said, by=by, at=at)
        record(
            TASK_OWNER_DECIDED,
            task=locked,
            by=by,
            at=at,
            with_units={locked.asker_id, former, to.id, *locked.assisting},
            outcome="decided",
            data={
                **note,
                **mandate,
                **passed,
                **bound,
                "lead": str(to.id),
                "from": str(former),
                "assisting": [str(unit) for unit in locked.assisting],
                "informed": [str(unit) for unit in locked.informed],
            },
        )
        call_lead(locked, by=by, at=at)
    return locked
