"""Reading acts. Whether the reader may see the object is asked by the room that owns it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min, Q, QuerySet

from tongzhou.kernel.api.cursor import slice_of
from tongzhou.ledger import types
from tongzhou.ledger.models import Act, Block, Pending, Seal

_FOLLOWING = """
SELECT f.name, (SELECT count(*) FROM ledger_seal s WHERE s.position > f.position),
    (SELECT b.sealed_at FROM ledger_block b WHERE b.last > f.position ORDER BY b.number LIMIT 1)
FROM ledger_follower f ORDER BY f.name
"""
_WAITING = """
SELECT count(*), min(a.recorded_at) FROM ledger_pending p JOIN ledger_act a ON a.id = p.act_id
"""
_OLDEST = """
SELECT min(least(a.at, a.recorded_at)) FROM ledger_act a WHERE a.id IN (
    SELECT act_id FROM ledger_pending
    UNION ALL
    SELECT s.act_id FROM ledger_seal s WHERE s.position > coalesce(
        %(position)s::bigint, (SELECT position FROM ledger_follower WHERE name = %(follower)s), 0)
) AND a.type <> ALL(%(but)s::text[])
"""


@dataclass(frozen=True)
class Line:
    """One line of a ledger page: the act, its type, and its position once sealed."""

    act: Act
    type: types.ActType | None
    position: int | None


def _lines(acts: Sequence[Act]) -> list[Line]:
    positions = dict(
        Seal.objects.filter(act_id__in=[a.id for a in acts]).values_list("act_id", "position")
    )
    return [Line(act, types.find(act.type), positions.get(act.id)) for act in acts]


def about(kind: str, id: UUID, *, limit: int = 200) -> list[Line]:
    """The acts about one object, oldest first."""
    found = Act.objects.filter(about_kind=kind, about_id=id).order_by("at", "id")[:limit]
    return _lines(list(found))


def seen_by(unit: UUID) -> Q:
    """Acts that a unit may read whatever it has to do with their object: public ones, its
    own, and those it is told of."""
    return Q(visibility="public") | Q(by_unit=unit) | Q(audience__contains=[unit])


def of_incident(
    incident: UUID,
    *,
    before: UUID | None = None,
    kind: str = "",
    basis: str = "",
    unit: UUID | None = None,
    limit: int = 50,
) -> list[Line]:
    """The acts of an incident, latest first; ``before``: only those older than this act;
    ``basis``: only those that rest on it (order, agreement, voluntary, law);
    ``unit``: only those that this unit may read (see ``seen_by``)."""
    found = Act.objects.filter(incident=incident)
    if unit is not None:
        found = found.filter(seen_by(unit))
    if before is not None:
        found = found.filter(id__lt=before)
    if kind:
        found = found.filter(kind=kind)
    if basis:
        found = found.filter(basis=basis)
    return _lines(list(found.order_by("-id")[:limit]))


def of_unit(unit: UUID, *, before: UUID | None = None, limit: int = 50) -> list[Line]:
    """What a unit did, latest first."""
    found = Act.objects.filter(by_unit=unit)
    if before is not None:
        found = found.filter(id__lt=before)
    return _lines(list(found.order_by("-id")[:limit]))


def in_span(
    *,
    since: datetime,
    until: datetime,
    types: Collection[str],
    reader: UUID,
    by_unit: UUID | None = None,
    asked: UUID | None = None,
    basis: str = "",
    without: QuerySet[Any] | None = None,
    cursor: str = "",
    limit: int = 50,
) -> tuple[list[Line], str]:
    """The acts of some types in a span that the unit ``reader`` may read, the latest first,
    with the cursor of the earlier ones: done by a unit, or asked of one (the one that they
    name as ``lead``, else those they are done with). ``without``: the ids of incidents to
    leave out. Raises CursorInvalid."""
    found = Act.objects.filter(seen_by(reader), type__in=types, at__gte=since, at__lt=until)
    if by_unit is not None:
        found = found.filter(by_unit=by_unit)
    if asked is not None:
        without_lead = Q(with_units__contains=[asked]) & ~Q(data__has_key="lead")
        found = found.filter(Q(data__lead=str(asked)) | without_lead)
    if basis:
        found = found.filter(basis=basis)
    if without is not None:
        found = found.filter(Q(incident=None) | ~Q(incident__in=without))
    page = slice_of(
        found, by=[("at", datetime), ("id", UUID)], cursor=cursor, limit=limit, descending=True
    )
    return _lines(page.rows), page.next


def by_ids(ids: Sequence[UUID]) -> list[Line]:
    """These acts, in the order of the ids; one that does not exist is left out."""
    found = {act.id: act for act in Act.objects.filter(id__in=ids)}
    return _lines([found[act_id] for act_id in ids if act_id in found])


def find(act_id: UUID) -> Line | None:
    """One act."""
    acts = list(Act.objects.filter(id=act_id))
    return _lines(acts)[0] if acts else None


def state() -> dict[str, Any]:
    """Numbers of the ledger: sealed acts, blocks, acts that wait, the last block."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, last, hash, sealed_at FROM ledger_block ORDER BY number DESC LIMIT 1"
        )
        block = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM ledger_pending")
        pending = cursor.fetchone()[0]
    if block is None:
        return {"acts": 0, "blocks": 0, "pending": pending, "head": "", "sealed_at": None}
    number, last, header, sealed_at = block
    return {
        "acts": last,
        "blocks": number,
        "pending": pending,
        "head": bytes(header).hex(),
        "sealed_at": sealed_at,
    }


def blocks(*, limit: int = 20) -> list[Block]:
    """The last blocks, latest first."""
    return list(Block.objects.order_by("-number")[:limit])


def block_of(position: int) -> Block | None:
    """The block that holds a position."""
    return Block.objects.filter(first__lte=position).order_by("-number").first()


def at_position(position: int) -> UUID | None:
    """The act at a position of the chain."""
    return Seal.objects.filter(position=position).values_list("act_id", flat=True).first()


def waiting_since() -> datetime | None:
    """When the oldest act that is not sealed yet was recorded; None when all are sealed."""
    waiting = Act.objects.filter(id__in=Pending.objects.values("act_id"))
    oldest: datetime | None = waiting.aggregate(oldest=Min("recorded_at"))["oldest"]
    return oldest


@dataclass(frozen=True)
class Following:
    """How far a follower has come: acts that it has not read yet, and since when the oldest
    of them is sealed (None: it has read all)."""

    name: str
    behind: int
    since: datetime | None


def following() -> list[Following]:
    """All followers that have begun, by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWING)
        return [Following(*row) for row in cursor.fetchall()]


def waiting() -> tuple[int, datetime | None]:
    """How many acts wait to be sealed, and since when the oldest does."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        count, since = cursor.fetchone()
    return int(count), since


def applied_until(
    follower: str, *, at: datetime, but: Sequence[str] = (), position: int | None = None
) -> datetime:
    """The moment up to which a follower knows everything: ``at``, or earlier where an act that
    it has not read (unsealed, or sealed behind its position) happened or was written down
    before. ``but``: types of acts that do not concern it; ``position``: how far it has come,
    where that is not stored yet. One query.

    What stands in a transaction that is not committed yet is not seen; whoever acts upon this
    leaves it a moment to commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, {"follower": follower, "but": list(but), "position": position})
        (oldest,) = cursor.fetchone()
    return at if oldest is None else min(at, oldest)
