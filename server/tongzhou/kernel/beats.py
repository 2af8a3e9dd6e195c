"""Signs of life of what works in the background: who beats says that it lives; what a part
fails of stands beside it."""

import os
import socket
import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Final, Protocol

from django.db.utils import OperationalError as LostConnection
from psycopg import OperationalError

#: Seconds between two signs of life of one part.
EVERY: Final = 2.0
#: A part without a sign for so many seconds counts as dead.
DEAD_AFTER: Final = 15.0

# Rows of processes that ended long ago go with the first sign of a new one.
_BEAT: Final = """
WITH gone AS (
    DELETE FROM kernel_beat
    WHERE part = %(part)s AND process <> %(process)s AND at < clock_timestamp() - interval '1 day'
)
INSERT INTO kernel_beat (part, process, started_at, at, failure)
VALUES (%(part)s, %(process)s, clock_timestamp(), clock_timestamp(), '')
ON CONFLICT (part, process) DO UPDATE SET at = excluded.at
"""
_FAILED: Final = """
INSERT INTO kernel_beat (part, process, started_at, at, failed_at, failure)
VALUES (%(part)s, %(process)s, clock_timestamp(), clock_timestamp(), clock_timestamp(), %(what)s)
ON CONFLICT (part, process) DO UPDATE
SET failed_at = excluded.failed_at, failure = excluded.failure
"""


class HasCursor(Protocol):
    """A connection of psycopg or of Django, outside of a transaction."""

    def cursor(self) -> AbstractContextManager[Any]:
        """A cursor."""
        ...


class Pulse:
    """The sign of life of one part in this process."""

    def __init__(self, part: str, connection: HasCursor) -> None:
        self._part = part
        self._process = f"{socket.gethostname()[:100]}:{os.getpid()}"
        self._connection = connection
        self._last: float | None = None

    def beat(self) -> None:
        """Says that the part lives; often called, seldom written."""
        now = time.monotonic()
        if self._last is None or now - self._last >= EVERY:
            self._write(_BEAT, self._part)
            self._last = now

    def noting(self, what: str) -> AbstractContextManager[None]:
        """Inside, a failure is noted under the name ``what`` on its way out: only its class,
        since a message may hold what somebody wrote."""
        return _Noting(self, what)

    def failed(self, what: str, error: type[BaseException]) -> None:
        """Notes a failure."""
        self._write(_FAILED, what, what=error.__name__[:80])

    def _write(self, statement: str, part: str, **more: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, {"part": part, "process": self._process, **more})


class _Noting(AbstractContextManager[None]):
    def __init__(self, pulse: Pulse, what: str) -> None:
        self._pulse = pulse
        self._what = what

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Where the database is gone there is nobody to tell.
        if kind is not None and not issubclass(kind, OperationalError | LostConnection):
            self._pulse.failed(self._what, kind)
