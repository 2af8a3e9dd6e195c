import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import TICKET_GATEWAY
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.places.models import Area
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.models import Channel
from tongzhou.tasks.queries import tickets

_ASKED: Final = re.compile(r"\bTZ-?[2-9A-Z]{4}-?[2-9A-Z]{4}\b", re.IGNORECASE)
_SENDER: Final = re.compile(r"^\+?[0-9 ()-]{3,30}$")


class SmsEmpty(Invalid):
    """A message without a word."""

    code = "sms-empty"
    message = _("The message is empty.")


class SmsSenderInvalid(Invalid):
    """A sender that is no telephone number."""

    code = "sms-sender-invalid"
    message = _("“%(sender)s” is no telephone number.")


@dataclass(frozen=True)
class Reply:
    """What the gateway sends back, and the number of the ticket ("" where there is none)."""

    text: str
    ticket: str


def take_sms(*, sender: str, text: str, area: Area, by: Post, at: datetime) -> Reply:
    """A text message that a gateway hands in: with a number in it, it asks how far that ticket
    is; without, it becomes a ticket of the area. Raises NotAllowed, SmsEmpty, SmsSenderInvalid,
    and what ``register_ticket`` raises."""
    permissions.require(by=by, word=TICKET_GATEWAY)
    if not _SENDER.match(sender.strip()):
        raise SmsSenderInvalid(field="sender", sender=sender[:40])
    if not text.strip():
        raise SmsEmpty(field="text")
    asked = _ASKED.search(text)
    if asked is not None:
        return _state(asked[0])
    with transaction.atomic():
        ticket = register_ticket(
            text=text, area=area, channel=Channel.SMS, contact_phone=sender.strip(), at=at
        )
    said = gettext("Received. Your number: %(number)s. Answer by %(due)s.")
    due = timezone.localtime(ticket.task.due_at).strftime("%Y-%m-%d %H:%M")
    return Reply(said % {"number": ticket.number, "due": due}, ticket.number)


def _state(number: str) -> Reply:
    try:
        found = tickets.by_number(number)
    except NotFound:
        return Reply(gettext("There is no ticket with this number."), "")
    names = {"number": found.ticket.number, "unit": found.handled_by, "said": found.task.result}
    due = timezone.localtime(found.task.due_at).strftime("%Y-%m-%d %H:%M")
    if found.answered:
        said = gettext("%(number)s: %(said)s (%(unit)s)")
    elif found.stage == "received":
        said = gettext("%(number)s has been received by %(unit)s. Answer by %(due)s.")
    else:
        said = gettext("%(number)s is with %(unit)s. Answer by %(due)s.")
    return Reply(said % {**names, "due": due}, found.ticket.number)
