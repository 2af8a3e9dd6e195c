from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import GROUP_FORM
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import authority, begin, filled, record
from tongzhou.incidents.acts import GROUP_FORMED
from tongzhou.incidents.models import Incident, WorkingGroup
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id


class MemberInactive(Invalid):
    """A unit that is no longer active cannot join."""

    code = "member-inactive"
    message = _("%(unit)s is no longer active and cannot join.")


def seats(chair: Unit, members: Sequence[Unit]) -> list[Unit]:
    """Chair and members, each once, the chair first. Raises MemberInactive."""
    found = {unit.id: unit for unit in (chair, *members)}
    for unit in found.values():
        if not unit.active:
            raise MemberInactive(field="members", unit=unit.name)
    return list(found.values())


def form_group(
    *,
    incident: Incident,
    name_zh: str,
    chair: Unit,
    by: Post,
    at: datetime,
    name_en: str = "",
    members: Sequence[Unit] = (),
    purpose: str = "",
    id: UUID | None = None,
) -> WorkingGroup:
    """Forms a working group; its chair is a member too. Members see the incident and may
    decide in it. Raises NotFound, NotAllowed, IncidentClosed, TextMissing, MemberInactive."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=GROUP_FORM)
        units = seats(chair, members)
        group = WorkingGroup(
            id=id or new_id(),
            incident=locked,
            name_zh=filled(name_zh or name_en, field="name_zh", name=_("name")),
            name_en=name_en.strip(),
            chair=chair,
            purpose=purpose.strip(),
            formed_at=at,
        )
        group.save(force_insert=True)
        group.members.set(units)
        access.grant(locked.id, [unit.id for unit in units], access.MEMBER)
        record(
            GROUP_FORMED,
            incident=locked,
            by=by,
            at=at,
            about=("group", group.id),
            with_units=[unit.id for unit in units],
            basis=authority(by, units),
            data={"name_zh": group.name_zh, "name_en": group.name_en, "chair": str(chair.id)},
        )
    return group
