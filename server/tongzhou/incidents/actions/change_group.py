from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import GROUP_FORM, Word
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import authority, begin, record
from tongzhou.incidents.actions.form_group import seats
from tongzhou.incidents.acts import GROUP_CHANGED
from tongzhou.incidents.models import Incident, WorkingGroup
from tongzhou.kernel.errors import Conflict


class GroupDissolved(Conflict):
    """The group does not exist any more."""

    code = "group-dissolved"
    message = _("“%(group)s” has been dissolved.")


def begin_with_group(group: WorkingGroup, *, by: Post, word: Word) -> tuple[Incident, WorkingGroup]:
    """Locks incident and group and checks that both go on. Raises NotFound, NotAllowed,
    IncidentClosed, GroupDissolved."""
    incident = begin(group.incident_id, by=by, word=word)
    locked = WorkingGroup.objects.select_for_update(of=("self",)).get(id=group.id)
    if locked.dissolved_at is not None:
        raise GroupDissolved(group=locked.name)
    return incident, locked


def change_group(
    *, group: WorkingGroup, chair: Unit, members: Sequence[Unit], by: Post, at: datetime
) -> WorkingGroup:
    """Gives the group a chair and members. Who leaves keeps the sight of the incident, not
    the rights of a member. Raises NotFound, NotAllowed, IncidentClosed, GroupDissolved,
    MemberInactive."""
    with transaction.atomic():
        incident, locked = begin_with_group(group, by=by, word=GROUP_FORM)
        units = seats(chair, members)
        before = set(locked.members.values_list("id", flat=True))
        after = {unit.id for unit in units}
        locked.chair = chair
        locked.save(update_fields=["chair"])
        locked.members.set(units)
        access.grant(incident.id, after, access.MEMBER)
        access.settle_members(incident.id)
        record(
            GROUP_CHANGED,
            incident=incident,
            by=by,
            at=at,
            about=("group", locked.id),
            with_units=after,
            basis=authority(by, units),
            data={
                "chair": str(chair.id),
                "joined": [*sorted(str(unit) for unit in after - before)],
                "left": [*sorted(str(unit) for unit in before - after)],
            },
        )
    return locked
