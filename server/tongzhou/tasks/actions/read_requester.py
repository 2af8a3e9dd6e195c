from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import TICKET_CONTACT
from tongzhou.kernel.errors import Conflict
from tongzhou.tasks.actions.transition import lock, record
from tongzhou.tasks.acts import TICKET_CONTACT_READ
from tongzhou.tasks.models import Requester, Task


class NoRequester(Conflict):
    """Whoever asked left no way to be reached."""

    code = "no-requester"
    message = _("Whoever asked left no way to be reached.")


def read_requester(*, task: Task, by: Post, at: datetime) -> Requester:
    """How to reach whoever asked, for the units that handle the ticket; reading it is an act
    that they all see. Raises NotFound, NotAllowed, NoRequester."""
    with transaction.atomic():
        locked = lock([task.id])[task.id]
        permissions.require(by=by, word=TICKET_CONTACT, on=locked)
        found = Requester.objects.filter(ticket_id=locked.id).first()
        if found is None:
            raise NoRequester()
        record(TICKET_CONTACT_READ, task=locked, by=by, at=at, with_units=())
    return found
