from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tongzhou.actors.actions.accept_invitation import accept_invitation
from tongzhou.actors.actions.appoint_person import PostHeldAlready, RoleBeyondYours
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.actions.invite_person import TermImpossible, invite_person
from tongzhou.actors.actions.withdraw_invitation import withdraw_invitation
from tongzhou.actors.invitations import (
    InvitationExpired,
    InvitationUnknown,
    InvitationUsed,
    InvitationWithdrawn,
)
from tongzhou.actors.models import Invitation, Person, Post
from tongzhou.actors.passwords import PasswordWeak
from tongzhou.actors.usernames import UsernameTaken
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def invite(cast: Cast, **changes: Any) -> tuple[Invitation, str]:
    given: dict[str, Any] = {
        "unit": cast.units["baoshi-community"],
        "role": "grid_worker",
        "by": cast.mei,
        "at": AT,
    }
    return invite_person(**(given | changes))


def accept(token: str, **changes: Any) -> Post:
    given: dict[str, Any] = {
        "username": "neu",
        "name_zh": "新来",
        "password": "kettle orange bridge",
        "at": AT + timedelta(days=1),
    }
    return accept_invitation(token=token, **(given | changes))


def test_a_link_leads_to_a_post(cast: Cast) -> None:
    invitation, token = invite(cast, label="for the new one")

    post = accept(token)

    assert (post.unit.code, post.role) == ("baoshi-community", "grid_worker")
    assert post.person.check_password("kettle orange bridge")
    invitation.refresh_from_db()
    assert invitation.accepted_by == post
    assert ledger.about("invitation", invitation.id)[0].act.type == "person.invited.v1"


def test_the_link_is_not_kept(cast: Cast) -> None:
    invitation, token = invite(cast)

    stored = Invitation.objects.values().get(id=invitation.id)
    assert token.encode() not in bytes(stored["token_hash"])
    assert token not in str(ledger.about("invitation", invitation.id)[0].act.data)


def test_somebody_with_an_account_takes_up_the_post_beside_their_own(cast: Cast) -> None:
    _invitation, token = invite(cast)

    post = accept_invitation(token=token, person=cast.chu.person, at=AT)

    assert post.person_id == cast.chu.person_id


def test_a_link_works_once(cast: Cast) -> None:
    _invitation, token = invite(cast)
    accept(token)

    with pytest.raises(InvitationUsed):
        accept(token, username="another")


def test_a_link_expires(cast: Cast) -> None:
    _invitation, token = invite(cast, days=1)

    with pytest.raises(InvitationExpired):
        accept(token, at=AT + timedelta(days=1))


def test_a_withdrawn_link_is_void(cast: Cast) -> None:
    invitation, token = invite(cast)
    withdraw_invitation(invitation=invitation, by=cast.mei, at=AT)

    with pytest.raises(InvitationWithdrawn):
        accept(token)
    with pytest.raises(InvitationWithdrawn):
        withdraw_invitation(invitation=invitation, by=cast.mei, at=AT)


def test_a_link_of_somebody_who_left_is_void(cast: Cast) -> None:
    _invitation, token = invite(cast)
    end_post(post=cast.mei, by=cast.lou, at=AT)

    with pytest.raises(InvitationWithdrawn):
        accept(token)


def test_a_guessed_link_leads_nowhere(cast: Cast) -> None:
    with pytest.raises(InvitationUnknown):
        accept("guessed")


def test_a_used_link_cannot_be_withdrawn(cast: Cast) -> None:
    invitation, token = invite(cast)
    accept(token)

    with pytest.raises(InvitationUsed):
        withdraw_invitation(invitation=invitation, by=cast.mei, at=AT)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"username": "MEI"}, UsernameTaken),
        ({"password": "short"}, PasswordWeak),
        ({"password": "password123456", "username": "password123456"}, PasswordWeak),
    ],
)
def test_a_refused_acceptance_leaves_the_link_open(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    _invitation, token = invite(cast)

    with pytest.raises(error):
        accept(token, **changes)

    assert accept(token).unit.code == "baoshi-community"


def test_the_same_post_is_not_taken_up_twice(cast: Cast) -> None:
    _invitation, token = invite(cast)

    with pytest.raises(PostHeldAlready):
        accept_invitation(token=token, person=cast.ji.person, at=AT)


@pytest.mark.parametrize("name", ["ji", "ren", "he", "ou", "tang"])
def test_it_refuses_other_organisations_and_roles(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        invite(cast, by=cast.posts[name])


def test_nobody_invites_to_a_role_beyond_their_own(cast: Cast) -> None:
    with pytest.raises(RoleBeyondYours):
        invite(cast, role="administrator")


def test_others_cannot_withdraw_it(cast: Cast) -> None:
    invitation, _token = invite(cast)

    with pytest.raises(NotAllowed):
        withdraw_invitation(invitation=invitation, by=cast.he, at=AT)


@pytest.mark.parametrize("days", [0, 31, -1])
def test_a_term_has_bounds(cast: Cast, days: int) -> None:
    with pytest.raises(TermImpossible):
        invite(cast, days=days)


def test_nothing_stays_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        invite(cast)
    assert Invitation.objects.count() == 0

    invitation, token = invite(cast)
    with broken_ledger():
        accept(token)
    assert not Person.objects.filter(username="neu").exists()
    with broken_ledger():
        withdraw_invitation(invitation=invitation, by=cast.mei, at=AT)

    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.withdrawn_at) == (None, None)
