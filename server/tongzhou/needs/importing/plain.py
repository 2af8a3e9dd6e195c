"""Tables that anybody can make: needs of units, and the status of hospitals."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from tongzhou.actors.models import Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Refusal
from tongzhou.needs.actions.ask_for import UnknownPriority, require_priority
from tongzhou.needs.actions.report_hospital import FIELDS, checked
from tongzhou.needs.importing.tables import Table
from tongzhou.needs.planning import (
    ItemNotInCatalogue,
    LinePlan,
    NeedPlan,
    Plan,
    RowRepeated,
    StatusPlan,
    ValueMissing,
    moment,
)

NEEDS: Final = frozenset({"unit", "item"})
NEEDS_KNOWN: Final = NEEDS | {"need", "quantity", "in", "needed_by", "priority", "reason", "note",
                              "place", "area"}  # fmt: skip
HOSPITALS: Final = frozenset({"unit", "as_of"})
HOSPITALS_KNOWN: Final = HOSPITALS | {*FIELDS, "source"}


def names(tables: Sequence[Table]) -> set[str]:
    """All names of things in the files."""
    return {row["item"] for table in tables if table.has >= NEEDS for row in table.rows}


def units(tables: Sequence[Table]) -> dict[str, Unit]:
    """The units of the files, by code. One query."""
    codes = {row.get("unit", "").strip().lower() for table in tables for row in table.rows}
    found = Unit.objects.filter(code__in=codes).select_related("area")
    return {unit.code: unit for unit in found.defer("area__boundary", "area__profile")}


def plan_needs(
    tables: Sequence[Table], items: Mapping[str, Item], known: Mapping[str, Unit], *, at: datetime
) -> Plan:
    """Lines of one unit with the same ``need`` (a number of one's own), or without one, make
    one need."""
    found = Plan(living=True)
    packs = catalogue.packs_of(list(items.values()))
    for table in tables:
        if not table.has >= NEEDS:
            found.unused.append(table.name)
            continue
        found.unknown_columns += sorted(table.has - NEEDS_KNOWN)
        found.rows += len(table.rows)
        for row, values in table.numbered():
            try:
                _line(table, row, values, items, known, packs, found, at)
            except Refusal as refusal:
                refusal.row = row
                refusal.params = {**refusal.params, "file": table.name}
                found.faults.append(refusal)
    return found


def _line(
    table: Table, row: int, values: Mapping[str, str], items: Mapping[str, Item],
    known: Mapping[str, Unit], packs: Mapping[UUID, dict[str, Decimal]], found: Plan,
    at: datetime,
) -> None:  # fmt: skip
    code = values["unit"].strip().lower()
    if code not in known:
        raise UnitUnknown(field="unit", code=code[:80])
    item = items.get(values["item"])
    if item is None:
        raise ItemNotInCatalogue(field="item", row=row, file=table.name, value=values["item"][:60])
    said = values.get("quantity", "").strip()
    amount = (
        catalogue.to_base(item, said, values.get("in", ""), packs=packs[item.id], row=row)
        if said
        else None
    )
    level = values.get("priority", "").strip() or "3"
    if level not in {"1", "2", "3", "4"}:
        raise UnknownPriority(field="priority")
    require_priority(int(level), values.get("reason", ""))
    needed = values.get("needed_by", "").strip()
    by = moment(needed, file=table.name, row=row, column="needed_by") if needed else None
    name = values.get("need", "").strip()[:60]
    if not name:
        told = "|".join((code, needed, level, values.get("place", "")))
        name = hashlib.sha256(told.encode()).hexdigest()[:16]
    origin = f"table:{code}:{name}"
    need = found.needs.setdefault(
        origin,
        NeedPlan(
            origin, code, at, note=values.get("note", "")[:2000],
            place=values.get("place", "")[:200], area_code=values.get("area", "").strip()[:40],
            needed_by=by, priority=int(level), reason=values.get("reason", "").strip()[:500],
        ),
    )  # fmt: skip
    if item.id in need.lines:
        raise RowRepeated(field="item", row=row, file=table.name)
    need.lines[item.id] = LinePlan(
        item, amount, typed=f"{said} {values.get('in', '')}".strip()[:60]
    )


def plan_hospitals(tables: Sequence[Table], known: Mapping[str, Unit], *, at: datetime) -> Plan:
    """A row for each hospital and moment."""
    found = Plan(living=True)
    for table in tables:
        if not table.has >= HOSPITALS:
            found.unused.append(table.name)
            continue
        found.unknown_columns += sorted(table.has - HOSPITALS_KNOWN)
        found.rows += len(table.rows)
        for row, values in table.numbered():
            try:
                code = values["unit"].strip().lower()
                if code not in known:
                    raise UnitUnknown(field="unit", code=code[:80])
                as_of = moment(values["as_of"], file=table.name, row=row, column="as_of")
                if as_of > at:
                    raise ValueMissing(field="as_of", file=table.name, column="as_of")
                figures = checked(known[code], values, row=row)
            except Refusal as refusal:
                refusal.row = row
                refusal.params = {**refusal.params, "file": table.name}
                found.faults.append(refusal)
                continue
            said = values.get("source", "").strip()[:200] or table.name[:200]
            found.statuses.append(StatusPlan(code, as_of, figures, said, row))
    return found
