"""A printable proof that one act stands in the ledger, checked without a database by
``python -m tongzhou.ledger.check_proof FILE`` (or that file alone)."""

from typing import Any
from uuid import UUID

import psycopg

from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import canonical, merkle
from tongzhou.ledger.sealing import written_time

_ACT = f"""
SELECT s.position, s.block, {canonical.COLUMNS}
FROM ledger_seal s JOIN ledger_act a ON a.id = s.act_id WHERE s.act_id = %s
"""  # noqa: S608 – names of columns only


def prove(connection: psycopg.Connection, act_id: UUID) -> dict[str, Any]:
    """The proof as JSON: the act in its written form, its position, the siblings on the way
    to the root, and the header of the block. Raises NotFound for an act that is not there
    or not sealed yet."""
    row = connection.execute(_ACT, [act_id]).fetchone()
    if row is None:
        raise NotFound()
    position, number = row[0], row[1]
    block = connection.execute(
        "SELECT first, last, root, previous, hash, sealed_at FROM ledger_block WHERE number = %s",
        [number],
    ).fetchone()
    if block is None:
        raise NotFound()
    first, last, root, previous, header, sealed_at = block
    leaves = [
        bytes(leaf)
        for (leaf,) in connection.execute(
            "SELECT leaf FROM ledger_seal WHERE block = %s ORDER BY position", [number]
        )
    ]
    steps = merkle.path(leaves, position - first)
    return {
        "format": "tongzhou-inclusion-proof-1",
        "act": {**canonical.content(row[2:]), "position": position},
        "path": [{"side": side, "hash": sibling.hex()} for side, sibling in steps],
        "block": {
            "number": number,
            "first": first,
            "last": last,
            "root": bytes(root).hex(),
            "previous": bytes(previous).hex(),
            "sealed_at": written_time(sealed_at),
        },
        "block_hash": bytes(header).hex(),
    }
