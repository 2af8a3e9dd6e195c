"""What a task rests on: the duty it is done for, and whether its lead is charged with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import Json
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.models import Duty
from tongzhou.mandates.queries import Verdict
from tongzhou.tasks.models import Basis, Task


class DutyRetired(Invalid):
    """A duty that nobody owes any more."""

    code = "duty-retired-meanwhile"
    message = _("The duty “%(duty)s” has been retired. Choose another one, or none.")


class DutyForbidden(Invalid):
    """A rule forbids to give this duty to this unit."""

    code = "duty-forbidden"
    message = _("“%(duty)s” cannot be given to %(unit)s: %(rule)s (%(source)s)")


class JustificationMissing(Invalid):
    """An order on a matter that communities decide alone."""

    code = "justification-missing"
    message = _(
        "“%(duty)s” is on the list that communities decide alone. An order on it needs a "
        "justification: say what it rests on."
    )


def require_open(duty: Duty | None) -> None:
    """Raises DutyRetired."""
    if duty is not None and not duty.is_open:
        raise DutyRetired(field="duty", duty=duty.name)


Answers = Mapping[tuple[str, UUID], mandates.Resolution]
_ANSWERED: ContextVar[Answers | None] = ContextVar("mandates_answered", default=None)


@contextmanager
def answered(by_duty_and_area: Answers) -> Iterator[None]:
    """Inside (one transaction), acts find these questions answered already: for acts on many
    at once, which ask for all in a few queries."""
    token = _ANSWERED.set(by_duty_and_area)
    try:
        yield
    finally:
        _ANSWERED.reset(token)


def note_mandate(task: Task, *, to: Unit, at: datetime) -> dict[str, Json]:
    """Sets by which charge ``to`` is in its place as lead of the task (not saved yet), and
    returns what the act says of it; nothing where the task names no duty. A unit that is not
    charged may be asked all the same: that is noted. Raises DutyForbidden,
    JustificationMissing."""
    if task.duty is None:
        return {}
    if task.duty.autonomous and task.basis == Basis.ORDER and not task.basis_note:
        raise JustificationMissing(field="basis_note", duty=task.duty.name)
    verdict = require_permitted(task, to=to, at=at, field="lead")
    if verdict is None:
        return {}
    task.mandate = verdict.recorded
    return {"duty": str(task.duty_id), "mandate": task.mandate}


def require_permitted(task: Task, *, to: Unit, at: datetime, field: str) -> Verdict | None:
    """Whether ``to`` is charged with what the task is for; None where it names no duty. Raises
    DutyForbidden where a rule keeps the duty from that unit."""
    if task.duty is None:
        return None
    found = (_ANSWERED.get() or {}).get((task.duty.code, task.area_id))
    if found is None:
        found = mandates.resolve(
            task.duty.code,
            area=task.area,
            phase=task.incident_phase,
            grade=task.incident_grade,
            at=at,
        )
    verdict = mandates.judge(found, to, on=at.date())
    if verdict.forbidden_by is not None:
        rule = verdict.forbidden_by
        raise DutyForbidden(
            field=field, duty=task.duty.name, unit=to.name, rule=rule.text, source=rule.cited
        )
    return verdict
