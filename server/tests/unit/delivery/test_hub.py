"""The hub hears every block, not only the first."""

import asyncio

import psycopg
import pytest
from django.db import connection

from tongzhou.delivery.hub import Hub
from tongzhou.ledger.sealing import CHANNEL

_PATIENCE = 10.0


class Counting(Hub):
    """Says how often it was told to look."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.looks: asyncio.Queue[int] = asyncio.Queue()

    async def _catch_up(self, connection: psycopg.AsyncConnection) -> None:
        await super()._catch_up(connection)
        self.looks.put_nowait(1)


@pytest.mark.django_db(transaction=True)
def test_it_looks_again_after_each_block() -> None:
    connection.ensure_connection()
    address = connection.connection.info.dsn

    async def listen() -> None:
        hub = Counting(address)
        hub.start()
        await asyncio.wait_for(hub.looks.get(), _PATIENCE)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as sealer:
            for _block in range(3):
                await sealer.execute("SELECT pg_notify(%s, '')", [CHANNEL])
                await asyncio.wait_for(hub.looks.get(), _PATIENCE)
        await hub.stop()

    asyncio.run(listen())
