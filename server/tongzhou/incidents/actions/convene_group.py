from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import GROUP_CONVENE
from tongzhou.incidents.actions.change import authority, filled, record
from tongzhou.incidents.actions.change_group import begin_with_group
from tongzhou.incidents.acts import GROUP_CONVENED
from tongzhou.incidents.models import WorkingGroup


def convene_group(*, group: WorkingGroup, topic: str, by: Post, at: datetime) -> WorkingGroup:
    """Tells that the group met, and on what. Raises NotFound, NotAllowed, IncidentClosed,
    GroupDissolved, TextMissing."""
    with transaction.atomic():
        incident, locked = begin_with_group(group, by=by, word=GROUP_CONVENE)
        topic = filled(topic, field="topic", name=_("topic"))
        members = list(locked.members.all())
        record(
            GROUP_CONVENED,
            incident=incident,
            by=by,
            at=at,
            about=("group", locked.id),
            with_units=[unit.id for unit in members],
            basis=authority(by, members),
            data={"topic": topic},
        )
    return locked
