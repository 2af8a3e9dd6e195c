from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import Json
from tongzhou.tasks import access
from tongzhou.tasks.actions.bounce import bind, came_from, pass_on, require_undecided
from tongzhou.tasks.actions.calling import call_lead
from tongzhou.tasks.actions.dispatch_task import require_line, send_anew, sending_kind
from tongzhou.tasks.actions.mandate import note_mandate
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, say
from tongzhou.tasks.acts import TASK_FORWARDED
from tongzhou.tasks.models import OWNED, Task
from tongzhou.tasks.transitions import ASKER


class ForwardedToItself(Invalid):
    """The unit leads the task already."""

    code = "forwarded-to-itself"
    message = _("%(unit)s leads the task already.")


def forward_task(*, task: Task, to: Unit, reason: str, by: Post, at: datetime) -> Task:
    """Gives the task to another lead, who finds it like a newly dispatched one. The former
    lead keeps sight of it as informed. An order stays within the line of command of the unit
    that issued it. Raises NotFound, NotAllowed, WrongState, ReasonMissing,
    ForwardedToItself, OrderNeedsLine, UnitInactive, DutyForbidden; of tickets and whistles
    also BouncedBack, OwnerBound, LineMustDecide."""
    said = reason_given(reason)
    require_active([to], field="to")
    with transaction.atomic():
        locked = begin("forward", task=task, by=by)
        former = locked.lead_id
        if to.id == former:
            raise ForwardedToItself(field="to", unit=to.name)
        require_line(locked, to=to)
        passed = _passed(locked, to=to, by=by)
        mandate = note_mandate(locked, to=to, at=at)
        drafted = locked.dispatched_at is None
        change_lead(locked, to=to)
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
                **passed,
                "lead": str(to.id),
                "from": str(former),
                "assisting": [str(unit) for unit in locked.assisting],
                "informed": [str(unit) for unit in locked.informed],
            },
        )
        call_lead(locked, by=by, at=at)
    return locked


def change_lead(task: Task, *, to: Unit) -> None:
    """Makes ``to`` the lead (not saved yet); who led a task that was sent stays informed."""
    former = task.lead_id
    task.lead = to
    task.assisting = [unit for unit in task.assisting if unit != to.id]
    task.informed = [unit for unit in task.informed if unit != to.id]
    if task.dispatched_at is not None:
        access.keep_informed(task, former)


def _passed(task: Task, *, to: Unit, by: Post) -> dict[str, Json]:
    """Of tickets and whistles: a lead that forwards passes it on; an asker that does decides
    anew, and who leads then may object again."""
    if task.form not in OWNED:
        return {}
    if ASKER not in task.relations_of(by):
        return pass_on(task, to=to, by=by, field="to")
    require_undecided(task, by=by)
    sent = task.dispatched_at is not None
    return {**(came_from(task, task.lead_id) if sent else {}), **bind(task, False)}
