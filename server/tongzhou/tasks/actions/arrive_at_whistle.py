from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.report_signal import LONGEST_LINE
from tongzhou.kernel.errors import Invalid, TextMissing
from tongzhou.tasks.actions.comment_task import TextTooLong
from tongzhou.tasks.actions.transition import begin, record, save, say
from tongzhou.tasks.acts import WHISTLE_ARRIVED
from tongzhou.tasks.models import Call, Task


class PlaceMissing(Invalid):
    """An arrival without a place."""

    code = "place-missing"
    message = _("Say where you arrived.")


def arrive_at_whistle(*, task: Task, place: str, who: str, by: Post, at: datetime) -> Task:
    """A department that was called has arrived: ``place`` and ``who`` came stand beside the
    ledger. From here on it works on the matter under the command of the unit that called.
    Raises NotFound, NotAllowed, WrongForm, WrongState, PlaceMissing, TextMissing (who),
    TextTooLong."""
    if not place.strip():
        raise PlaceMissing(field="place")
    if not who.strip():
        raise TextMissing(field="who")
    for field, value in (("place", place), ("who", who)):
        if len(value.strip()) > LONGEST_LINE:
            raise TextTooLong(field=field, limit=LONGEST_LINE)
    with transaction.atomic():
        locked = begin("arrive", task=task, by=by)
        call = Call.objects.get(task_id=locked.id)
        call.arrived_at, call.arrived_place = at, place.strip()
        call.save(update_fields=["arrived_at", "arrived_place"])
        locked.accepted_at = locked.accepted_at or at
        locked.seen_at = locked.seen_at or at
        save(locked, "state", "accepted_at", "seen_at", at=at)
        note = say(locked, "arrive", f"{place.strip()} · {who.strip()}", by=by, at=at)
        record(
            WHISTLE_ARRIVED,
            task=locked,
            by=by,
            at=at,
            due_at=call.arrive_by,
            outcome="late" if at > call.arrive_by else "in_time",
            data=note,
        )
    return locked
