"""The small world that every address is asked in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.db import connection

from tongzhou.kernel import clock
from tongzhou.ledger import sealing

from . import rooms
from .world import World, make

Acting = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def world(db: None, as_sealer: Acting) -> World:
    """The small world, sealed."""
    made = make(now=clock.now())
    for room in rooms.modules():
        if furnish := getattr(room, "furnish", None):
            made.of[room.__name__.rpartition(".")[2]] = furnish(made)
    with as_sealer():
        sealing.seal_once(connection.connection, at=datetime.now(UTC))
    return made
