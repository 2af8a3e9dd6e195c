"""Gifts: what came, and what became of it, for whoever gave."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from tongzhou.actors.models import Post
from tongzhou.funds.choices import Donor, GiftState, Kind, Purpose
from tongzhou.funds.models import Fund, Gift, Payment, Portion, Portioned, Posting
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.errors import NotFound

_WRITTEN: Final = re.compile(r"[^0-9A-Z]")
#: A sum of fewer donors than this would tell who gave.
FEWEST: Final = 3


def visible(post: Post) -> QuerySet[Gift, Gift]:
    """Gifts to funds that the post's unit keeps or stands above, and its own."""
    unit = post.unit_id
    known = Q(fund__owner__line__contains=[unit]) | Q(donor=unit)
    return Gift.objects.filter(known, of_world(post, by="fund__incident"))


def of_fund(fund: Fund, limit: int = 50) -> list[Gift]:
    """The gifts to a fund, the latest first."""
    return list(fund.gifts.select_related("donor").order_by("-number")[:limit])


def find(number: int, *, visible_to: Post) -> Gift:
    """One gift. Raises NotFound."""
    found = visible(visible_to).select_related("fund__owner__area", "fund__incident", "donor")
    gift = found.filter(number=number).first() if number < 2**62 else None
    if gift is None:
        raise NotFound()
    return gift


def own(*, visible_to: Post) -> list[Gift]:
    """What the post's unit gave."""
    found = visible(visible_to).filter(donor=visible_to.unit_id)
    return list(found.select_related("fund").order_by("-number")[:50])


@dataclass(frozen=True)
class Use:
    """A part of a gift that was spent or handed out: on what, to which unit, when, whether
    there is a receipt (None: none is needed), and how much of it came back."""

    at: datetime
    amount: int
    returned: int
    purpose: str
    what: str
    receiver: str
    receipt: bool | None


@dataclass(frozen=True)
class Followed:
    """A gift as its donor sees it."""

    gift: Gift
    uses: list[Use]
    used: int
    left: int
    moved: list[str]


def by_code(code: str) -> Followed:
    """What became of the gift with this code, typed in any way. Five queries. Raises
    NotFound."""
    letters = _WRITTEN.sub("", code.upper())
    written = f"{letters[:2]}-{letters[2:6]}-{letters[6:10]}-{letters[10:14]}"
    found = Gift.objects.select_related("fund__owner", "donor").filter(code=written).first()
    if found is None or len(letters) != 14:
        raise NotFound()
    return followed(found)


def followed(gift: Gift) -> Followed:
    """What became of a gift."""
    if gift.in_kind:
        return _goods(gift)
    uses = _uses(gift)
    portions = Portion.objects.filter(gift=gift)
    left = portions.aggregate(n=Coalesce(Sum("left"), 0))["n"]
    elsewhere = portions.exclude(fund=gift.fund_id).select_related("fund").order_by("id")
    moved = list(dict.fromkeys(portion.fund.name for portion in elsewhere))
    return Followed(gift, uses, sum(use.amount - use.returned for use in uses), left, moved)


def _goods(gift: Gift) -> Followed:
    rows = Posting.objects.filter(about_id=gift.id, kind=Kind.USE).select_related("party")
    handed = rows.prefetch_related("entries__account").order_by("id")
    uses = [
        Use(
            at=row.at,
            amount=sum(e.amount for e in row.entries.all() if e.amount > 0),
            returned=0,
            purpose="",
            what=row.reference,
            receiver=row.party.name if row.party else "",
            receipt=None,
        )
        for row in handed
    ]
    return Followed(gift, uses, gift.used, gift.left, [])


def _uses(gift: Gift) -> list[Use]:
    rows = Portioned.objects.filter(portion__gift=gift, posting__kind=Kind.PAY)
    found = list(rows.select_related("posting").order_by("id"))
    payments = {
        p.posting_id: p
        for p in Payment.objects.filter(
            posting__in=[row.posting_id for row in found]
        ).select_related("spending__payee")
    }
    uses = []
    for row in found:
        payment = payments[row.posting_id]
        uses.append(
            Use(
                at=payment.at,
                amount=row.amount,
                returned=row.returned,
                purpose=str(Purpose(payment.spending.purpose).label),
                what="",
                receiver=payment.spending.payee.name,
                receipt=payment.receipt_at is not None,
            )
        )
    return uses


@dataclass(frozen=True)
class Cell:
    """A sum shown to everybody; ``amount`` is None where it would tell who gave."""

    label: str
    donors: int
    amount: int | None


@dataclass(frozen=True)
class Overview:
    """What was given, and what for. ``kept_back``: how many sums were not shown."""

    by_donor: list[Cell]
    by_purpose: list[Cell]
    money: Cell
    goods: Cell
    kept_back: int


def overview() -> Overview:
    """Sums of gifts that arrived, by who gives and by what their fund is bound to. A sum of
    fewer than three donors is not shown, and where only one is kept back neither is the next
    smallest, which would give it away. Exercises do not count. Three queries."""
    arrived = Gift.objects.filter(state=GiftState.RECEIVED).exclude(fund__incident__exercise=True)
    kinds = [
        Cell(str(Donor(row["donor_kind"]).label), row["n"], row["sum"])
        for row in arrived.values("donor_kind")
        .annotate(n=Count("id"), sum=Sum("amount"))
        .order_by("donor_kind")
    ]
    per_fund = arrived.values(bound=F("fund__purposes")).annotate(n=Count("id"), sum=Sum("amount"))
    purposes = [
        Cell(", ".join(str(Purpose(code).label) for code in row["bound"]), row["n"], row["sum"])
        for row in per_fund.order_by("bound")
    ]
    whole = {
        row["in_kind"]: (row["n"], row["sum"])
        for row in arrived.values("in_kind").annotate(n=Count("id"), sum=Sum("amount"))
    }
    forms = [Cell("money", *whole.get(False, (0, 0))), Cell("goods", *whole.get(True, (0, 0)))]
    shown = [suppressed(kinds), suppressed(purposes), suppressed(forms)]
    back = sum(1 for cells in shown for cell in cells if cell.amount is None)
    return Overview(shown[0], shown[1], shown[2][0], shown[2][1], back)


def suppressed(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without the sums of fewer than three donors. Where only one is kept back the
    smallest of the others is, too: the total would give it away."""
    hidden = {n for n, cell in enumerate(cells) if 0 < cell.donors < FEWEST}
    if len(hidden) == 1:
        rest = [n for n, cell in enumerate(cells) if n not in hidden and cell.donors]
        hidden |= {min(rest, key=lambda n: (cells[n].donors, n))} if rest else set()
    return [Cell(cell.label, 0, None) if n in hidden else cell for n, cell in enumerate(cells)]
