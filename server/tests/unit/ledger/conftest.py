"""A ledger with a few acts, without any other room."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from tongzhou.kernel.ids import new_id
from tongzhou.ledger import sealing
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType

AT = datetime(2020, 1, 23, 9, 0, tzinfo=UTC)
NOTED = ActType("test.noted.v1", "report", "{by} noted", "{by}记录")

Write = Callable[..., UUID]
Seal = Callable[..., int]


@pytest.fixture
def write(db: None) -> Write:
    """Writes one act in a transaction of its own."""

    def act(**fields: object) -> UUID:
        with transaction.atomic():
            return append(
                NOTED, **{"at": AT, "about": ("test", new_id()), "by_unit": new_id(), **fields}
            )

    return act


@pytest.fixture
def raw(db: None) -> psycopg.Connection:
    """The connection of the test as psycopg has it."""
    connection.ensure_connection()
    return connection.connection


@pytest.fixture
def seal(raw: psycopg.Connection, as_sealer: object) -> Seal:
    """Seals what is pending, with the sealer's rights."""

    def once(*, limit: int = sealing.BLOCK_LIMIT) -> int:
        with as_sealer():  # type: ignore[operator]
            return sealing.seal_once(raw, at=AT, limit=limit)

    return once
