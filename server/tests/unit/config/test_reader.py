"""For whose unit a stream is opened."""

import asyncio
import time
from collections.abc import Callable
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tongzhou.actors.models import Post
from tongzhou.config import reader
from tongzhou.demo.cast import Cast


def unit_of(cookie: str) -> UUID | None:
    scope = {"headers": [(b"host", b"here"), (b"cookie", cookie.encode())]}
    return asyncio.run(reader.unit_of_reader(scope))


@pytest.mark.parametrize("cookie", ["", "other=1", f"{settings.SESSION_COOKIE_NAME}="])
def test_a_visitor_has_no_unit(cookie: str) -> None:
    assert unit_of(cookie) is None


@pytest.mark.django_db
def test_somebody_signed_in_has_that_of_the_post(
    cast: Cast, signed_in: Callable[[Post], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = signed_in(cast.shen).cookies[settings.SESSION_COOKIE_NAME].value
    # The test's transaction is seen by its own connection only.
    monkeypatch.setattr(reader.connections, "close_all", lambda: None)

    assert reader._unit(key) == cast.shen.unit_id


@pytest.mark.django_db
def test_a_session_that_is_over_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.connections, "close_all", lambda: None)

    assert reader._unit("nosuchsession") is None


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_the_stream_lives() -> None:
    before = _others()

    assert unit_of(f"{settings.SESSION_COOKIE_NAME}=nosuchsession") is None

    deadline = time.monotonic() + 10
    # The server takes a moment to see that a client has gone.
    while (left := _others() - before) and time.monotonic() < deadline:
        pass
    assert left == set()


def _others() -> set[int]:
    """The clients of this database besides the one that asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND usesysid IS NOT NULL"  # the database's own workers are nobody's
        )
        return {pid for (pid,) in cursor.fetchall()}
