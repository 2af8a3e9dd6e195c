from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_REFUSED
from tongzhou.tasks.models import Task


class BetterOwnerIsRefuser(Invalid):
    """The unit that refuses named itself as the better owner."""

    code = "better-owner-is-refuser"
    message = _("Name another unit than your own: the one that should do it instead.")


def refuse_task(*, task: Task, reason: str, better_owner: Unit, by: Post, at: datetime) -> Task:
    """The lead unit refuses, says why, and names the unit that it holds to be the right one;
    the asker can forward the task there in one step. Raises NotFound, NotAllowed,
    WrongState, ReasonMissing, BetterOwnerIsRefuser, UnitInactive."""
    said = reason_given(reason)
    if better_owner.id == by.unit_id:
        raise BetterOwnerIsRefuser(field="better_owner")
    require_active([better_owner], field="better_owner")
    with transaction.atomic():
        locked = begin("refuse", task=task, by=by)
        locked.reason = said
        locked.better_owner = better_owner
        locked.seen_at = locked.seen_at or at
        locked.handler = None
        save(locked, "state", "reason", "better_owner", "seen_at", "handler", at=at)
        note = say(locked, "refuse", said, by=by, at=at)
        record(
            TASK_REFUSED,
            task=locked,
            by=by,
            at=at,
            outcome="refused",
            data={**note, "better_owner": str(better_owner.id)},
        )
    return locked
