"""The permission matrix, every row as allowed and as refused: word × role × relation, for a
session and for a token."""

from dataclasses import dataclass

import pytest

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ROLES, Role, Word, words
from tongzhou.kernel.errors import NotAllowed, NotFound

ROWS = [(word, role) for word in words().values() for role in Role]
NAMES = [f"{word.name}-{role.value}" for word, role in ROWS]
EVERY_RELATION = frozenset(
    {relation for word in words().values() for relation in word.relations} | {"known"}
)


@dataclass(frozen=True)
class Thing:
    """An object to which every post stands in the same relations."""

    relations: frozenset[str]

    def relations_of(self, post: Post) -> frozenset[str]:
        """The relations."""
        return self.relations


def post_of(role: Role, *, scopes: frozenset[str] | None = None) -> Post:
    """A post with the role; with ``scopes`` as a token gives it."""
    post = Post(role=role)
    post.scopes = scopes
    return post


@pytest.mark.parametrize(("word", "role"), ROWS, ids=NAMES)
def test_each_row_is_allowed_just_to_its_roles_and_relations(word: Word, role: Role) -> None:
    for relation in sorted(EVERY_RELATION):
        thing = Thing(frozenset({relation}))
        expected = word in ROLES[role] and (not word.relations or relation in word.relations)

        assert permissions.allowed(by=post_of(role), word=word, on=thing) is expected, relation


@pytest.mark.parametrize(("word", "role"), ROWS, ids=NAMES)
def test_each_row_is_not_found_by_who_has_nothing_to_do_with_it(word: Word, role: Role) -> None:
    with pytest.raises(NotFound):
        permissions.require(by=post_of(role), word=word, on=Thing(frozenset()))


@pytest.mark.parametrize(("word", "role"), ROWS, ids=NAMES)
def test_a_token_never_allows_more_than_the_role_and_its_scopes(word: Word, role: Role) -> None:
    thing = Thing(EVERY_RELATION)
    other = frozenset(words()) - {word.name}

    assert permissions.allowed(
        by=post_of(role, scopes=frozenset({word.name})), word=word, on=thing
    ) is (word in ROLES[role])
    with pytest.raises(NotAllowed) as refused:
        permissions.require(by=post_of(role, scopes=other), word=word, on=thing)
    assert refused.value.params["permission"] == word.label


def test_every_word_is_held_by_some_role() -> None:
    held = {word for role_words in ROLES.values() for word in role_words}

    assert set(words().values()) == held


def test_every_role_has_words() -> None:
    assert set(ROLES) == set(Role)
    assert all(ROLES.values())


def test_every_word_says_in_both_languages_what_it_allows() -> None:
    assert all(word.en and word.zh for word in words().values())
