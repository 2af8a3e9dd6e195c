from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import Json
from tongzhou.tasks.actions.bounce import require_undecided
from tongzhou.tasks.actions.calling import call_lead
from tongzhou.tasks.actions.create_task import DueInThePast
from tongzhou.tasks.actions.mandate import note_mandate
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import Told, begin, record, save
from tongzhou.tasks.acts import TASK_DISPATCHED
from tongzhou.tasks.models import OWNED, Basis, Task


class OrderNeedsLine(Invalid):
    """An order to a unit that does not stand below the one that gives it."""

    code = "order-needs-line"
    message = _(
        "%(unit)s is not below %(asker)s in the line of command, so this cannot be an order. "
        "Ask on agreement, on law or as a voluntary matter instead."
    )


def dispatch_task(*, task: Task, by: Post, at: datetime) -> Task:
    """Sends a drafted, refused or returned task to its lead unit, and gives the lead,
    assisting and informed units (and those above them) the sight of it that they need.

    An order needs an issuer above the lead. Of a task that is done for a duty it notes by
    which charge the lead is in its place. Raises NotFound, NotAllowed, WrongState,
    OrderNeedsLine, UnitInactive, DueInThePast, DutyForbidden, LineMustDecide.
    """
    with transaction.atomic():
        locked = begin("dispatch", task=task, by=by)
        mandate = require_sendable(locked, by=by, at=at)
        send_anew(locked, at=at)
        record(TASK_DISPATCHED, task=locked, by=by, at=at, **sent(locked, mandate))
        call_lead(locked, by=by, at=at)
    return locked


def require_sendable(task: Task, *, by: Post, at: datetime) -> dict[str, Json]:
    """Checks all that dispatch asks of a task whose state was looked at already, and sets by
    which charge its lead is in its place (not saved yet); returns what the act says of that.
    Raises what ``dispatch_task`` raises."""
    require_undecided(task, by=by)
    require_active([task.lead], field="lead")
    require_line(task, to=task.lead)
    # Who asked from outside is promised a time; that it has passed keeps nobody from
    # being sent at last.
    if task.due_at <= at and task.form not in OWNED:
        raise DueInThePast(field="due_at")
    return note_mandate(task, to=task.lead, at=at)


def sent(task: Task, mandate: dict[str, Json]) -> Told:
    """What the act of dispatch says of a task."""
    return {
        "kind": sending_kind(task),
        "data": {
            "lead": str(task.lead_id),
            "assisting": [str(unit) for unit in task.assisting],
            **mandate,
        },
    }


def require_line(task: Task, *, to: Unit) -> None:
    """An order stays within the line of command of the unit that issued it. Raises
    OrderNeedsLine."""
    if task.basis == Basis.ORDER and task.asker_id not in to.line:
        raise OrderNeedsLine(field="basis", unit=to.name, asker=task.asker.name)


def sending_kind(task: Task) -> str:
    """The kind of collaboration: an order is dispatched, anything else is asked for."""
    return "dispatch" if task.basis == Basis.ORDER else "ask"


def send_anew(task: Task, *, at: datetime) -> None:
    """Lies before its lead like a new task: nobody has seen it, no one has it in hand."""
    task.dispatched_at = at
    task.seen_at = task.accepted_at = task.handler_id = task.better_owner_id = None
    task.reason = ""
    save(
        task,
        "state",
        "lead",
        "assisting",
        "informed",
        "dispatched_at",
        "seen_at",
        "accepted_at",
        "handler",
        "better_owner",
        "reason",
        "mandate",
        "bounces",
        "came_from",
        "binding",
        at=at,
        parties=True,
    )
