"""Passing a ticket or a whistle on. It has an owner at all times: whoever passes it on names a
better one, nobody plays it back, and after a few times the unit above decides for good."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import Json
from tongzhou.tasks import rules
from tongzhou.tasks.models import OWNED, Form, Task
from tongzhou.tasks.transitions import LINE


class BounceNeedsOwner(Invalid):
    """Passed on without saying to whom."""

    code = "bounce-needs-owner"
    message = _("Name the unit that is better placed. Without one it stays where it is.")


class BetterOwnerIsRefuser(Invalid):
    """The unit that refuses named itself as the better owner."""

    code = "better-owner-is-refuser"
    message = _("Name another unit than your own: the one that should do it instead.")


class BouncedBack(Invalid):
    """Played back to a unit that it came from."""

    code = "bounced-back"
    message = _("It came from %(unit)s. Name another unit, or object to the dispatch.")


class CallPassedDown(Invalid):
    """A call for departments was to come back to the place that called."""

    code = "call-passed-down"
    message = _(
        "%(unit)s works in %(area)s, which called because it cannot do this alone. "
        "Name a department."
    )


class OwnerBound(Conflict):
    """It was decided for good whose it is."""

    code = "owner-bound"
    message = _("It was decided that your unit leads %(number)s. That is binding.")


class LineMustDecide(Conflict):
    """Passed on too often: from now on the unit above decides."""

    code = "line-must-decide"
    message = _(
        "%(number)s was passed on %(times)s times. Now a unit above decides who leads; your unit "
        "looks after it until then."
    )


def require_not_bound(task: Task) -> None:
    """Raises OwnerBound where it was decided for good who leads."""
    if task.form in OWNED and task.binding:
        raise OwnerBound(number=task.reference)


def require_undecided(task: Task, *, by: Post) -> None:
    """Raises LineMustDecide where it was passed on too often for anybody but a unit above to
    move it. Where nobody stands above, those below must find an end themselves."""
    if task.form not in OWNED or task.bounces < rules.most_bounces(task):
        return
    above = any(LINE in relations for relations in task.relations.values())
    if above and LINE not in task.relations_of(by):
        raise LineMustDecide(number=task.reference, times=task.bounces)


def pass_on(task: Task, *, to: Unit | None, by: Post, field: str) -> dict[str, Json]:
    """Checks that the lead may pass the task on to ``to`` and counts that it did (not saved
    yet); returns what the act says of it. Plain tasks are passed on freely. Raises
    BounceNeedsOwner, BetterOwnerIsRefuser, OwnerBound, BouncedBack, CallPassedDown,
    LineMustDecide."""
    if to is None:
        raise BounceNeedsOwner(field=field)
    if to.id == by.unit_id:
        raise BetterOwnerIsRefuser(field=field)
    if task.form not in OWNED:
        return {}
    require_not_bound(task)
    if to.id == task.asker_id or to.id in task.came_from:
        raise BouncedBack(field=field, unit=to.name)
    if task.form == Form.WHISTLE and task.asker.area.contains(to.area):
        raise CallPassedDown(field=field, unit=to.name, area=task.asker.area.name)
    require_undecided(task, by=by)
    task.bounces += 1
    return came_from(task, task.lead_id)


def came_from(task: Task, former: UUID) -> dict[str, Json]:
    """Notes a former lead, to whom it cannot be played back; returns what the act says."""
    task.came_from = [*dict.fromkeys([*task.came_from, former])]
    return {"bounces": task.bounces, "came_from": [str(unit) for unit in task.came_from]}


def bind(task: Task, binding: bool) -> dict[str, Json]:
    """Settles (or opens again) the question who leads; returns what the act says."""
    task.binding = binding
    return {"binding": binding}
