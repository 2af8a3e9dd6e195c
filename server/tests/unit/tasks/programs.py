"""Programs that use the API at the time of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tongzhou.kernel import clock

from .conftest import AT, HOUR

Programs = Callable[..., Client]
NOW = AT + HOUR


@pytest.fixture(autouse=True)
def at_the_time_of_the_cast(monkeypatch: pytest.MonkeyPatch, api_client: Programs) -> None:
    """The clock of the cast; tokens are judged by it too."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def problem(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
