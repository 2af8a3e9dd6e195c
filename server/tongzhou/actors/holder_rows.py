"""Finding the post that sends a request, in one statement that is written once.

This runs with every request. The ORM would build the same SQL again each time, which costs
more than the database takes to answer, and would fetch the shapes of the area with it.
"""

from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Model

from tongzhou.actors.models import ApiToken, Person, Post, Unit
from tongzhou.places.models import Area

#: Large or secret columns that nobody needs in order to ask for permission. They are read
#: when somebody asks for them after all.
_LEFT_OUT: Final[Mapping[type[Model], Set[str]]] = {
    Area: {"profile", "boundary", "search", "source"},
    Person: {"password"},
}


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    left_out = _LEFT_OUT.get(model, frozenset())
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in left_out)


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{name}"' for name in _names(model))


_MODELS: Final[tuple[type[Model], ...]] = (Post, Person, Unit, Area)
_HOLDER: Final = ", ".join(
    _columns(model, alias) for model, alias in zip(_MODELS, "phua", strict=True)
)
_JOINS: Final = (
    "JOIN actors_person h ON h.id = p.person_id JOIN actors_unit u ON u.id = p.unit_id "
    "JOIN places_area a ON a.id = u.area_id"
)
_BY_PERSON: Final = (
    f"SELECT {_HOLDER} FROM actors_post p {_JOINS} "  # noqa: S608 – names of columns only
    "WHERE p.person_id = %s ORDER BY u.code, p.role"
)
_BY_TOKEN: Final = (
    f"SELECT {_columns(ApiToken, 't')}, {_HOLDER} FROM actors_apitoken t "  # noqa: S608
    f"JOIN actors_post p ON p.id = t.post_id {_JOINS} WHERE t.token_hash = %s"
)


def posts_of_person(person: UUID) -> list[Post]:
    """All posts that the person ever held, by unit; with person, unit and area."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_PERSON, [person])
        return [_post(row) for row in cursor.fetchall()]


def token_with_post(token_hash: bytes) -> ApiToken | None:
    """The token with this digest, with its post, person, unit and area."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_TOKEN, [token_hash])
        row = cursor.fetchone()
    if row is None:
        return None
    width = len(_names(ApiToken))
    token = ApiToken.from_db("default", _names(ApiToken), row[:width])
    token.post = _post(row[width:])
    return token


def _post(row: Sequence[Any]) -> Post:
    made: list[Any] = []
    start = 0
    for model in _MODELS:
        names = _names(model)
        made.append(model.from_db("default", names, row[start : start + len(names)]))
        start += len(names)
    post, person, unit, area = made
    post.person, post.unit, unit.area = person, unit, area
    found: Post = post
    return found
