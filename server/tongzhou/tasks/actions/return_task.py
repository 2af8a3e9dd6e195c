from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post, Unit
from tongzhou.ledger.append import Json
from tongzhou.tasks.actions.bounce import pass_on
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_RETURNED
from tongzhou.tasks.models import OWNED, Task


def return_task(
    *, task: Task, reason: str, by: Post, at: datetime, better_owner: Unit | None = None
) -> Task:
    """The lead unit gives the task back to its asker and says why. A ticket or a call goes
    back only with a better owner named. Raises NotFound, NotAllowed, WrongState,
    ReasonMissing, UnitInactive; of tickets and whistles also BounceNeedsOwner,
    BetterOwnerIsRefuser, BouncedBack, OwnerBound, LineMustDecide."""
    said = reason_given(reason)
    require_active([better_owner] if better_owner else [], field="better_owner")
    with transaction.atomic():
        locked = begin("return", task=task, by=by)
        passed: dict[str, Json] = {}
        if locked.form in OWNED or better_owner is not None:
            passed = pass_on(locked, to=better_owner, by=by, field="better_owner")
            locked.better_owner = better_owner
            passed["better_owner"] = str(better_owner.id) if better_owner else None
        locked.reason = said
        locked.handler = None
        save(
            locked,
            "state",
            "reason",
            "handler",
            "better_owner",
            "bounces",
            "came_from",
            at=at,
        )
        note = say(locked, "return", said, by=by, at=at)
        record(
            TASK_RETURNED,
            task=locked,
            by=by,
            at=at,
            outcome="returned",
            data={**note, **passed},
        )
    return locked
