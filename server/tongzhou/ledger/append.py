"""Writing an act, inside the transaction of the change that it tells of."""

from collections.abc import Iterable, Mapping, Sequence
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
