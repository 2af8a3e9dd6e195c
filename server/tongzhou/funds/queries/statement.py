"""The statement of a fund: every posting with the balance after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from tongzhou.funds.choices import Kind
from tongzhou.funds.models import Fund, Gift, Spending, Transfer
from tongzhou.incidents.models.words import in_language
from tongzhou.kernel.api.cursor import decode, encode

_LINES: Final = """
WITH lines AS (
    SELECT e.posting_id,
        coalesce(sum(e.amount) FILTER (WHERE a.books IN ('free', 'held')), 0)::bigint AS moved,
        coalesce(sum(e.amount) FILTER (WHERE a.books = 'held'), 0)::bigint AS held,
        coalesce(sum(e.amount) FILTER (WHERE a.books = 'goods'), 0)::bigint AS goods
    FROM funds_entry e JOIN funds_account a ON a.id = e.account_id
    WHERE a.fund_id = %(fund)s GROUP BY e.posting_id
), running AS (
    SELECT *, (sum(moved) OVER w)::bigint AS balance, (sum(held) OVER w)::bigint AS aside,
        (sum(goods) OVER w)::bigint AS stored
    FROM lines WINDOW w AS (ORDER BY posting_id)
)
SELECT r.posting_id, p.kind, p.at, p.about_kind, p.about_id, p.reference,
    coalesce(u.name_zh, ''), coalesce(u.name_en, ''), r.moved, r.held, r.goods, r.balance, r.aside,
    r.stored
FROM running r JOIN funds_posting p ON p.id = r.posting_id
LEFT JOIN actors_unit u ON u.id = p.party_id
WHERE %(before)s::uuid IS NULL OR r.posting_id < %(before)s::uuid
ORDER BY r.posting_id DESC LIMIT %(limit)s
"""
#: A file holds this many lines at most.
MOST: Final = 100_000


@dataclass(frozen=True)
class Line:
    """A posting: what it moved, and what there is after it. ``held`` and ``goods`` are the
    parts that were set aside and that came or went in kind."""

    id: UUID
    kind: str
    at: datetime
    about: str
    address: tuple[str, int] | None
    reference: str
    party: str
    moved: int
    held: int
    goods: int
    balance: int
    aside: int
    stored: int

    @property
    def kind_label(self) -> str:
        """What it did, in words."""
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Statement:
    """Lines, the latest first, and the cursor of the earlier ones ("" on the last page)."""

    lines: list[Line]
    next: str


def of(fund: Fund, *, cursor: str = "", limit: int = 50) -> Statement:
    """A page of the statement; four queries however long it is. The balances are those after
    each posting, counted from the first. Raises CursorInvalid."""
    before = decode(cursor, [UUID])[0] if cursor else None
    rows = _rows(fund, before=before, limit=limit + 1)
    shown = rows[:limit]
    more = encode([shown[-1][0]]) if len(rows) > limit else ""
    return Statement(_lines(shown), more)


def whole(fund: Fund) -> list[Line]:
    """Every line, the earliest first; for files."""
    return _lines(_rows(fund, before=None, limit=MOST))[::-1]


def _rows(fund: Fund, *, before: UUID | None, limit: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"fund": fund.id, "before": before, "limit": limit})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _lines(rows: list[tuple[Any, ...]]) -> list[Line]:
    names = _names((row[3], row[4]) for row in rows)
    return [
        Line(
            id=row[0], kind=row[1], at=row[2],
            about=names.get(row[4], ("", None))[0], address=names.get(row[4], ("", None))[1],
            reference=row[5], party=in_language(row[6], row[7]), moved=row[8], held=row[9],
            goods=row[10], balance=row[11], aside=row[12], stored=row[13],
        )
        for row in rows
    ]  # fmt: skip


def _names(
    about: Iterable[tuple[str, UUID]],
) -> Mapping[UUID, tuple[str, tuple[str, int] | None]]:
    wanted: dict[str, set[UUID]] = {"gift": set(), "spending": set(), "transfer": set()}
    for kind, about_id in about:
        if kind in wanted:
            wanted[kind].add(about_id)
    found: dict[UUID, tuple[str, tuple[str, int] | None]] = {}
    for gift in Gift.objects.filter(id__in=wanted["gift"]):
        found[gift.id] = (f"{gift.reference} {gift.thing}".strip(), ("gift", gift.number))
    for spending in Spending.objects.filter(id__in=wanted["spending"]):
        found[spending.id] = (str(spending), ("spending", spending.number))
    for transfer in Transfer.objects.filter(id__in=wanted["transfer"]):
        found[transfer.id] = (transfer.reference, ("transfer", transfer.number))
    return found
