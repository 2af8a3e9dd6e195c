from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import TASK_DISPATCH
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks import access
from tongzhou.tasks.actions.transition import begin, record
from tongzhou.tasks.acts import TASK_DISPATCHED
from tongzhou.tasks.models import Basis, Task


class OrderNeedsLine(Invalid):
    """An order to a unit that does not stand below the one that gives it."""

    code = "order-needs-line"
    message = _(
        "%(unit)s is not below your unit in the line of command, so this cannot be an order. "
        "Ask on agreement, on law or as a voluntary matter instead."
    )


def dispatch_task(*, task: Task, by: Post, at: datetime) -> Task:
    """Sends a drafted, refused or returned task to its lead unit, and gives the lead,
    assisting and informed units (and those above them) the sight of it that they need.

    An order needs an issuer above the lead. Raises NotFound, NotAllowed, WrongState,
    OrderNeedsLine.
    """
    with transaction.atomic():
        locked = begin("dispatch", task=task, by=by, word=TASK_DISPATCH)
        lead = locked.lead
        if locked.basis == Basis.ORDER and by.unit_id not in lead.line:
            raise OrderNeedsLine(field="basis", unit=lead.name)
        locked.dispatched_at = at
        locked.seen_at = None
        locked.reason = ""
        locked.save(update_fields=["state", "dispatched_at", "seen_at", "reason"])
        access.grant(locked, [lead], access.LEAD)
        access.grant(locked, Unit.objects.filter(id__in=locked.assisting), access.ASSISTING)
        access.grant(locked, Unit.objects.filter(id__in=locked.informed), access.INFORMED)
        kind = "dispatch" if locked.basis == Basis.ORDER else "ask"
        record(TASK_DISPATCHED, task=locked, by=by, at=at, kind=kind)
    return locked
