from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ACCOUNTABILITY_OPEN
from tongzhou.incidents.models import Incident, Signal
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.oversight.access import Supervised
from tongzhou.oversight.actions.change import (
    next_number,
    require_deadline,
    require_incident,
    text_given,
)
from tongzhou.oversight.actions.entry_acts import record, require_unprotected
from tongzhou.oversight.acts import ENTRY_PROPOSED
from tongzhou.oversight.models import AccountabilityEntry, Ground
from tongzhou.oversight.queries.citing import Cited, as_json

#: The least time that somebody has to reply.
TO_REPLY: Final = timedelta(days=3)


class UnknownGround(Invalid):
    """A ground that is not among the known ones."""

    code = "unknown-ground"
    message = _("Unknown ground “%(ground)s”.")


class EvidenceMissing(Invalid):
    """An entry that rests on nothing."""

    code = "evidence-missing"
    message = _("An entry needs evidence: a finding, a task, an act or a signal.")


class AboutOneself(Invalid):
    """Somebody would judge themselves."""

    code = "accountability-about-oneself"
    message = _("Nobody opens an entry about themselves.")


class ReplyTimeTooShort(Invalid):
    """Less time than a fair reply takes."""

    code = "reply-time-too-short"
    message = _("The person must have at least %(days)d days to reply.")


def open_accountability(
    *,
    post: Post,
    ground: str,
    what: str,
    due_at: datetime,
    by: Post,
    at: datetime,
    cites: Sequence[Cited] = (),
    signal: Signal | None = None,
    incident: Incident | None = None,
    id: UUID | None = None,
) -> AccountabilityEntry:
    """Proposes an entry about a post; ``due_at`` is by when the person replies. It takes
    effect when a second supervisor agrees (``second_accountability``).

    What somebody reported in good faith, and a mistake that a unit reported itself, is no
    ground, except concealment. Raises NotFound, NotAllowed, AboutOneself, UnknownGround,
    TextMissing, TextTooLong, EvidenceMissing, ProtectedReport, ProtectedMistake,
    DeadlinePassed, DeadlineTooFar, ReplyTimeTooShort.
    """
    with transaction.atomic():
        permissions.require(by=by, word=ACCOUNTABILITY_OPEN, on=Supervised(post.unit))
        require_incident(incident, by=by)
        if signal is not None and not signal.relations_of(by):
            raise NotFound(field="signal")
        if post.person_id == by.person_id:
            raise AboutOneself(field="post")
        if ground not in Ground.values:
            raise UnknownGround(field="ground", ground=ground)
        what = text_given(what, field="what")
        if not cites and signal is None:
            raise EvidenceMissing(field="cites")
        require_unprotected(ground=ground, signal=signal, cites=cites)
        require_deadline(due_at, at=at)
        if due_at < at + TO_REPLY:
            raise ReplyTimeTooShort(field="due_at", days=TO_REPLY.days)
        entry = AccountabilityEntry(
            id=id or new_id(),
            number=next_number("entry_number"),
            post=post,
            unit=post.unit,
            ground=ground,
            what=what,
            cites=as_json(cites),
            signal=signal,
            incident=incident,
            supervisor=by.unit,
            opened_by=by,
            opened_at=at,
            due_at=due_at,
        )
        entry.save(force_insert=True)
        record(ENTRY_PROPOSED, entry=entry, by=by, at=at)
    return entry
