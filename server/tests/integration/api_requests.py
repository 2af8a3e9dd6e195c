"""The operations of the API as the address tests know them, and requests that leave no trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from contract.operation_rows import OPERATIONS
from contract.rows import Row
from contract.world import World
from django.db import transaction
from django.urls import reverse

#: The operations of the rooms, without the description of the API itself.
DESCRIBED: Final = [row for row in OPERATIONS if "_" in row.name]
WRITING: Final = [row for row in DESCRIBED if row.asks[0].method in {"POST", "PATCH"}]


@contextmanager
def undone() -> Iterator[None]:
    """Takes back whatever a request does, so that each meets the same world."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def address_of(row: Row, world: World) -> str:
    """The address of an operation on the object of the world."""
    return reverse(row.name, kwargs=dict(row.args(world)))
