"""Pages of tasks, looked at an hour after the task of the cast was dispatched."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from server.tests.unit.tasks.conftest import AT, DAY, HOUR, RELATED, bring, draft

from tongzhou.actors.models import Post
from tongzhou.delivery import notices
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.ledger import sealing
from tongzhou.ledger.follow import advance

__all__ = ["AT", "DAY", "HOUR", "RELATED", "bring", "draft"]

NOW = AT + HOUR
HTMX = {"HX-Request": "true"}
Browser = Callable[[Post], Client]
Told = Callable[[], None]


@pytest.fixture(autouse=True)
def _an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def lou(cast: Cast, signed_in: Browser) -> Client:
    """The asker's browser."""
    return signed_in(cast.lou)


@pytest.fixture
def ye(cast: Cast, signed_in: Browser) -> Client:
    """The lead's browser."""
    return signed_in(cast.ye)


@pytest.fixture
def ou(cast: Cast, signed_in: Browser) -> Client:
    """The outsider's browser."""
    return signed_in(cast.ou)


@pytest.fixture
def told(as_sealer: Callable[[], AbstractContextManager[None]]) -> Told:
    """What the sealer and the worker do: acts are sealed, and notices of them written."""

    def tell() -> None:
        with as_sealer():
            sealing.seal_once(connection.connection, at=NOW)
        advance("notices", notices.write)

    return tell
