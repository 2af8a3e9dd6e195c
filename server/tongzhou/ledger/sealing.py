"""The sealer: gives acts their positions in commit order and closes blocks.

Writers never wait for each other: an act becomes visible here when its transaction has
committed, and only then gets the next position. One sealer works at a time (an advisory
lock); a block is one transaction, so a crash leaves a whole block or none.
"""

import signal
import threading
from datetime import UTC, datetime

import psycopg

from tongzhou.kernel.beats import Pulse
from tongzhou.ledger import canonical, merkle

BLOCK_LIMIT = 2000
CHANNEL = "ledger_sealed"
_LOCK = 0x746F6E67  # "tong"
_BUSY, _IDLE = 0.05, 0.2  # seconds between looks

_PENDING = f"""
SELECT {canonical.COLUMNS} FROM ledger_pending p JOIN ledger_act a ON a.id = p.act_id
ORDER BY a.id LIMIT %s
"""  # noqa: S608 – names of columns only
_SEALS = """
INSERT INTO ledger_seal (position, act_id, block, leaf)
SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bigint[], %s::bytea[])
"""
_BLOCK = """
INSERT INTO ledger_block (number, first, last, root, previous, hash, sealed_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def seal_once(connection: psycopg.Connection, *, at: datetime, limit: int = BLOCK_LIMIT) -> int:
    """Seals up to ``limit`` pending acts as one block and returns how many (0: nothing was
    pending). Tells the listeners of ``ledger_sealed`` the last position."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        rows = cursor.execute(_PENDING, [limit]).fetchall()
        if not rows:
            return 0
        head = cursor.execute(
            "SELECT number, last, hash FROM ledger_block ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number, last, previous = head or (0, 0, b"\x00" * 32)
        number, first = number + 1, last + 1
        ids = [row[0] for row in rows]
        positions = list(range(first, first + len(rows)))
        leaves = [
            canonical.leaf(canonical.written(canonical.content(row), position))
            for row, position in zip(rows, positions, strict=True)
        ]
        root = merkle.root(leaves)
        header = canonical.block_hash(
            number=number,
            first=first,
            last=positions[-1],
            root=root,
            previous=previous,
            sealed_at=written_time(at),
        )
        cursor.execute(_SEALS, [positions, ids, [number] * len(rows), leaves])
        cursor.execute(_BLOCK, [number, first, positions[-1], root, previous, header, at])
        cursor.execute("DELETE FROM ledger_pending WHERE act_id = ANY(%s::uuid[])", [ids])
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(positions[-1])])
        return len(rows)


def written_time(at: datetime) -> str:
    """A time as it stands in what is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def run(address: str, stop: threading.Event) -> None:
    """Seals until ``stop`` is set. Raises psycopg.OperationalError when the database goes
    away: whoever watches this process starts it again."""
    with psycopg.connect(address, autocommit=True) as connection:
        pulse = Pulse("sealer", connection)
        while not stop.is_set():
            pulse.beat()
            sealed = seal_once(connection, at=datetime.now(UTC))
            if sealed < BLOCK_LIMIT:
                stop.wait(_BUSY if sealed else _IDLE)


def main(address: str) -> None:
    """The sealer as a process: ends on SIGTERM or SIGINT."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    run(address, stop)
