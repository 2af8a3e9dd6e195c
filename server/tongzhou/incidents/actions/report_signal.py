import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SIGNAL_REPORT
from tongzhou.incidents import access
from tongzhou.incidents.acts import SIGNAL_REPORTED
from tongzhou.incidents.models import Channel, Signal, SignalContact
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places.models import Area

LONGEST_TEXT: Final = 4000
LONGEST_LINE: Final = 200
#: Without 0 O 1 I L U: a number that is read out on the phone is written down right.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class SignalEmpty(Invalid):
    """A signal without a word of what was noticed."""

    code = "signal-empty"
    message = _("Please write what you noticed.")


class SignalTooLong(Invalid):
    """More text than a signal takes."""

    code = "signal-too-long"
    message = _("This is too long: at most %(limit)s characters.")


class UnknownChannel(Invalid):
    """A channel that is not among the known ones."""

    code = "unknown-channel"
    message = _("Unknown channel “%(channel)s”.")


class SignalInExercise(Conflict):
    """A signal calls real people to a real place."""

    code = "signal-in-exercise"
    message = _("A signal is real. Leave the exercise to report one.")


def new_ticket() -> str:
    """A ticket number that cannot be guessed (39 random bits) and can be read out."""
    letters = [secrets.choice(ALPHABET) for _place in range(8)]
    return f"TZ-{''.join(letters[:4])}-{''.join(letters[4:])}"


def report_signal(
    *,
    text: str,
    area: Area,
    at: datetime,
    by: Post | None = None,
    channel: str = Channel.WEB,
    place: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    id: UUID | None = None,
) -> Signal:
    """Takes in what somebody noticed, with an account (``by``) or without one, and gives it
    a ticket number. All authorities over the place with a post for signals are told at once
    (none can hold it back from the others), the nearest ones are asked to assess it.

    Text, place and area can never be changed; how to reach the reporter stands beside the
    signal and never in the ledger. Raises SignalEmpty, SignalTooLong, UnknownChannel,
    NotAllowed, SignalInExercise.
    """
    if not text.strip():
        raise SignalEmpty(field="text")
    for field, value, limit in (
        ("text", text, LONGEST_TEXT),
        ("place", place, LONGEST_LINE),
        ("contact_name", contact_name, LONGEST_LINE),
        ("contact_phone", contact_phone, LONGEST_LINE),
    ):
        if len(value.strip()) > limit:
            raise SignalTooLong(field=field, limit=limit)
    if channel not in Channel.values:
        raise UnknownChannel(field="channel", channel=channel)
    if by is not None:
        permissions.require(by=by, word=SIGNAL_REPORT)
        if by.exercise:
            raise SignalInExercise()
    with transaction.atomic():
        signal = Signal(
            id=id or new_id(),
            ticket=new_ticket(),
            text=text.strip(),
            area=area,
            place=place.strip(),
            channel=channel,
            reported_at=at,
            reporter=by,
        )
        signal.save(force_insert=True)
        if contact_name.strip() or contact_phone.strip():
            SignalContact.objects.create(
                signal=signal, name=contact_name.strip(), phone=contact_phone.strip()
            )
        told = access.listeners(area, at=at)
        append(
            SIGNAL_REPORTED,
            at=at,
            about=("signal", signal.id),
            **(by.signs() if by is not None else {}),
            with_units=told.nearest,
            area=area.code,
            basis="voluntary",
            audience=[*told.all, *([by.unit_id] if by is not None else [])],
            data={"channel": channel},
        )
    return signal
