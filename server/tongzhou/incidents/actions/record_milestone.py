from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MILESTONE_RECORD
from tongzhou.incidents.actions.change import begin, record
from tongzhou.incidents.acts import (
    EVENT_DETECTED,
    EVENT_NOTIFIED,
    MILESTONE_RECORDED,
    RESPONSE_COMPLETED,
    RESPONSE_REOPENED,
)
from tongzhou.incidents.models import Incident, Milestone
from tongzhou.incidents.queries import timeliness
from tongzhou.incidents.queries.timeliness import DETECTED, EMERGED, EVENT, NOTIFIED
from tongzhou.kernel.errors import Conflict, Invalid, NothingChanged
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.timeliness import TimelinessBody


class NoTarget(Conflict):
    """There was no timeliness target on that day."""

    code = "timeliness-no-target"
    message = _("No timeliness target is in force on that day.")


class UnknownMilestone(Invalid):
    """A date that the target does not know."""

    code = "unknown-milestone"
    message = _("Unknown milestone “%(key)s”.")


class MilestoneInFuture(Invalid):
    """A date that lies ahead."""

    code = "milestone-in-future"
    message = _("This lies in the future. Record what has happened.")


class MilestoneNeedsDate(Invalid):
    """Emergence, detection and notification happen in every event."""

    code = "milestone-needs-date"
    message = _("This date applies to every event; only response actions can be left out.")


class MilestonesOutOfOrder(Invalid):
    """Notification before detection, or detection before emergence."""

    code = "milestones-out-of-order"
    message = _("Emergence, detection and notification follow each other: %(other)s does not fit.")


def record_milestone(
    *,
    incident: Incident,
    key: str,
    happened_at: datetime | None,
    by: Post,
    at: datetime,
    note: str = "",
    id: UUID | None = None,
) -> Milestone:
    """Records a date of the 7-1-7 target: "emerged", "detected", "notified" or the key of an
    early response action, which does not apply without ``happened_at``. Recorded again it
    corrects: both are kept, the last one counts.

    Raises NotFound, NotAllowed, IncidentClosed, NoTarget, UnknownMilestone,
    MilestoneInFuture, MilestoneNeedsDate, MilestonesOutOfOrder, NothingChanged.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=MILESTONE_RECORD)
        version = timeliness.target(on=timezone.localdate(at))
        if version is None:
            raise NoTarget()
        target = timeliness.body(version)
        actions = tuple(action.key for action in target.actions)
        dates = timeliness.current(locked)
        _fits(key, happened_at, dates, actions, at=at)
        before = dates.get(key)
        if before is not None and (before.happened_at, before.note) == (happened_at, note.strip()):
            raise NothingChanged(field="happened_at")
        was = timeliness.completion(dates, actions)
        if before is not None:
            before.current = False
            before.save(update_fields=["current"])
        made = Milestone(
            id=id or new_id(),
            incident=locked,
            key=key,
            happened_at=happened_at,
            note=note.strip(),
            recorded_by=by,
            at=at,
        )
        made.save(force_insert=True)
        dates[key] = made
        now = timeliness.completion(dates, actions)
        if key == DETECTED:
            what, due = EVENT_DETECTED, _limit(happened_at, target, DETECTED)
        elif key == NOTIFIED:
            what, due = EVENT_NOTIFIED, _limit(happened_at, target, NOTIFIED)
        elif now is not None and now != was:
            what, due = RESPONSE_COMPLETED, _respond_by(dates, target)
        elif was is not None and now is None:
            what, due = RESPONSE_REOPENED, _respond_by(dates, target)
        else:
            what, due = MILESTONE_RECORDED, None
        record(
            what,
            incident=locked,
            by=by,
            at=at,
            with_units=[locked.owner_id],
            # What is recorded in hindsight starts no clock: its limit has passed already.
            due_at=due if due is not None and due > at else None,
            outcome="corrected" if before is not None else "recorded",
            data={
                "milestone": key,
                "happened_at": happened_at.isoformat() if happened_at is not None else "",
                "before": before.happened_at.isoformat()
                if before is not None and before.happened_at is not None
                else "",
                "owner": str(locked.owner_id),
            },
        )
    return made


def _fits(
    key: str,
    happened_at: datetime | None,
    dates: dict[str, Milestone],
    actions: tuple[str, ...],
    *,
    at: datetime,
) -> None:
    if key not in EVENT and key not in actions:
        raise UnknownMilestone(field="key", key=key)
    if happened_at is None:
        if key in EVENT:
            raise MilestoneNeedsDate(field="happened_at")
        return
    if happened_at > at:
        raise MilestoneInFuture(field="happened_at")
    order = (EMERGED, DETECTED, NOTIFIED)
    if key not in order:
        return
    place = order.index(key)
    for other in order:
        known = dates[other].happened_at if other in dates else None
        if known is None or other == key:
            continue
        earlier = order.index(other) < place
        if (earlier and known > happened_at) or (not earlier and known < happened_at):
            raise MilestonesOutOfOrder(field="happened_at", other=EVENT[other])


def _limit(moment: datetime | None, target: TimelinessBody, key: str) -> datetime | None:
    if moment is None:
        return None
    return moment + (target.notify if key == DETECTED else target.respond)


def _respond_by(dates: dict[str, Milestone], target: TimelinessBody) -> datetime | None:
    notified = dates[NOTIFIED].happened_at if NOTIFIED in dates else None
    return notified + target.respond if notified is not None else None
