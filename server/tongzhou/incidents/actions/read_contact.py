from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SIGNAL_ASSESS
from tongzhou.incidents import access
from tongzhou.incidents.acts import SIGNAL_CONTACT_READ
from tongzhou.incidents.models import Signal, SignalContact
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append


class NoContact(Conflict):
    """The reporter left no way to be reached."""

    code = "no-contact"
    message = _("The reporter left no way to be reached.")


def read_contact(*, signal: Signal, by: Post, at: datetime) -> SignalContact:
    """How to reach the reporter; reading it is an act that others see. Raises NotFound,
    NotAllowed, NoContact."""
    with transaction.atomic():
        permissions.require(by=by, word=SIGNAL_ASSESS, on=signal)
        contact = SignalContact.objects.filter(signal=signal).first()
        if contact is None:
            raise NoContact()
        append(
            SIGNAL_CONTACT_READ,
            at=at,
            about=("signal", signal.id),
            **by.signs(),
            incident=signal.incident_id,
            area=signal.area.code,
            basis="law",
            audience=access.listeners(signal.area, at=at).all,
        )
    return contact
