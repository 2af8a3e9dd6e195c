"""Pages of tasks, looked at an hour after the task of the cast was dispatched."""

from collections.abc import Callable

import pytest
from django.test import Client
from server.tests.unit.tasks.conftest import AT, DAY, HOUR, RELATED, bring, draft

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock

__all__ = ["AT", "DAY", "HOUR", "RELATED", "bring", "draft"]

NOW = AT + HOUR
HTMX = {"HX-Request": "true"}
Browser = Callable[[Post], Client]


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
