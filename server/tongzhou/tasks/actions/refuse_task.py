from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post, Unit
from tongzhou.tasks.actions.bounce import pass_on
from tongzhou.tasks.actions.mandate import require_permitted
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_REFUSED
from tongzhou.tasks.models import Task


def refuse_task(
    *, task: Task, reason: str, better_owner: Unit | None, by: Post, at: datetime
) -> Task:
    """The lead unit refuses, says why, and names the unit that it holds to be the right one;
    the asker can forward the task there in one step. Raises NotFound, NotAllowed,
    WrongState, ReasonMissing, BounceNeedsOwner, BetterOwnerIsRefuser, UnitInactive,
    DutyForbidden; of tickets and whistles also BouncedBack, OwnerBound, CallPassedDown,
    LineMustDecide."""
    said = reason_given(reason)
    require_active([better_owner] if better_owner else [], field="better_owner")
    with transaction.atomic():
        locked = begin("refuse", task=task, by=by)
        passed = pass_on(locked, to=better_owner, by=by, field="better_owner")
        if better_owner is not None:
            require_permitted(locked, to=better_owner, at=at, field="better_owner")
        locked.reason = said
        locked.better_owner = better_owner
        locked.seen_at = locked.seen_at or at
        locked.handler = None
        save(
            locked,
            "state",
            "reason",
            "better_owner",
            "seen_at",
            "handler",
            "bounces",
            "came_from",
            at=at,
        )
        note = say(locked, "refuse", said, by=by, at=at)
        owner = str(better_owner.id) if better_owner else None
        record(
            TASK_REFUSED,
            task=locked,
            by=by,
            at=at,
            outcome="refused",
            data={**note, **passed, "better_owner": owner},
        )
    return locked
