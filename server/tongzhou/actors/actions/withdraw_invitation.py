from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.acts import INVITATION_WITHDRAWN
from tongzhou.actors.invitations import InvitationUsed, InvitationWithdrawn
from tongzhou.actors.models import Invitation, Post
from tongzhou.actors.vocabulary import PERSON_INVITE
from tongzhou.ledger.append import append


def withdraw_invitation(*, invitation: Invitation, by: Post, at: datetime) -> Invitation:
    """Takes a link back before it is used. Raises NotAllowed, InvitationUsed,
    InvitationWithdrawn."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(of=("self",))
        found = locked.select_related("unit__area").get(id=invitation.id)
        permissions.require(by=by, word=PERSON_INVITE, on=found.unit)
        if found.accepted_at is not None:
            raise InvitationUsed()
        if found.withdrawn_at is not None:
            raise InvitationWithdrawn()
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        append(
            INVITATION_WITHDRAWN,
            at=at,
            about=("invitation", found.id),
            **by.signs(),
            with_units=[found.unit_id],
            area=found.unit.area.code,
            audience=[found.unit_id],
            data={"role": found.role, "unit": str(found.unit_id)},
        )
    return found
