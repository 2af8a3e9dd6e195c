"""GetUsPPE, USA 2020–21: requests of places, offers of donors, matches between them.

A request says what is needed and never how much. A match is a row for each thing: delivered (it
came), closed (it did not, with the reason), or still being made. Keys are short ids; places are
counties. What the source itself got wrong is named row by row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from tongzhou.catalogue import quantities
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Refusal
from tongzhou.needs.importing.tables import Table
from tongzhou.needs.planning import (
    ClosedBeforeMade,
    CommitmentPlan,
    ItemNotInCatalogue,
    LinePlan,
    NeedPlan,
    NothingMatched,
    OfferLinePlan,
    OfferPlan,
    Plan,
    RowRepeated,
    TestRecord,
    UnitPlan,
    moment,
)

REQUESTS: Final = frozenset({"request_id", "ppe_types_requested"})
OFFERS: Final = frozenset({"offer_id", "donor_id", "equipment", "qty"})
MATCHES: Final = frozenset({"match_id", "donor_id", "facility_id", "equipment", "qty"})
_KNOWN: Final = {
    REQUESTS: REQUESTS | {"created", "state", "county", "facility_type"},
    OFFERS: OFFERS | {"created", "source", "state"},
    MATCHES: MATCHES | {"created", "closed_or_delivered", "status", "substatus"},
}
_WHY: Final[Mapping[str, str]] = {
    "no_supply": "no supply", "no_contact_facility": "facility not reached",
    "no_contact_donor": "donor not reached", "no_need": "no need any more",
    "prefers_different": "prefers something else", "donor_update": "the donor changed it",
    "email_to_donor": "the donor was written to",
}  # fmt: skip
_SLUG = re.compile(r"[^a-z0-9]+")


def names(tables: Sequence[Table]) -> set[str]:
    """All names of things in the files."""
    found: set[str] = set()
    for table in tables:
        if table.has >= REQUESTS:
            for row in table.rows:
                found.update(_types(row["ppe_types_requested"]))
        elif table.has >= OFFERS or table.has >= MATCHES:
            found.update(row["equipment"] for row in table.rows)
    return found


def plan(tables: Sequence[Table], items: Mapping[str, Item]) -> Plan:
    """What the files say, with the items of the catalogue by the names in ``names``."""
    found = Plan()
    held: dict[tuple[str, str], tuple[str, int]] = {}
    order = {REQUESTS: _requests, MATCHES: _matches, OFFERS: _offers}
    ranked: list[tuple[int, Table, Any]] = []
    for table in tables:
        kind = next((k for k in (REQUESTS, MATCHES, OFFERS) if table.has >= k), None)
        if kind is None:
            found.unused.append(table.name)
            continue
        found.unknown_columns += sorted(table.has - _KNOWN[kind])
        found.rows += len(table.rows)
        ranked.append(((REQUESTS, OFFERS, MATCHES).index(kind), table, order[kind]))
    for _place, table, read in sorted(ranked, key=lambda one: one[0]):
        read(table, items, found, held)
    return found


def _types(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _requests(table: Table, items: Mapping[str, Item], found: Plan, held: Any) -> None:
    seen: set[tuple[str, ...]] = set()
    for row, values in table.numbered():
        same = tuple(v for k, v in values.items() if k != "request_id")
        if same in seen:
            found.notes.append(RowRepeated(row=row, field="request_id", file=table.name))
            continue
        seen.add(same)
        try:
            at = moment(values["created"], file=table.name, row=row, column="created")
        except Refusal as refusal:
            found.faults.append(refusal)
            continue
        unit = _county(values.get("state", ""), values.get("county", ""), found)
        origin = f"getusppe:request:{values['request_id'][:60]}"
        need = NeedPlan(origin, unit, at, note=values.get("facility_type", "")[:300])
        for name in _types(values["ppe_types_requested"]):
            item = items.get(name)
            if item is None:
                found.faults.append(_unknown(table, row, "ppe_types_requested", name))
            else:
                need.lines.setdefault(item.id, LinePlan(item, None))
        if need.lines:
            found.needs[origin] = need


def _county(state: str, county: str, found: Plan) -> str:
    state, county = state.strip().upper()[:40], county.strip()[:60]
    slug = _SLUG.sub("-", f"{state} {county}".lower()).strip("-") or "nowhere"
    code = f"gp-{slug}"[:80].strip("-")
    if code not in found.units:
        place = ", ".join(part for part in (county, state) if part) or "USA"
        found.units[code] = UnitPlan(
            code,
            f"{place}（医疗机构）",
            f"Facilities of {place}",
            "hospital",
            "district",
            "",
            place,
        )
    return code


def _unknown(table: Table, row: int, column: str, name: str) -> ItemNotInCatalogue:
    return ItemNotInCatalogue(field=column, row=row, file=table.name, value=name[:60])


def _quantity(text: str, item: Item, *, row: int, table: Table) -> Decimal | None:
    """The amount; None for nothing, which the source writes where it does not know."""
    number = quantities.read(
        text or "0", decimals=item.decimals, item=item.name, field="qty", row=row, zero=True
    )
    return number or None


def _offers(
    table: Table, items: Mapping[str, Item], found: Plan, held: dict[tuple[str, str], Any]
) -> None:
    for row, values in table.numbered():
        item = items.get(values["equipment"])
        if item is None:
            found.faults.append(_unknown(table, row, "equipment", values["equipment"]))
            continue
        try:
            at = moment(values["created"], file=table.name, row=row, column="created")
            amount = _quantity(values["qty"], item, row=row, table=table)
        except Refusal as refusal:
            refusal.params = {**refusal.params, "file": table.name}
            found.faults.append(refusal)
            continue
        donor = values["donor_id"][:40]
        origin = f"getusppe:offer:{values['offer_id'][:60]}"
        offer = found.offers.setdefault(origin, OfferPlan(origin, at, donor=donor))
        offer.lines.append(OfferLinePlan(item, amount))
        key = (donor, values["equipment"])
        held.setdefault(key, (origin, len(offer.lines)))


def _matches(
    table: Table, items: Mapping[str, Item], found: Plan, held: dict[tuple[str, str], Any]
) -> None:
    seen: set[tuple[str, ...]] = set()
    times: dict[tuple[str, str], int] = {}
    for row, values in table.numbered():
        same = tuple(values.values())
        if same in seen:
            found.notes.append(RowRepeated(row=row, field="match_id", file=table.name))
            continue
        seen.add(same)
        if values.get("substatus") == "test_match":
            found.notes.append(TestRecord(row=row, field="substatus", file=table.name))
            continue
        item = items.get(values["equipment"])
        if item is None:
            found.faults.append(_unknown(table, row, "equipment", values["equipment"]))
            continue
        try:
            made = _match(table, row, values, item, found, held)
        except Refusal as refusal:
            refusal.params = {**refusal.params, "file": table.name}
            found.faults.append(refusal)
            continue
        key = (values["match_id"], values["equipment"])
        times[key] = times.get(key, 0) + 1
        made.origin = f"{made.origin}:{times[key]}"
        found.commitments.append(made)


def _match(
    table: Table, row: int, values: Mapping[str, str], item: Item, found: Plan,
    held: dict[tuple[str, str], tuple[str, int]],
) -> CommitmentPlan:  # fmt: skip
    at = moment(values["created"], file=table.name, row=row, column="created")
    amount = _quantity(values["qty"], item, row=row, table=table)
    if amount is None:
        raise NothingMatched(field="qty", row=row, file=table.name, value=values["qty"][:20])
    ended = _ended(table, row, values, at, found)
    facility, donor = values["facility_id"][:40], values["donor_id"][:40]
    code = f"gp-{_SLUG.sub('-', facility.lower()).strip('-')}"
    found.units.setdefault(
        code,
        UnitPlan(code, f"GetUsPPE 机构 {facility}", f"GetUsPPE facility {facility}", "hospital",
                 "district", "", "USA"),
    )  # fmt: skip
    origin = f"getusppe:facility:{facility}"
    need = found.needs.setdefault(origin, NeedPlan(origin, code, at))
    need.stated_at = min(need.stated_at, at)
    line = need.lines.setdefault(item.id, LinePlan(item, None))
    status, why = values.get("status", ""), values.get("substatus", "")
    if why not in ("no_need", "prefers_different"):
        line.asked = (line.asked or Decimal(0)) + amount
    key = (donor, values["equipment"])
    if key not in held:
        implied = f"getusppe:implied:{donor}:{values['equipment']}"
        found.offers[implied] = OfferPlan(
            implied, at, donor=donor, lines=[OfferLinePlan(item, None)]
        )
        held[key] = (implied, 1)
    offer, place = held[key]
    received = ended if status == "delivered" else None
    return CommitmentPlan(
        origin=f"getusppe:match:{values['match_id'][:40]}:{values['equipment'][:40]}",
        need=origin, item=item.id, offer=offer, offer_place=place, quantity=amount, at=at,
        received_at=received, withdrawn_at=ended if status == "closed" else None,
        reason=_WHY.get(why, why or "closed")[:500],
    )  # fmt: skip


def _ended(
    table: Table, row: int, values: Mapping[str, str], at: datetime, found: Plan
) -> datetime | None:
    said = values.get("closed_or_delivered", "")
    if not said:
        return None
    ended = moment(said, file=table.name, row=row, column="closed_or_delivered")
    if ended < at:
        found.notes.append(ClosedBeforeMade(row=row, field="closed_or_delivered", file=table.name))
        return at
    return ended


def of_interest(tables: Iterable[Table]) -> bool:
    """True when one of the files is of this source."""
    return any(table.has >= kind for table in tables for kind in _KNOWN)
