"""The hub of live news: one listening connection per process, fanned out to all streams.

The sealer tells of each block; the hub reads the new acts once and wakes the streams whose
unit may know of them. A message holds topics (kinds and ids), never content: the page asks
for what changed, and permission is asked again there.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from tongzhou.ledger.sealing import CHANNEL

logger = logging.getLogger(__name__)

_AFTER = """
SELECT s.position, a.type, a.about_kind, a.about_id, a.incident, a.visibility, a.by_unit,
    a.audience
FROM ledger_seal s JOIN ledger_act a ON a.id = s.act_id
WHERE s.position > %s ORDER BY s.position LIMIT 5000
"""
_LOOK = 2.0  # seconds without a word after which the ledger is read all the same
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 10.0  # seconds before the database is tried again


@dataclass(eq=False)
class Stream:
    """One open page: whose unit it is (None: signed out), what it shows, and the news that
    it was not sent yet. News that pile up become one message."""

    unit: UUID | None
    topics: frozenset[str]
    pending: set[str] = field(default_factory=set)
    position: int = 0
    type: str = ""
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, topics: Iterable[str], *, position: int, type: str) -> None:
        """Adds news, where it is about something that the page shows."""
        wanted = self.topics.intersection(topics)
        if wanted:
            self.pending |= wanted
            self.position, self.type = position, type
            self.woken.set()

    def take(self) -> str:
        """The news as one JSON message; nothing is pending afterwards."""
        message = {"topics": sorted(self.pending), "position": self.position, "type": self.type}
        self.pending = set()
        self.woken.clear()
        return json.dumps(message, separators=(",", ":"))


class Hub:
    """All open streams of this process, and the task that feeds them."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._streams: dict[UUID | None, set[Stream]] = defaultdict(set)
        self._position: int | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to listen (in the running event loop)."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="live-hub")

    async def stop(self) -> None:
        """Ends listening."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def join(self, stream: Stream) -> None:
        """From now on the stream is told."""
        self._streams[stream.unit].add(stream)

    def leave(self, stream: Stream) -> None:
        """The stream is gone."""
        members = self._streams.get(stream.unit, set())
        members.discard(stream)
        if not members:
            self._streams.pop(stream.unit, None)

    @property
    def streams(self) -> int:
        """How many pages are open."""
        return sum(len(members) for members in self._streams.values())

    async def _listen(self) -> None:
        wait = _FIRST_WAIT
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._address, autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await self._catch_up(connection)
                    wait = _FIRST_WAIT
                    while True:
                        # The generator keeps the connection to itself until it is done. The
                        # ledger is read now and then in any case: no page waits for a
                        # notification that got lost.
                        async for _ in connection.notifies(timeout=_LOOK, stop_after=1):
                            pass
                        await self._catch_up(connection)
            except psycopg.OperationalError as error:
                logger.warning("live: the database does not answer (%s); trying again", error)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    async def _catch_up(self, connection: psycopg.AsyncConnection) -> None:
        if self._position is None:
            # What happened before this process started is on the pages already.
            cursor = await connection.execute("SELECT coalesce(max(position), 0) FROM ledger_seal")
            row = await cursor.fetchone()
            self._position = row[0] if row else 0
            return
        while True:
            cursor = await connection.execute(_AFTER, [self._position])
            rows = await cursor.fetchall()
            for row in rows:
                self._tell(*row)
                self._position = row[0]
            if not rows:
                return

    def _tell(
        self,
        position: int,
        type: str,
        about_kind: str,
        about_id: UUID,
        incident: UUID | None,
        visibility: str,
        by_unit: UUID | None,
        audience: list[UUID],
    ) -> None:
        topics = [f"{about_kind}:{about_id}", "ledger"]
        if incident is not None:
            topics.append(f"incident:{incident}")
        concerned = {*audience, by_unit} - {None}
        if visibility == "public":
            for members in list(self._streams.values()):
                for stream in members:
                    own = ["unit"] if stream.unit in concerned else []
                    stream.tell([*topics, "public", *own], position=position, type=type)
            return
        for unit in concerned:
            for stream in self._streams.get(unit, ()):
                stream.tell([*topics, "unit"], position=position, type=type)
