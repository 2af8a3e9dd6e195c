from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import GROUP_FORM
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import reason_given, record
from tongzhou.incidents.actions.change_group import begin_with_group
from tongzhou.incidents.acts import GROUP_DISSOLVED
from tongzhou.incidents.models import WorkingGroup


def dissolve_group(*, group: WorkingGroup, reason: str, by: Post, at: datetime) -> WorkingGroup:
    """Ends a working group. Its members keep the sight of the incident, not the rights of a
    member. Raises NotFound, NotAllowed, IncidentClosed, GroupDissolved, ReasonMissing."""
    with transaction.atomic():
        incident, locked = begin_with_group(group, by=by, word=GROUP_FORM)
        reason = reason_given(reason)
        locked.dissolved_at = at
        locked.save(update_fields=["dissolved_at"])
        access.settle_members(incident.id)
        record(
            GROUP_DISSOLVED,
            incident=incident,
            by=by,
            at=at,
            about=("group", locked.id),
            with_units=locked.members.values_list("id", flat=True),
            basis="order",
            data={"reason": reason},
        )
    return locked
