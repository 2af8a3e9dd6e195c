"""Reading acts. Whether the reader may see the object is asked by the room that owns it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from tongzhou.ledger import types
from tongzhou.ledger.models import Act, Seal


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


def of_incident(
    incident: UUID, *, before: UUID | None = None, kind: str = "", limit: int = 50
) -> list[Line]:
    """The acts of an incident, latest first; ``before``: only those older than this act."""
    found = Act.objects.filter(incident=incident)
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
