"""Readers of sealed acts with a stored position: notices, live pages, later federation.

A follower's effects in the database and its new position are one transaction: after a
crash it goes on where it was, and repeats nothing that was committed.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import connection, transaction

from tongzhou.kernel.beats import Pulse
from tongzhou.kernel.errors import Sentence
from tongzhou.ledger.sealing import CHANNEL

_AFTER = """
SELECT s.position, a.id, a.type, a.at, a.by_post, a.by_unit, a.with_units, a.kind,
    a.incident, a.about_kind, a.about_id, a.visibility, a.audience, a.data, a.phase, a.area,
    a.basis, a.asked_at, a.due_at
FROM ledger_seal s JOIN ledger_act a ON a.id = s.act_id
WHERE s.position > %s ORDER BY s.position LIMIT %s
"""


@dataclass(frozen=True)
class Sealed:
    """A sealed act, as much of it as followers need."""

    position: int
    id: UUID
    type: str
    at: datetime
    by_post: UUID | None
    by_unit: UUID | None
    with_units: list[UUID]
    kind: str
    incident: UUID | None
    about_kind: str
    about_id: UUID
    visibility: str
    audience: list[UUID]
    data: Mapping[str, Any]
    phase: str = ""
    area: str = ""
    basis: str = ""
    asked_at: datetime | None = None
    due_at: datetime | None = None


_NAMES = tuple(field.name for field in fields(Sealed))
Handler = Callable[[Sequence[Sealed]], None]
_FOLLOWERS: dict[str, Handler] = {}
_TITLES: dict[str, Sentence] = {}


def follower(name: str, *, title: Sentence) -> Callable[[Handler], Handler]:
    """Registers a function as the follower ``name``; it is given sealed acts in order, in
    a transaction. ``title`` says to people what it does. Raises ValueError for a name that
    is taken."""

    def register(handler: Handler) -> Handler:
        if name in _FOLLOWERS:
            raise ValueError(f"follower {name!r} is registered twice")
        _FOLLOWERS[name] = handler
        _TITLES[name] = title
        return handler

    return register


def followers() -> Mapping[str, Handler]:
    """All registered followers by name."""
    return dict(_FOLLOWERS)


def title_of(name: str) -> Sentence:
    """What the follower does, in words; the name of one that is not registered any more."""
    return _TITLES.get(name, name)


def after(position: int, *, limit: int = 500) -> list[Sealed]:
    """Sealed acts behind ``position``, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_AFTER, [position, limit])
        return [sealed_from(row) for row in cursor.fetchall()]


def sealed_from(row: Sequence[Any]) -> Sealed:
    """A sealed act from a row of the query that followers use."""
    # Raw cursors give JSON as text.
    data = orjson.loads(row[13]) if isinstance(row[13], str | bytes) else row[13]
    return Sealed(**dict(zip(_NAMES, (*row[:13], data, *row[14:]), strict=True)))


def head() -> int:
    """The last sealed position; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(position), 0) FROM ledger_seal")
        return int(cursor.fetchone()[0])


def advance(name: str, handler: Handler, *, limit: int = 500) -> int:
    """Gives the follower its next acts and stores how far it has come, in one transaction.
    Returns how many acts there were. Two processes may call it: one waits for the other."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_follower (name, position) VALUES (%s, 0) ON CONFLICT DO NOTHING",
            [name],
        )
        cursor.execute("SELECT position FROM ledger_follower WHERE name = %s FOR UPDATE", [name])
        acts = after(cursor.fetchone()[0], limit=limit)
        if acts:
            handler(acts)
            cursor.execute(
                "UPDATE ledger_follower SET position = %s WHERE name = %s",
                [acts[-1].position, name],
            )
        return len(acts)


def run(address: str, stop: threading.Event) -> None:
    """Keeps all followers up to date until ``stop`` is set: at once when the sealer tells
    of a block, and every few seconds in any case."""
    with psycopg.connect(address, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        pulse = Pulse("followers", listener)
        while not stop.is_set():
            for name, handler in followers().items():
                with pulse.noting(f"follower:{name}"):
                    while not stop.is_set() and advance(name, handler):
                        pulse.beat()
            pulse.beat()
            for _ in listener.notifies(timeout=2.0, stop_after=1):
                pass
