"""Proof that the chain is whole: every act is hashed again and every block checked."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import psycopg

from tongzhou.ledger import canonical, merkle
from tongzhou.ledger.sealing import written_time

_TYPES = ["int8", "text", "int8", "bytea", "bool", *["text"] * len(canonical.FIELDS)]
_SEALED = f"""
SELECT s.position, s.act_id::text, s.block, s.leaf, a.id IS NOT NULL, {canonical.COLUMNS}
FROM ledger_seal s LEFT JOIN ledger_act a ON a.id = s.act_id ORDER BY s.position
"""  # noqa: S608 – names of columns only
# Sealed, but in no block.
_STRAY = """
SELECT s.position, s.act_id::text, s.block FROM ledger_seal s
LEFT JOIN ledger_block b ON s.position BETWEEN b.first AND b.last
WHERE b.number IS NULL ORDER BY s.position LIMIT 1
"""
_BLOCKS = """
SELECT number, first, last, root, previous, hash, sealed_at FROM ledger_block ORDER BY number
"""
_LOOSE = """
SELECT a.id::text FROM ledger_act a
LEFT JOIN ledger_seal s ON s.act_id = a.id LEFT JOIN ledger_pending p ON p.act_id = a.id
WHERE s.act_id IS NULL AND p.act_id IS NULL ORDER BY a.id LIMIT 1
"""


@dataclass(frozen=True)
class Fault:
    """The first thing that does not hold. ``block``, ``position`` and ``act`` where known."""

    code: str
    block: int | None = None
    position: int | None = None
    act: str | None = None


@dataclass(frozen=True)
class Verification:
    """What was found: numbers of sealed acts and blocks read, the hash of the last block
    (note it elsewhere: only with it a cut-off end can be seen), and the first fault."""

    acts: int
    blocks: int
    head: str
    first_fault: Fault | None

    @property
    def verified(self) -> bool:
        """True when no fault was found."""
        return self.first_fault is None

    def to_dict(self) -> dict[str, Any]:
        """As ``tongzhou ledger verify --json`` prints it."""
        fault = asdict(self.first_fault) if self.first_fault else None
        return {
            "acts": self.acts,
            "blocks": self.blocks,
            "verified": self.verified,
            "first_fault": fault,
            "head": self.head,
        }


class _Block(NamedTuple):
    number: int
    first: int
    last: int
    root: bytes
    previous: bytes
    hash: bytes
    sealed_at: Any


@dataclass
class _Count:
    """How far the reading has come."""

    acts: int = 0
    blocks: int = 0
    head: bytes = b"\x00" * 32


class _Broken(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def verify(connection: psycopg.Connection, *, head: str = "") -> Verification:
    """Reads the whole ledger once and hashes every act again. Blocks that are sealed while
    it reads are left for the next time.

    Faults: ``act-changed``, ``act-missing``, ``act-moved`` (it stands at another place than
    was sealed), ``act-inserted`` (neither sealed nor pending), ``block-root``,
    ``block-hash``, ``block-gap``, ``head-differs`` (``head``: the hash noted earlier is that
    of no block).
    """
    count = _Count()
    fault: Fault | None = None
    try:
        # Leaving by an exception also ends a COPY that was not read to its end.
        with connection.transaction():
            blocks = [_Block(*row) for row in connection.execute(_BLOCKS)]
            _read_chain(connection, blocks, count)
            _find_strays(connection)
            if head and not any(bytes(block.hash).hex() == head for block in blocks):
                raise _Broken(Fault("head-differs", block=count.blocks))
    except _Broken as broken:
        fault = broken.fault
    return Verification(count.acts, count.blocks, count.head.hex(), fault)


def _read_chain(connection: psycopg.Connection, blocks: list[_Block], count: _Count) -> None:
    """Hashes every sealed act and checks every block, in order."""
    # COPY: the server prepares the next rows while these are hashed.
    with connection.cursor() as cursor, cursor.copy(f"COPY ({_SEALED}) TO STDOUT") as copy:
        copy.set_types(_TYPES)
        rows = copy.rows()
        for block in blocks:
            if block.number != count.blocks + 1 or block.first != count.acts + 1:
                raise _Broken(Fault("block-gap", block=block.number))
            leaves = [
                _checked(next(rows, None), block, position)
                for position in range(block.first, block.last + 1)
            ]
            _check_block(block, leaves, previous=count.head)
            count.acts += len(leaves)
            count.blocks += 1
            count.head = bytes(block.hash)
        for _ in rows:
            pass  # sealed while this read, or in no block at all: _find_strays tells


def _find_strays(connection: psycopg.Connection) -> None:
    """Acts that are sealed without a block, or neither sealed nor pending."""
    stray = connection.execute(_STRAY).fetchone()
    if stray is not None:
        raise _Broken(Fault("act-inserted", stray[2], stray[0], stray[1]))
    loose = connection.execute(_LOOSE).fetchone()
    if loose is not None:
        raise _Broken(Fault("act-inserted", act=loose[0]))


def _checked(row: Any, block: _Block, position: int) -> bytes:
    """The leaf at ``position`` as it was sealed, when the act there still has that hash."""
    if row is None:
        raise _Broken(Fault("act-missing", block=block.number, position=position))
    found, act_id, number, leaf, exists = row[:5]
    if found != position:
        raise _Broken(Fault("act-missing", block=block.number, position=position))
    if not exists:
        raise _Broken(Fault("act-missing", block.number, position, act_id))
    if number != block.number:
        raise _Broken(Fault("act-moved", block.number, position, act_id))
    form = canonical.written(canonical.content(row[5:]), position)
    computed = canonical.leaf(form)
    if computed != leaf:
        raise _Broken(Fault("act-changed", block.number, position, act_id))
    return computed


def _check_block(block: _Block, leaves: list[bytes], *, previous: bytes) -> None:
    if bytes(block.previous) != previous:
        raise _Broken(Fault("block-hash", block=block.number))
    if merkle.root(leaves) != bytes(block.root):
        raise _Broken(Fault("block-root", block=block.number, position=block.first))
    header = canonical.block_hash(
        number=block.number,
        first=block.first,
        last=block.last,
        root=bytes(block.root),
        previous=bytes(block.previous),
        sealed_at=written_time(block.sealed_at),
    )
    if header != bytes(block.hash):
        raise _Broken(Fault("block-hash", block=block.number))
