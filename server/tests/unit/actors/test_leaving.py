"""Ending a post, closing an account."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tongzhou.actors import holdings
from tongzhou.actors.actions.deactivate_person import (
    PersonInactiveAlready,
    PostsElsewhere,
    YourOwnAccount,
    deactivate_person,
)
from tongzhou.actors.actions.end_post import PostEndedAlready, end_post
from tongzhou.actors.actions.issue_token import issue_token
from tongzhou.actors.holdings import Holding
from tongzhou.actors.models import ApiToken, Person, Post
from tongzhou.actors.session import posts_of
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


class Desk:
    """A room in which every post has one thing in hand."""

    def __init__(self) -> None:
        self.released: list[Post] = []

    def held_by(self, posts: Sequence[Post]) -> list[Holding]:
        return [Holding("thing", new_id(), "X-1", "Something", "/x", p.id) for p in posts]

    def release(self, posts: Sequence[Post], *, by: Post, at: datetime) -> None:
        self.released += posts


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(holdings, "_PROVIDERS", [])
    made = Desk()
    holdings.register(made)
    return made


def test_a_post_ends_with_its_tokens_and_what_it_held(cast: Cast, desk: Desk) -> None:
    issue_token(label="t", scopes=[], expires_at=AT + timedelta(days=1), by=cast.mei, at=AT)

    end_post(post=cast.mei, by=cast.lou, at=AT)

    assert posts_of(cast.mei.person, at=AT) == []
    assert ApiToken.objects.get().revoked_at == AT
    assert desk.released == [cast.mei]
    assert ledger.about("post", cast.mei.id)[-1].act.type == "post.ended.v1"


def test_a_post_ends_once(cast: Cast) -> None:
    end_post(post=cast.mei, by=cast.lou, at=AT)

    with pytest.raises(PostEndedAlready):
        end_post(post=cast.mei, by=cast.lou, at=AT)


@pytest.mark.parametrize("name", ["he", "ou", "xia", "ren", "ji"])
def test_others_may_not_end_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        end_post(post=cast.mei, by=cast.posts[name], at=AT)


def test_a_post_stays_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        end_post(post=cast.mei, by=cast.lou, at=AT)

    assert Post.objects.get(id=cast.mei.id).ends_at is None


def test_an_account_is_closed_with_all_posts_and_names_what_falls_to_the_units(
    cast: Cast, desk: Desk
) -> None:
    done = deactivate_person(person=cast.ye.person, by=cast.shen, at=AT)

    assert not Person.objects.get(username="ye").is_active
    assert not Post.objects.filter(person=cast.ye.person, ends_at=None).exists()
    assert {h.post for h in done.holdings} == {cast.ye.id, cast.second_post.id}
    assert {p.id for p in desk.released} == {cast.ye.id, cast.second_post.id}
    act = ledger.about("person", cast.ye.person_id)[0].act
    assert (act.type, act.data["holdings"]) == ("person.deactivated.v1", 2)


def test_nobody_closes_their_own_account(cast: Cast) -> None:
    with pytest.raises(YourOwnAccount):
        deactivate_person(person=cast.an.person, by=cast.an, at=AT)


def test_an_account_is_closed_once(cast: Cast) -> None:
    deactivate_person(person=cast.ji.person, by=cast.an, at=AT)

    with pytest.raises((PersonInactiveAlready, NotFound)):
        deactivate_person(person=cast.ji.person, by=cast.an, at=AT)


def test_a_person_of_another_line_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        deactivate_person(person=cast.ji.person, by=cast.he, at=AT)


def test_posts_elsewhere_stand_in_the_way(cast: Cast) -> None:
    he_holds = cast.he.unit
    Post.objects.create(person=cast.ji.person, unit=he_holds, role="resident", starts_at=AT)

    with pytest.raises(PostsElsewhere):
        deactivate_person(person=cast.ji.person, by=cast.lou, at=AT)


def test_the_account_stays_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        deactivate_person(person=cast.ji.person, by=cast.an, at=AT)

    assert Person.objects.get(username="ji").is_active
    assert Post.objects.get(id=cast.ji.id).ends_at is None
