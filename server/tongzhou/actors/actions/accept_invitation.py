from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tongzhou.actors.actions.appoint_person import new_person, take_up
from tongzhou.actors.invitations import require_open
from tongzhou.actors.models import Person, Post
from tongzhou.actors.passwords import check_password_strength


def accept_invitation(
    *,
    token: str,
    at: datetime,
    person: Person | None = None,
    username: str = "",
    name_zh: str = "",
    name_en: str = "",
    password: str = "",
    language: str = "",
) -> Post:
    """Takes up the post of an invitation: as ``person``, who has an account, or with a new
    account. The link is used up.

    Raises InvitationUnknown, InvitationExpired, InvitationUsed, InvitationWithdrawn,
    UsernameMalformed, UsernameTaken, PersonNameMissing, PasswordWeak, PostHeldAlready,
    UnitClosed, PersonInactive.
    """
    with transaction.atomic():
        invitation = require_open(token, at=at, lock=True)
        if person is None:
            check_password_strength(password, username=username)
            person = new_person(
                username=username,
                name_zh=name_zh,
                name_en=name_en,
                encoded=make_password(password),
                language=language,
                at=at,
            )
        post = take_up(
            person=person,
            unit=invitation.unit,
            role=invitation.role,
            at=at,
            by=invitation.invited_by,
        )
        invitation.accepted_by = post
        invitation.accepted_at = at
        invitation.save(update_fields=["accepted_by", "accepted_at"])
    return post
