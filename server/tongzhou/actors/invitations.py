"""Finding an invitation by its link, and saying why it cannot be used."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.keys import digest
from tongzhou.actors.models import Invitation
from tongzhou.kernel.errors import Refusal


class InvitationUnknown(Refusal):
    """No invitation has this link."""

    code = "invitation-unknown"
    status = 404
    message = _("There is no such invitation. Check that the link is complete.")


class InvitationExpired(Refusal):
    """The time is over."""

    code = "invitation-expired"
    status = 410
    message = _("This invitation has expired. Ask for a new one.")


class InvitationUsed(Refusal):
    """Somebody took it up."""

    code = "invitation-used"
    status = 410
    message = _("This invitation was used already. If it was you, sign in.")


class InvitationWithdrawn(Refusal):
    """Taken back, or the one who gave it has left."""

    code = "invitation-withdrawn"
    status = 410
    message = _("This invitation was withdrawn. Ask for a new one.")


def require_open(token: str, *, at: datetime, lock: bool = False) -> Invitation:
    """The invitation behind a link that can be taken up at ``at``. Raises InvitationUnknown,
    InvitationUsed, InvitationWithdrawn, InvitationExpired."""
    found = Invitation.objects.select_related(
        "unit__area", "invited_by__unit__area", "invited_by__person"
    ).filter(token_hash=digest(token))
    invitation = (found.select_for_update(of=("self",)) if lock else found).first()
    if invitation is None:
        raise InvitationUnknown()
    if invitation.accepted_at is not None:
        raise InvitationUsed()
    giver = invitation.invited_by
    if invitation.withdrawn_at is not None or (giver is not None and not giver.in_force(at)):
        raise InvitationWithdrawn()
    if invitation.expires_at <= at:
        raise InvitationExpired()
    return invitation
