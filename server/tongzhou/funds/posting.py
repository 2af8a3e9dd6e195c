"""Writing into the books: accounts locked in one order, entries that sum to zero, and the
portions by which each giver sees what became of the own gift."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import OUTSIDE, Books, Kind
from tongzhou.funds.models import Account, Entry, Fund, Gift, Portion, Portioned, Posting
from tongzhou.kernel.errors import Conflict


class FundShort(Conflict):
    """A fund has less than is wanted of it."""

    code = "fund-short"
    message = _("“%(fund)s” has %(there)s left; %(wanted)s is more than that.")


@dataclass
class Ledger:
    """The accounts of one fund, locked until the transaction ends."""

    fund: Fund
    accounts: Mapping[str, Account]

    @property
    def at_hand(self) -> int:
        """What may still be promised or transferred, an overdraft included."""
        return self.accounts[Books.FREE].balance - self.accounts[Books.FREE].floor

    @property
    def total(self) -> int:
        """At hand and set aside."""
        return self.accounts[Books.FREE].balance + self.accounts[Books.HELD].balance

    def require(self, amount: int) -> None:
        """Raises FundShort when less than this is at hand."""
        if amount > self.at_hand:
            money = self.fund.money
            raise FundShort(
                field="amount",
                fund=self.fund.name,
                there=money.text(max(0, self.at_hand)),
                wanted=money.text(amount),
            )


def locked(*funds: Fund) -> list[Ledger]:
    """The books of these funds, locked in one order whatever order they are asked in."""
    ids = [fund.id for fund in funds]
    rows = Account.objects.select_for_update(no_key=True).filter(fund__in=ids).order_by("id")
    found: dict[UUID, dict[str, Account]] = {each: {} for each in ids}
    for row in rows:
        assert row.fund_id is not None
        found[row.fund_id][row.books] = row
    return [Ledger(fund, found[fund.id]) for fund in funds]


def open_books(fund: Fund) -> None:
    """The accounts of a new fund."""
    Account.objects.bulk_create(
        Account(
            books=books, fund=fund, floor=-fund.overdraft if books == Books.FREE else 0, balance=0
        )
        for books in (Books.FREE, Books.HELD, Books.GOODS)
    )


def outside(books: Books) -> Account:
    """An account of the world outside."""
    assert books in OUTSIDE
    return Account.objects.get_or_create(books=books, fund=None)[0]


def write(
    kind: Kind,
    *,
    entries: Iterable[tuple[Account, int]],
    by: Post,
    at: datetime,
    about: tuple[str, UUID] | None = None,
    reference: str = "",
    party: Unit | None = None,
) -> Posting:
    """Writes one posting; the database moves the balances and holds that the entries sum to
    zero. Entries of nothing are left out. The balances of the accounts are kept up to date."""
    posting = Posting.objects.create(
        kind=kind,
        at=at,
        post=by,
        about_kind=about[0] if about else "",
        about_id=about[1] if about else None,
        reference=reference,
        party=party,
    )
    lines = [(account, amount) for account, amount in entries if amount]
    Entry.objects.bulk_create(
        Entry(posting=posting, account=account, amount=amount) for account, amount in lines
    )
    for account, amount in lines:
        if account.fund_id is not None:
            account.balance += amount
    return posting


def came_in(books: Ledger, posting: Posting, *, amount: int, gift: Gift | None = None) -> None:
    """Keeps what came in as a portion; what the fund was overdrawn is covered first."""
    left = min(amount, max(0, books.total))
    portion = Portion.objects.create(
        fund=books.fund, posting=posting, gift=gift, amount=amount, left=left
    )
    if left < amount:
        Portioned.objects.create(portion=portion, posting=posting, amount=amount - left)


def went_out(fund: Fund, posting: Posting, *, amount: int) -> list[tuple[Portion, int]]:
    """Takes this out of the portions of a fund whose books are locked, first in first out.
    What is overdrawn belongs to no portion."""
    taken: list[tuple[Portion, int]] = []
    wanted = amount
    for portion in Portion.objects.filter(fund=fund, left__gt=0).order_by("id").iterator(100):
        part = min(portion.left, wanted)
        taken.append((portion, part))
        wanted -= part
        if not wanted:
            break
    for portion, part in taken:
        Portion.objects.filter(id=portion.id).update(left=F("left") - part)
    Portioned.objects.bulk_create(
        Portioned(portion=portion, posting=posting, amount=part) for portion, part in taken
    )
    return taken


def carried(books: Ledger, posting: Posting, taken: list[tuple[Portion, int]], amount: int) -> None:
    """Money that moved from another fund keeps whose gift it is. The books are those of the
    receiving fund, after the posting."""
    owed = max(0, amount - max(0, books.total))
    rest = amount - sum(part for _portion, part in taken)
    for gift_id, part in [*((p.gift_id, n) for p, n in taken), *([(None, rest)] if rest else [])]:
        covered = min(owed, part)
        owed -= covered
        portion = Portion.objects.create(
            fund=books.fund, posting=posting, gift_id=gift_id, amount=part, left=part - covered
        )
        if covered:
            Portioned.objects.create(portion=portion, posting=posting, amount=covered)


def came_back(books: Ledger, posting: Posting, *, paid: Posting, amount: int) -> None:
    """Money that was paid and comes back belongs to whoever gave it; the last that was taken
    comes back first."""
    wanted = amount
    back: list[tuple[Portion, int]] = []
    uses = Portioned.objects.filter(posting=paid).select_related("portion").order_by("-portion_id")
    for use in uses:
        part = min(use.amount - use.returned, wanted)
        if not part:
            continue
        Portioned.objects.filter(id=use.id).update(returned=F("returned") + part)
        back.append((use.portion, part))
        wanted -= part
    carried(books, posting, back, amount)
