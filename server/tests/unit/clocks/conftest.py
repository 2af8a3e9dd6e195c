"""Clocks of tasks of the cast: acts are sealed and read as the worker does."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tongzhou.clocks import ticking
from tongzhou.clocks.models import Clock
from tongzhou.clocks.reactions import move_clocks
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.ledger import follow, sealing
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.models import Task

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Ten o'clock in Zhejiang, an hour after the cast took office.
AT = datetime(2020, 1, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
Acting = Callable[[], AbstractContextManager[None]]


@dataclass
class Works:
    """The machinery, moved by hand."""

    as_sealer: Acting
    monkeypatch: pytest.MonkeyPatch

    def seal(self) -> None:
        """Gives all acts their place."""
        with self.as_sealer():
            while sealing.seal_once(connection.connection, at=clock.now()):
                pass

    def follow(self) -> None:
        """Lets the clocks read all that is sealed."""
        while follow.advance("clocks", move_clocks):
            pass

    def set(self, moment: datetime) -> None:
        """The machine's clock says this."""
        self.monkeypatch.setattr(clock, "now", lambda: moment)

    def at(self, moment: datetime) -> int:
        """It is this moment: what there is is sealed, read, and what is due happens."""
        self.set(moment)
        self.seal()
        self.follow()
        return ticking.catch_up(at=moment)


@pytest.fixture
def works(as_sealer: Acting, monkeypatch: pytest.MonkeyPatch) -> Works:
    """The sealer, the follower and the ticker."""
    return Works(as_sealer, monkeypatch)


@pytest.fixture
def send(cast: Cast) -> Callable[..., Task]:
    """Sends a task of the district's command to the street, due in a day."""

    def sent(at: datetime = AT, **given: Any) -> Task:
        wanted: dict[str, Any] = {
            "title": "Count the masks",
            "lead": cast.units["beishan-street"],
            "area": cast.areas["330106002"],
            "due_at": at + DAY,
            "basis": "order",
            "by": cast.lou,
        }
        return send_task(**(wanted | given), at=at)

    return sent


def of(task: Task) -> Clock:
    """The last clock of a task."""
    return Clock.objects.filter(about_id=task.id).order_by("-started_at")[0]


def told(kind: str = "clock.") -> Sequence[Act]:
    """The acts of clocks, by time."""
    return list(Act.objects.filter(type__startswith=kind).order_by("at", "id"))
