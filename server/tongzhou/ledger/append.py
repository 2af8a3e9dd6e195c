"""Writing an act, inside the transaction of the change that it tells of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import orjson
from django.db import connection

from tongzhou.kernel import clock
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.types import BASES, ActType

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

# Act and pending line in one statement: one trip to the database per act.
_INSERT = """
WITH act AS (
    INSERT INTO ledger_act (id, type, at, recorded_at, by_post, by_unit, with_units, kind,
        incident, phase, area, about_kind, about_id, basis, asked_at, due_at, outcome,
        evidence, visibility, audience, origin, data)
    VALUES (%s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,
        %s, %s::uuid[], 'local', %s::jsonb)
    RETURNING id
)
INSERT INTO ledger_pending (act_id) SELECT id FROM act
"""
# Many acts in one trip. The list is read as rows by the database, so that arrays of different
# lengths can stand beside each other.
_INSERT_ALL = """
WITH act AS (
    INSERT INTO ledger_act (id, type, at, recorded_at, by_post, by_unit, with_units, kind,
        incident, phase, area, about_kind, about_id, basis, asked_at, due_at, outcome,
        evidence, visibility, audience, origin, data)
    SELECT id, type, at, %s, by_post, by_unit, with_units, kind, incident, phase, area,
        about_kind, about_id, basis, asked_at, due_at, outcome, evidence, visibility, audience,
        'local', data
    FROM jsonb_to_recordset(%s::jsonb) AS row (id uuid, type text, at timestamptz, by_post uuid,
        by_unit uuid, with_units uuid[], kind text, incident uuid, phase text, area text,
        about_kind text, about_id uuid, basis text, asked_at timestamptz, due_at timestamptz,
        outcome text, evidence text, visibility text, audience uuid[], data jsonb)
    RETURNING id
)
INSERT INTO ledger_pending (act_id) SELECT id FROM act
"""


class NotInTransaction(RuntimeError):
    """An act was to be written outside of the transaction of its change."""


class NotCanonical(ValueError):
    """The data of an act hold something other than text, whole numbers, truth values,
    lists and objects: it would have no single written form to be hashed."""


def append(
    type: ActType,
    *,
    at: datetime,
    about: tuple[str, UUID],
    by_post: UUID | None = None,
    by_unit: UUID | None = None,
    with_units: Iterable[UUID] = (),
    kind: str | None = None,
    incident: UUID | None = None,
    phase: str = "",
    area: str = "",
    basis: str = "",
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    evidence: str = "",
    public: bool = False,
    audience: Iterable[UUID] = (),
    data: Mapping[str, Json] | None = None,
) -> UUID:
    """Appends one act and returns its id.

    ``at`` is when it happened (with zone), ``about`` the kind and id of its object, ``kind``
    the kind of collaboration where it differs from that of the type, ``audience`` the units
    that may be told at once, ``data`` JSON without fractions and without personal data.
    Raises NotInTransaction, NotCanonical, ValueError.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(type.name)
    if at.tzinfo is None:
        raise ValueError("an act needs a time with a zone")
    if basis and basis not in BASES:
        raise ValueError(f"unknown basis {basis!r}")
    content: Mapping[str, Json] = data or {}
    _require_canonical(content)
    act_id = new_id()
    about_kind, about_id = about
    partners = sorted({u for u in with_units if u != by_unit})
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                act_id,
                type.name,
                at.astimezone(UTC),
                clock.now(),
                by_post,
                by_unit,
                partners,
                type.kind if kind is None else kind,
                incident,
                phase,
                area,
                about_kind,
                about_id,
                basis,
                asked_at,
                due_at,
                outcome,
                evidence,
                "public" if public else "parties",
                sorted(set(audience)),
                orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode(),
            ],
        )
    return act_id


@dataclass(frozen=True)
class NewAct:
    """An act that is to be written with others; the fields are the arguments of ``append``."""

    type: ActType
    at: datetime
    about: tuple[str, UUID]
    by_post: UUID | None = None
    by_unit: UUID | None = None
    with_units: Iterable[UUID] = ()
    kind: str | None = None
    incident: UUID | None = None
    phase: str = ""
    area: str = ""
    basis: str = ""
    asked_at: datetime | None = None
    due_at: datetime | None = None
    outcome: str = ""
    evidence: str = ""
    public: bool = False
    audience: Iterable[UUID] = ()
    data: Mapping[str, Json] = field(default_factory=dict)


def append_all(acts: Sequence[NewAct]) -> list[UUID]:
    """Appends many acts in one statement, in their order, and returns their ids. Raises as
    ``append`` does; then none is written."""
    if not connection.in_atomic_block:
        raise NotInTransaction("append_all")
    if not acts:
        return []
    ids = [new_id() for _act in acts]
    rows = [_row(act_id, act) for act_id, act in zip(ids, acts, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ALL, [clock.now(), orjson.dumps(rows).decode()])
    return ids


def _row(act_id: UUID, act: NewAct) -> dict[str, object]:
    if act.at.tzinfo is None:
        raise ValueError("an act needs a time with a zone")
    if act.basis and act.basis not in BASES:
        raise ValueError(f"unknown basis {act.basis!r}")
    _require_canonical(act.data)
    about_kind, about_id = act.about
    return {
        "id": act_id,
        "type": act.type.name,
        "at": act.at.astimezone(UTC),
        "by_post": act.by_post,
        "by_unit": act.by_unit,
        "with_units": sorted({unit for unit in act.with_units if unit != act.by_unit}),
        "kind": act.type.kind if act.kind is None else act.kind,
        "incident": act.incident,
        "phase": act.phase,
        "area": act.area,
        "about_kind": about_kind,
        "about_id": about_id,
        "basis": act.basis,
        "asked_at": act.asked_at,
        "due_at": act.due_at,
        "outcome": act.outcome,
        "evidence": act.evidence,
        "visibility": "public" if act.public else "parties",
        "audience": sorted(set(act.audience)),
        "data": act.data,
    }


def _require_canonical(value: Json) -> None:
    match value:
        case None | str() | bool() | int():
            return
        case Mapping():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise NotCanonical(repr(key))
                _require_canonical(item)
        case list() | tuple():
            for item in value:
                _require_canonical(item)
        case _:
            raise NotCanonical(repr(value))
