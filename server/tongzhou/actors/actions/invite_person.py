from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import keys, permissions
from tongzhou.actors.actions.appoint_person import UnitClosed, check_may_give, check_role
from tongzhou.actors.acts import PERSON_INVITED
from tongzhou.actors.models import Invitation, Post, Unit
from tongzhou.actors.vocabulary import PERSON_INVITE
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append

_MOST_DAYS = 30


class TermImpossible(Invalid):
    """A link that would be open for less than a day or more than a month."""

    code = "invitation-term"
    message = _("An invitation is open for 1 to %(most)s days.")


def invite_person(
    *, unit: Unit, role: str, by: Post, at: datetime, days: int = 7, label: str = ""
) -> tuple[Invitation, str]:
    """Makes a link by which somebody takes up a post in ``unit``. Returns the invitation
    and the secret part of the link, which is shown once and not kept. ``label`` says for
    whom it is meant.

    Raises NotAllowed, RoleBeyondYours, UnknownRole, UnitClosed, TermImpossible.
    """
    check_role(role)
    if not 1 <= days <= _MOST_DAYS:
        raise TermImpossible(field="days", most=_MOST_DAYS)
    key = keys.new_key()
    with transaction.atomic():
        permissions.require(by=by, word=PERSON_INVITE, on=unit)
        check_may_give(role, by=by)
        if not unit.active:
            raise UnitClosed(field="unit", unit=unit.name)
        invitation = Invitation.objects.create(
            token_hash=keys.digest(key),
            unit=unit,
            role=role,
            label=label.strip(),
            invited_by=by,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        append(
            PERSON_INVITED,
            at=at,
            about=("invitation", invitation.id),
            **by.signs(),
            with_units=[unit.id],
            area=unit.area.code,
            audience=[unit.id],
            data={"role": role, "unit": str(unit.id)},
        )
    return invitation, key
