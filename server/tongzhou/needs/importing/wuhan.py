"""wuhan2020: what 235 institutions of Hubei lacked in February 2020, kept by volunteers.

A cell of the table says 0 (not asked), 1 (needed, the amount is not known) or an amount. The
log says when lists were published, changed and taken down; a list that is taken down and put up
again within the hour was only published anew."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from tongzhou.catalogue import quantities
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Refusal
from tongzhou.needs.choices import RevisionEvent
from tongzhou.needs.importing.tables import Table
from tongzhou.needs.planning import (
    ItemNotInCatalogue,
    LinePlan,
    NeedPlan,
    OfferLinePlan,
    OfferPlan,
    Plan,
    RowRepeated,
    UnitPlan,
    ValueMissing,
    moment,
)

INSTITUTIONS: Final = frozenset({"record_id", "institution", "city_code"})
NEEDS: Final = frozenset({"record_id", "item", "value"})
CHANGES: Final = frozenset({"time", "institution", "item", "event", "new_value"})
FACTORIES: Final = frozenset({"factory_id", "factory", "product"})
CARRIERS: Final = frozenset({"carrier", "origin", "destination"})
_KNOWN: Final = {
    INSTITUTIONS: INSTITUTIONS | {"city", "district", "review_status", "source_url"},
    NEEDS: NEEDS | {"need", "quantity", "specification"},
    CHANGES: CHANGES | {"city", "district", "old_value"},
    FACTORIES: FACTORIES
    | {"province", "city", "category", "capacity_value", "published", "review_status",
       "source_url"},
    CARRIERS: CARRIERS
    | {"region", "green_channel", "accepts_individuals", "published", "notice_title",
       "source_url", "review_status"},
}  # fmt: skip
_KINDS: Final = (INSTITUTIONS, NEEDS, CHANGES, FACTORIES, CARRIERS)
#: A list that comes back so soon was only published anew.
SOON: Final = timedelta(hours=1)
_FIRST: Final = datetime(2020, 1, 31, 16, tzinfo=UTC)
_HOSPITAL = re.compile(r"医院|卫生院|保健院|防治院|诊所|医疗|中医")
_AUTHORITY = re.compile(r"指挥部|卫健|疾控|政府|街道")
_Key = tuple[str, str]


def names(tables: Sequence[Table]) -> set[str]:
    """All names of things in the files."""
    found: set[str] = set()
    for table in tables:
        if table.has >= NEEDS or table.has >= CHANGES:
            found.update(row["item"] for row in table.rows)
        elif table.has >= FACTORIES:
            found.update(row["product"] for row in table.rows)
    return found


def plan(tables: Sequence[Table], items: Mapping[str, Item]) -> Plan:
    """What the files say, with the items of the catalogue by the names in ``names``."""
    found = Plan()
    by_kind: dict[frozenset[str], list[Table]] = {kind: [] for kind in _KINDS}
    for table in tables:
        # The log has all columns of the needs but one: the more telling kind first.
        kind = next((k for k in (CHANGES, *_KINDS) if table.has >= k), None)
        if kind is None:
            found.unused.append(table.name)
            continue
        found.unknown_columns += sorted(table.has - _KNOWN[kind])
        found.rows += len(table.rows)
        by_kind[kind].append(table)
    records: dict[str, NeedPlan] = {}
    institutions: dict[str, NeedPlan] = {}
    for table in by_kind[INSTITUTIONS]:
        _institutions(table, records, institutions, found)
    for table in by_kind[NEEDS]:
        _needs(table, records, items, found)
    for table in by_kind[CHANGES]:
        _changes(table, institutions, items, found)
    for table in by_kind[FACTORIES]:
        _factories(table, items, found)
    for table in by_kind[CARRIERS]:
        _carriers(table, found)
    found.needs = {origin: need for origin, need in found.needs.items() if need.lines}
    return found


def _code(text: str) -> str:
    """The code of an area as the tree here has it: pairs of digits without empty ones."""
    said = text.strip()
    while said.endswith("00"):
        said = said[:-2]
    return said


def _institutions(
    table: Table, records: dict[str, NeedPlan], institutions: dict[str, NeedPlan], found: Plan
) -> None:
    for row, values in table.numbered():
        record, name = values["record_id"].strip()[:40], values["institution"].strip()[:200]
        if not record or not name:
            found.faults.append(
                ValueMissing(field="institution", row=row, file=table.name, column="institution")
            )
            continue
        key = f"{values.get('city', '')}|{name}"
        if key in institutions:
            found.notes.append(RowRepeated(row=row, field="institution", file=table.name))
            records[record] = institutions[key]
            continue
        code = f"wh-{record.lower()}"
        place = " ".join(p for p in (values.get("city", ""), values.get("district", "")) if p)
        sector = "hospital" if _HOSPITAL.search(name) else "social_organisation"
        if _AUTHORITY.search(name):
            sector = "government"
        area = _code(values["city_code"])
        found.units[code] = UnitPlan(code, name, "", sector, "district", area, place)
        origin = f"wuhan2020:{record}"
        need = NeedPlan(origin, code, _FIRST, place=place[:200], area_code=area)
        found.needs[origin] = records[record] = institutions[key] = need


def _needs(
    table: Table, records: Mapping[str, NeedPlan], items: Mapping[str, Item], found: Plan
) -> None:
    for row, values in table.numbered():
        need, item = records.get(values["record_id"].strip()), items.get(values["item"])
        if need is None:
            found.faults.append(
                ValueMissing(field="record_id", row=row, file=table.name, column="record_id")
            )
            continue
        if item is None:
            found.faults.append(_unknown(table, row, values["item"]))
            continue
        try:
            asked, amount = _value(values["value"], item, row=row, table=table)
        except Refusal as refusal:
            refusal.params = {**refusal.params, "file": table.name}
            found.faults.append(refusal)
            continue
        if not asked:
            found.not_asked += 1
            continue
        note = values.get("specification", "")[:300]
        line = need.lines.setdefault(item.id, LinePlan(item, amount, note=note))
        if amount is not None and (line.asked is None or amount > line.asked):
            line.asked = amount


def _unknown(table: Table, row: int, name: str) -> ItemNotInCatalogue:
    return ItemNotInCatalogue(field="item", row=row, file=table.name, value=name[:60])


def _value(text: str, item: Item, *, row: int, table: Table) -> tuple[bool, Decimal | None]:
    """Whether it is asked, and how much: "1" is "needed, the amount is not known"."""
    said = text.strip()
    if not said:
        return False, None
    number = quantities.read(
        said, decimals=item.decimals, item=item.name, field="value", row=row, zero=True
    )
    return number > 0, number if number > 1 else None


def _changes(
    table: Table, institutions: Mapping[str, NeedPlan], items: Mapping[str, Item], found: Plan
) -> None:
    log: dict[tuple[str, Any], list[tuple[datetime, str, str, str, int]]] = {}
    for row, values in table.numbered():
        if not values.get("event"):
            continue
        item = items.get(values["item"])
        if item is None:
            found.faults.append(_unknown(table, row, values["item"]))
            continue
        try:
            at = moment(values["time"], file=table.name, row=row, column="time")
        except Refusal as refusal:
            found.faults.append(refusal)
            continue
        key = f"{values.get('city', '')}|{values['institution'].strip()[:200]}"
        log.setdefault((key, item.id), []).append(
            (at, values["event"], values.get("old_value", ""), values["new_value"], row)
        )
    for (key, item_id), events in log.items():
        need = institutions.get(key)
        if need is None or item_id not in need.lines:
            found.not_asked += len(events)
            continue
        need.stated_at = min([need.stated_at, *(at for at, *_rest in events)])
        need.lines[item_id].revisions = _revised(sorted(events), need.lines[item_id].item, table)


def _revised(
    events: list[tuple[datetime, str, str, str, int]], item: Item, table: Table
) -> list[tuple[datetime, str, Decimal | None, Decimal | None]]:
    """The log of a line; pairs of "removed" and "listed" that lie close together say that the
    list was published anew."""
    anew: set[int] = set()
    for place, (at, event, *_rest) in enumerate(events[:-1]):
        later, following = events[place + 1][0], events[place + 1][1]
        pair = {event, following} == {"removed", "listed"} and later - at <= SOON
        if pair and place not in anew:
            anew |= {place, place + 1}
    known = {"listed": RevisionEvent.LISTED, "changed": RevisionEvent.CHANGED,
             "removed": RevisionEvent.REMOVED}  # fmt: skip
    revised = []
    for place, (at, event, old, new, row) in enumerate(events):
        kind = RevisionEvent.REPUBLISHED if place in anew else known.get(event)
        if kind is None:
            continue
        before, after = (_amount(text, item, row=row, table=table) for text in (old, new))
        revised.append((at, str(kind), before, after))
    return revised


def _amount(text: str, item: Item, *, row: int, table: Table) -> Decimal | None:
    try:
        return _value(text, item, row=row, table=table)[1]
    except Refusal:
        return None


def _factories(table: Table, items: Mapping[str, Item], found: Plan) -> None:
    by_name: dict[str, str] = {}
    for row, values in table.numbered():
        name, id_ = values["factory"].strip()[:200], values["factory_id"].strip()[:40]
        if by_name.setdefault(name, id_) != id_:
            found.notes.append(RowRepeated(row=row, field="factory", file=table.name))
            continue
        code = f"wh-{id_.lower()}"
        place = " ".join(p for p in (values.get("province"), values.get("city")) if p)
        found.units.setdefault(code, UnitPlan(code, name, "", "enterprise", "city", "", place))
        origin = f"wuhan2020:factory:{id_}"
        at = _day(values.get("published", ""))
        offer = found.offers.setdefault(origin, OfferPlan(origin, at, unit=code))
        item = items.get(values["product"])
        amount = None
        if item is not None:
            try:
                amount = _value(values.get("capacity_value", ""), item, row=row, table=table)[1]
            except Refusal as refusal:
                refusal.params = {**refusal.params, "file": table.name}
                found.faults.append(refusal)
                continue
        offer.lines.append(OfferLinePlan(item, amount, words=values["product"][:120]))


def _carriers(table: Table, found: Plan) -> None:
    for _row, values in table.numbered():
        name = values["carrier"].strip()[:200]
        mark = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()[:8]
        code = f"wh-carrier-{mark}"
        found.units.setdefault(code, UnitPlan(code, name, "", "enterprise", "city", ""))
        origin = f"wuhan2020:carrier:{mark}"
        way = f"{values['origin']} → {values['destination']}"
        said = "；".join(p for p in (values.get("notice_title", ""), way) if p)
        found.offers[origin] = OfferPlan(
            origin, _day(values.get("published", "")), unit=code, conditions=said[:500],
            lines=[OfferLinePlan(None, None, words="救援物资运输")],
        )  # fmt: skip


def _day(text: str) -> datetime:
    try:
        day = datetime.fromisoformat(text.strip())
    except ValueError:
        return _FIRST
    return day.replace(tzinfo=UTC) - timedelta(hours=8)


def of_interest(tables: Sequence[Table]) -> bool:
    """True when one of the files is of this source."""
    return any(table.has >= kind for table in tables for kind in _KINDS)
