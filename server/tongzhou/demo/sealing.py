"""Sealing while the demo is played: between chunks, on a connection of its own.

A thread would take turns with the player for the interpreter and slow it down by half; a
sealer in another process is harmless beside this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg

from tongzhou.kernel import clock
from tongzhou.ledger import sealing

_EVERY: Final = 20  # chunks


class Sealing:
    """Seals what is pending, now and then or at once."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self._chunks = 0

    def after_chunk(self) -> None:
        """Told after each chunk; seals after every twentieth."""
        self._chunks += 1
        if self._chunks % _EVERY == 0:
            self.all()

    def all(self) -> None:
        """Seals everything that is pending."""
        while sealing.seal_once(self._connection, at=clock.now()):
            pass


@contextmanager
def sealer(address: str) -> Iterator[Sealing]:
    """``address``: the database as the sealer. Behind it, every act is sealed. Raises
    psycopg.OperationalError when the database cannot be reached."""
    with psycopg.connect(address, autocommit=True) as connection:
        seal = Sealing(connection)
        yield seal
        seal.all()
