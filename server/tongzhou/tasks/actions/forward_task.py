from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks import access
from tongzhou.tasks.actions.dispatch_task import require_line, send_anew, sending_kind
from tongzhou.tasks.actions.mandate import note_mandate
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, say
from tongzhou.tasks.acts import TASK_FORWARDED
from tongzhou.tasks.models import Task


class ForwardedToItself(Invalid):
    """The unit leads the task already."""

    code = "forwarded-to-itself"
    message = _("%(unit)s leads the task already.")


def forward_task(*, task: Task, to: Unit, reason: str, by: Post, at: datetime) -> Task:
    """Gives the task to another lead, who finds it like a newly dispatched one. The former
    lead keeps sight of it as informed. An order stays within the line of command of the unit
    that issued it. Raises NotFound, NotAllowed, WrongState, ReasonMissing,
    ForwardedToItself, OrderNeedsLine, UnitInactive, DutyForbidden."""
    said = reason_given(reason)
    require_active([to], field="to")
    with transaction.atomic():
        locked = begin("forward", task=task, by=by)
        former = locked.lead_id
        if to.id == former:
            raise ForwardedToItself(field="to", unit=to.name)
        require_line(locked, to=to)
        mandate = note_mandate(locked, to=to, at=at)
        drafted = locked.dispatched_at is None
        locked.lead = to
        locked.assisting = [unit for unit in locked.assisting if unit != to.id]
        locked.informed = [unit for unit in locked.informed if unit != to.id]
        if not drafted:
            access.keep_informed(locked, former)
        send_anew(locked, at=at)
        told = {*access.partners(locked, of=by.unit_id), *(() if drafted else (former,))}
        note = say(locked, "forward", said, by=by, at=at)
        record(
            TASK_FORWARDED,
            task=locked,
            by=by,
            at=at,
            with_units=told,
            kind=sending_kind(locked),
            data={
                **note,
                **mandate,
                "lead": str(to.id),
                "from": str(former),
                "assisting": [str(unit) for unit in locked.assisting],
                "informed": [str(unit) for unit in locked.informed],
            },
        )
    return locked
