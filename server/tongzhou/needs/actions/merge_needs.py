from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_MERGE
from tongzhou.kernel.errors import Conflict
from tongzhou.needs import access
from tongzhou.needs.actions.ask_for import written
from tongzhou.needs.actions.change import begin, record
from tongzhou.needs.actions.withdraw_need import StillPromised
from tongzhou.needs.acts import NEED_CHANGED, NEED_MERGED
from tongzhou.needs.choices import RevisionEvent
from tongzhou.needs.models import Commitment, Need, NeedLine, Revision


class NotARepeat(Conflict):
    """Needs of two units, of two worlds, or one and the same."""

    code = "not-a-repeat"
    message = _("Only another open need of the same unit can be merged into it.")


def merge_needs(*, need: Need, into: Need, by: Post, at: datetime) -> Need:
    """``need`` says again what ``into`` says: of a thing that stands in both the larger amount
    counts, the others move over. Nothing may be promised to ``need`` yet. Returns ``into``.
    Raises NotFound, NotAllowed, NeedNotOpen, NotARepeat, StillPromised."""
    with transaction.atomic():
        # Always in one order, so that two who merge at once do not wait for each other.
        locked = {
            one.id: begin(one, by=by, word=NEED_MERGE)
            for one in sorted((need, into), key=lambda one: one.id)
        }
        need, into = locked[need.id], locked[into.id]
        same = need.unit_id == into.unit_id and need.exercise == into.exercise
        if need.id == into.id or not same:
            raise NotARepeat(field="into")
        if Commitment.objects.filter(line__need=need, withdrawn_at=None).exists():
            raise StillPromised(reference=need.reference)
        changed = _together(need, into, by=by, at=at)
        need.withdrawn_at, need.merged_into, need.doubted_at = at, into, None
        need.save(update_fields=["withdrawn_at", "merged_into", "doubted_at"])
        into.needed_by = min(filter(None, (need.needed_by, into.needed_by)), default=None)
        into.priority = min(need.priority, into.priority)
        into.reason = into.reason or need.reason
        into.confirmed_at = max(need.confirmed_at, into.confirmed_at)
        into.save(update_fields=["needed_by", "priority", "reason", "confirmed_at"])
        access.settle(need.id, into.id)
        record(NEED_MERGED, need=need, by=by, at=at, data={"into": str(into.id)})
        record(NEED_CHANGED, need=into, by=by, at=at, due_at=into.needed_by,
               data={"lines": written(changed), "merged": str(need.id)})  # fmt: skip
    return into


def _together(need: Need, into: Need, *, by: Post, at: datetime) -> list[NeedLine]:
    held = {
        line.item_id: line
        for line in into.lines.select_for_update(of=("self",)).filter(withdrawn_at=None)
    }
    place = max((line.place for line in into.lines.all()), default=0)
    changed: list[NeedLine] = []
    for line in need.lines.filter(withdrawn_at=None).order_by("place"):
        same = held.get(line.item_id)
        before = same.asked if same is not None else None
        if same is None:
            place += 1
            same = NeedLine(
                need=into, place=place, item_id=line.item_id, asked=line.asked,
                minimum=line.minimum, maximum=line.maximum, typed=line.typed, note=line.note,
                unit_id=into.unit_id, holder_id=into.holder_id, area_path=into.area.path,
                incident_id=into.incident_id, exercise=into.exercise, priority=into.priority,
                needed_by=into.needed_by, stated_at=into.stated_at,
            )  # fmt: skip
            same.save(force_insert=True)
        elif line.asked is not None and (same.asked is None or line.asked > same.asked):
            same.asked, same.typed = line.asked, line.typed
            if same.maximum is not None:
                same.maximum = max(same.maximum, line.asked)
            same.save(update_fields=["asked", "typed", "maximum"])
        else:
            continue
        changed.append(same)
        event = RevisionEvent.LISTED if before is None else RevisionEvent.CHANGED
        Revision.objects.create(
            line=same, at=at, event=event, before=before, after=same.asked, post=by
        )
    return changed
