"""Reading acts. Whether the reader may see the object is asked by the room that owns it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min, Q

from tongzhou.ledger import types
from tongzhou.ledger.models import Act, Block, Pending, Seal


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
    unit: UUID | None = None,
    limit: int = 50,
) -> list[Line]:
    """The acts of an incident, latest first; ``before``: only those older than this act;
    ``unit``: only those that this unit may read (see ``seen_by``)."""
    found = Act.objects.filter(incident=incident)
    if unit is not None:
        found = found.filter(seen_by(unit))
    if before is not None:
        found = found.filter(id__lt=before)
    if kind:
        found = found.filter(kind=kind)
    return _lines(list(found.order_by("-id")[:limit]))


def of_unit(unit: UUID, *, before: UUID | None = None, limit: int = 50) -> list[Line]:
    """What a unit did, latest first."""
    found = Act.objects.filter(by_unit=unit)
    if before is not None:
        found = found.filter(id__lt=before)
    return _lines(list(found.order_by("-id")[:limit]))


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
