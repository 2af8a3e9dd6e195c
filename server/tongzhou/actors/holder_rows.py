"""Finding the post that sends a request, in one statement that is written once.

This runs with every request. The ORM would build the same SQL again each time, which costs
more than the database takes to answer, and would fetch the shapes of the area with it.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
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
#: Whether the last switch of the unit's area, or of one around it, makes an emergency of it
#: (``places.modes`` says the same of any area).
_EMERGENCY: Final = """EXISTS (
    SELECT FROM places_area around CROSS JOIN LATERAL (
        SELECT m.mode, m.until FROM places_areamode m
        WHERE m.area_id = around.id AND m.at <= %(at)s ORDER BY m.at DESC, m.id DESC LIMIT 1
    ) last
    WHERE around.code = ANY(string_to_array(rtrim(a.path, '/'), '/'))
    AND last.mode = 'emergency' AND (last.until IS NULL OR last.until > %(at)s)
)"""
_BY_PERSON: Final = (
    f"SELECT {_EMERGENCY}, {_HOLDER} FROM actors_post p {_JOINS} "  # noqa: S608 – fixed parts
    "WHERE p.person_id = %(person)s ORDER BY u.code, p.role"
)
_BY_TOKEN: Final = (
    f"SELECT {_columns(ApiToken, 't')}, {_HOLDER} FROM actors_apitoken t "  # noqa: S608
    f"JOIN actors_post p ON p.id = t.post_id {_JOINS} WHERE t.token_hash = %s"
)


def posts_of_person(person: UUID, *, at: datetime) -> list[Post]:
    """All posts that the person ever held, by unit; with person, unit and area, and whether
    that is in an emergency at ``at``."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_PERSON, {"person": person, "at": at})
        rows = cursor.fetchall()
    posts = []
    for emergency, *row in rows:
        post = _post(row)
        post.emergency = emergency
        posts.append(post)
    return posts


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
