from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import LETTER_SEND
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.oversight.access import Supervised
from tongzhou.oversight.actions.change import (
    basis_towards,
    require_active,
    require_deadline,
    require_incident,
    text_given,
)
from tongzhou.oversight.actions.letter_acts import record
from tongzhou.oversight.acts import LETTER_SENT
from tongzhou.oversight.models import Letter
from tongzhou.oversight.queries.citing import Cited, as_json


class LetterToOneself(Invalid):
    """A unit urges itself."""

    code = "letter-to-oneself"
    message = _("A supervision letter goes to another unit, not to your own.")


class RecipientMissing(Invalid):
    """A letter to nobody."""

    code = "letter-needs-recipient"
    message = _("A letter needs a recipient.")


def send_letter(
    *,
    recipient: Unit | None,
    subject: str,
    body: str,
    due_at: datetime,
    by: Post,
    at: datetime,
    cites: Sequence[Cited] = (),
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Letter:
    """Sends a numbered letter that asks for an answer in writing by ``due_at``. Raises
    NotFound, NotAllowed, RecipientMissing, LetterToOneself, TextMissing, TextTooLong,
    DeadlinePassed, DeadlineTooFar, UnitClosed."""
    if recipient is None:
        raise RecipientMissing(field="recipient")
    with transaction.atomic():
        if recipient.id == by.unit_id:
            raise LetterToOneself(field="recipient")
        permissions.require(by=by, word=LETTER_SEND, on=Supervised(recipient))
        require_incident(incident, by=by)
        require_active(recipient, field="recipient")
        require_deadline(due_at, at=at)
        # Letters of one unit stand in line, so that numbers have no gaps.
        sender = Unit.objects.select_for_update(no_key=True).get(id=by.unit_id)
        year = timezone.localtime(at).year
        last = Letter.objects.filter(sender=sender, year=year).aggregate(last=Max("serial"))
        letter = Letter(
            id=id or new_id(),
            sender=sender,
            recipient=recipient,
            year=year,
            serial=(last["last"] or 0) + 1,
            subject=text_given(subject, field="subject", limit=300),
            body=text_given(body, field="body"),
            cites=as_json(cites),
            incident=incident,
            post=by,
            sent_at=at,
            due_at=due_at,
        )
        letter.save(force_insert=True)
        record(
            LETTER_SENT,
            letter=letter,
            by=by,
            at=at,
            due_at=due_at,
            basis=basis_towards(recipient, by=by),
        )
    return letter
