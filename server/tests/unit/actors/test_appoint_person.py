from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.actors.actions.appoint_person import (
    PersonInactive,
    PersonNameMissing,
    PostHeldAlready,
    RoleBeyondYours,
    UnitClosed,
    UnknownRole,
    appoint_person,
)
from tongzhou.actors.actions.deactivate_person import deactivate_person
from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.models import Person, Post
from tongzhou.actors.usernames import UsernameMalformed, UsernameTaken
from tongzhou.actors.vocabulary import Role
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def appoint(cast: Cast, **changes: Any) -> Post:
    given: dict[str, Any] = {
        "username": "lu",
        "name_zh": "陆渊",
        "name_en": "Lu Yuan",
        "password": "a long enough one",
        "unit": cast.units["hz-health"],
        "role": "department_liaison",
        "by": cast.lou,
        "at": AT,
    }
    return appoint_person(**(given | changes))


def test_a_new_person_takes_up_a_post(cast: Cast) -> None:
    post = appoint(cast)

    assert post.person.check_password("a long enough one")
    assert (post.unit.code, post.role, post.starts_at) == ("hz-health", "department_liaison", AT)
    (line,) = ledger.about("post", post.id)
    assert line.act.type == "post.taken_up.v1"
    assert line.act.data["given_by"] == str(cast.lou.id)


def test_the_ledger_holds_no_name(cast: Cast) -> None:
    post = appoint(cast)

    written = str(ledger.about("post", post.id)[0].act.data)
    assert "陆" not in written
    assert "lu" not in written.split()


def test_somebody_takes_up_a_second_post(cast: Cast) -> None:
    post = appoint(cast, person=cast.xia.person, unit=cast.units["hz-command"])

    assert post.person_id == cast.xia.person_id
    assert Person.objects.filter(username="lu").count() == 0


def test_without_a_password_nobody_signs_in(cast: Cast) -> None:
    post = appoint(cast, password=None)

    assert not post.person.has_usable_password()


@pytest.mark.parametrize("name", ["he", "ou", "xia", "ren", "gu"])
def test_it_refuses_other_organisations_and_roles(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        appoint(cast, by=cast.posts[name])


def test_nobody_hands_out_more_than_they_hold(cast: Cast) -> None:
    community = cast.units["baoshi-community"]

    with pytest.raises(RoleBeyondYours):
        appoint(cast, unit=community, role="commander", by=cast.mei)
    assert appoint(cast, unit=community, role="grid_worker", by=cast.mei).role == "grid_worker"


@pytest.mark.parametrize("role", Role.values)
def test_an_administrator_gives_every_role(cast: Cast, role: str) -> None:
    assert appoint(cast, role=role, by=cast.an).role == role


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"role": "king"}, UnknownRole),
        ({"username": "l"}, UsernameMalformed),
        ({"username": "lu yuan"}, UsernameMalformed),
        ({"username": "a" * 81}, UsernameMalformed),
        ({"username": "tang"}, UsernameTaken),
        ({"username": "TANG"}, UsernameTaken),
        ({"name_zh": "", "name_en": " "}, PersonNameMissing),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    people = Person.objects.count()

    with pytest.raises(error):
        appoint(cast, **changes)

    assert Person.objects.count() == people


def test_a_post_is_held_once_and_again_after_its_end(cast: Cast) -> None:
    first = appoint(cast)

    with pytest.raises(PostHeldAlready):
        appoint(cast, person=first.person)

    end_post(post=first, by=cast.lou, at=AT)
    assert appoint(cast, person=first.person).id != first.id


def test_it_refuses_a_closed_unit_and_a_closed_account(cast: Cast) -> None:
    edit_unit(unit=cast.units["zj-cdc"], active=False, by=cast.an, at=AT)
    deactivate_person(person=cast.bai.person, by=cast.an, at=AT)

    with pytest.raises(UnitClosed):
        appoint(cast, unit=cast.units["zj-cdc"].__class__.objects.get(code="zj-cdc"), by=cast.an)
    with pytest.raises(PersonInactive):
        appoint(cast, person=Person.objects.get(username="bai"), by=cast.an)


def test_it_leaves_nothing_behind_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        appoint(cast)

    assert not Person.objects.filter(username="lu").exists()
    assert Post.objects.filter(unit=cast.units["hz-health"]).count() == 1
