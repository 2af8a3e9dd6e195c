"""Funds with what is in them: a list, one of them, and those to choose from."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_KEEP, FUND_SEE
from tongzhou.funds.choices import Books, SpendingState
from tongzhou.funds.models import Account, Fund, Spending
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound


def visible(post: Post) -> QuerySet[Fund, Fund]:
    """The funds that the post's unit has to do with: its own, those of units below and above
    it, those open to its area, those that it gave."""
    unit = post.unit
    known = (
        Q(owner__line__contains=[unit.id])
        | Q(owner__in=unit.above)
        | Q(open_to_area=True, owner__area__code__in=unit.area.line())
        | Q(giver=unit.id)
    )
    return Fund.objects.filter(known, of_world(post))


def filled(found: QuerySet[Fund, Fund]) -> QuerySet[Fund, Fund]:
    """With ``free``, ``held`` and ``goods``, what is in the accounts, and ``asked``, what waits
    for approval; and the names that a page shows."""
    related = found.select_related("owner__area", "area", "incident", "giver")
    return related.annotate(
        free=_balance(Books.FREE),
        held=_balance(Books.HELD),
        goods=_balance(Books.GOODS),
        asked=Coalesce(
            Subquery(
                Spending.objects.filter(fund=OuterRef("id"), state=SpendingState.ASKED)
                .order_by()
                .values("fund")
                .annotate(sum=Sum("amount"))
                .values("sum")
            ),
            0,
        ),
    )


def _balance(books: Books) -> Any:
    rows = Account.objects.filter(fund=OuterRef("id"), books=books)
    return Coalesce(Subquery(rows.values("balance")[:1]), 0)


def listed(
    *,
    visible_to: Post,
    q: str = "",
    source: str = "",
    purpose: str = "",
    mine: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Fund]:
    """Funds by code: whose code or name holds ``q``, of a source, that a purpose may be paid
    from, of the own unit alone. One query. Raises CursorInvalid."""
    found = filled(visible(visible_to))
    for word in q.split()[:8]:
        found = found.filter(
            Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
        )
    if source:
        found = found.filter(source=source)
    if purpose:
        found = found.filter(Q(purposes=[]) | Q(purposes__contains=[purpose]))
    if mine:
        found = found.filter(owner=visible_to.unit_id)
    return slice_of(found, by=[("code", str)], cursor=cursor, limit=limit)


def find(code: str, *, visible_to: Post) -> Fund:
    """One fund with what is in it. Raises NotFound."""
    found = filled(visible(visible_to)).filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def sees_statement(fund: Fund, post: Post) -> bool:
    """Who reads every line: whoever keeps or approves, those above, the supervisors."""
    return permissions.allowed(by=post, word=FUND_SEE, on=fund)


def to_ask(*, visible_to: Post, limit: int = 200) -> list[Fund]:
    """Funds that the post may ask for money."""
    found = visible(visible_to).select_related("owner__area", "area", "incident")
    ways = {"own", "line", "below", "inside"}
    return [f for f in found.order_by("code")[:limit] if f.relations_of(visible_to) & ways]


def kept(*, visible_to: Post, limit: int = 200) -> list[Fund]:
    """Funds that the post keeps."""
    found = visible(visible_to).filter(owner__line__contains=[visible_to.unit_id])
    rows = found.select_related("owner__area", "area", "incident").order_by("code")[:limit]
    return [f for f in rows if permissions.allowed(by=visible_to, word=FUND_KEEP, on=f)]


def taking_gifts(limit: int = 100) -> list[Fund]:
    """Funds to which anybody may promise a gift; never those of an exercise."""
    found = Fund.objects.filter(takes_gifts=True).exclude(incident__exercise=True)
    return list(found.select_related("owner__area", "incident").order_by("code")[:limit])
