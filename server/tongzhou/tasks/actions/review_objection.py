from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks.actions.bounce import bind, came_from, require_undecided
from tongzhou.tasks.actions.calling import call_lead
from tongzhou.tasks.actions.dispatch_task import require_line, send_anew
from tongzhou.tasks.actions.forward_task import ForwardedToItself, change_lead
from tongzhou.tasks.actions.mandate import note_mandate
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_OBJECTION_REJECTED, TASK_OBJECTION_UPHELD
from tongzhou.tasks.models import Task


class UpheldNeedsOwner(Invalid):
    """An objection was upheld without saying who leads instead."""

    code = "upheld-needs-owner"
    message = _("To uphold the objection, name the unit that leads from now on.")


def review_objection(
    *, task: Task, upheld: bool, reason: str, by: Post, at: datetime, to: Unit | None = None
) -> Task:
    """Who dispatched a ticket or a call, or a unit above, decides about an objection: upheld,
    the unit ``to`` leads; rejected, the lead is bound by it. Raises NotFound, NotAllowed,
    WrongForm, WrongState, ReasonMissing, UpheldNeedsOwner, ForwardedToItself, UnitInactive,
    LineMustDecide, DutyForbidden, OrderNeedsLine."""
    said = reason_given(reason)
    if upheld and to is None:
        raise UpheldNeedsOwner(field="to")
    if to is not None:
        require_active([to], field="to")
    with transaction.atomic():
        locked = begin("review", task=task, by=by)
        require_undecided(locked, by=by)
        if upheld and to is not None:
            _uphold(locked, to=to, reason=said, by=by, at=at)
        else:
            _reject(locked, reason=said, by=by, at=at)
    return locked


def _uphold(task: Task, *, to: Unit, reason: str, by: Post, at: datetime) -> None:
    former = task.lead_id
    if to.id == former:
        raise ForwardedToItself(field="to", unit=to.name)
    require_line(task, to=to)
    mandate = note_mandate(task, to=to, at=at)
    passed = came_from(task, former)
    change_lead(task, to=to)
    send_anew(task, at=at)
    note = say(task, "review", reason, by=by, at=at)
    told = {former, *(u for u, relations in task.relations.items() if relations & {"asker"})}
    record(
        TASK_OBJECTION_UPHELD,
        task=task,
        by=by,
        at=at,
        with_units={to.id, *task.assisting, *told} - {by.unit_id},
        outcome="upheld",
        data={
            **note,
            **mandate,
            **passed,
            "lead": str(to.id),
            "from": str(former),
            "assisting": [str(unit) for unit in task.assisting],
            "informed": [str(unit) for unit in task.informed],
        },
    )
    call_lead(task, by=by, at=at)


def _reject(task: Task, *, reason: str, by: Post, at: datetime) -> None:
    bound = bind(task, True)
    task.reason = reason
    save(task, "state", "reason", "binding", at=at)
    note = say(task, "review", reason, by=by, at=at)
    record(
        TASK_OBJECTION_REJECTED,
        task=task,
        by=by,
        at=at,
        outcome="rejected",
        data={**note, **bound, "lead": str(task.lead_id)},
    )
