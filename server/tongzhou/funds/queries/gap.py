"""What the forecast is made of, as far as a post sees it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from tongzhou.actors.models import Post
from tongzhou.funds import forecast
from tongzhou.funds.choices import Books, ClaimState, GiftState, SpendingState
from tongzhou.funds.forecast import Forecast, Plan, Promise, Purse
from tongzhou.funds.models import Account, Claim, Fund, Gift, Payment, Planned, Spending
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.errors import NotFound

WEEKS: Final = 8
MOST_WEEKS: Final = 26
#: Accepted cost is paid within this time, by the rule of the clocks.
_PAID_WITHIN: Final = timedelta(days=30)


def kept(post: Post) -> list[Fund]:
    """The funds whose statement the post's unit may read: its own and those below it."""
    found = Fund.objects.filter(Q(owner__line__contains=[post.unit_id]), of_world(post))
    return list(found.select_related("owner").order_by("code")[:500])


def planned(*, visible_to: Post, limit: int = 200) -> list[Planned]:
    """Spending that the post's unit or one below it expects, that was not dropped."""
    found = Planned.objects.filter(
        Q(unit__line__contains=[visible_to.unit_id]), of_world(visible_to), dropped_at=None
    )
    return list(found.select_related("unit", "incident").order_by("since", "id")[:limit])


def find_planned(id: UUID, *, visible_to: Post) -> Planned:
    """One of them. Raises NotFound."""
    found = Planned.objects.filter(
        Q(unit__line__contains=[visible_to.unit_id]), of_world(visible_to), id=id
    )
    one = found.select_related("unit").first()
    if one is None:
        raise NotFound()
    return one


def of(*, visible_to: Post, at: datetime, weeks: int = WEEKS) -> Forecast:
    """The forecast of the funds that the post's unit and those below it keep. Eight queries
    however many rows. Plans: requests that are not paid (each from its own fund; what is
    approved is set aside already and counts as there), claims accepted and not yet asked for,
    and planned spending. Promised: gifts of money."""
    today = timezone.localtime(at).date()
    funds = kept(visible_to)
    ids = [fund.id for fund in funds]
    codes = {fund.id: fund.code for fund in funds}
    return forecast.forecast(
        today=today,
        weeks=max(1, min(weeks, MOST_WEEKS)),
        purses=_purses(funds, today),
        promises=[
            Promise(codes[gift.fund_id], gift.expected_on or today, gift.promised or 0)
            for gift in Gift.objects.filter(
                fund__in=ids, state=GiftState.PROMISED, in_kind=False
            )
        ],
        plans=[*_requests(ids, codes), *_claims(visible_to), *_typed(visible_to, today)],
        spent=_spent(ids, today),
    )  # fmt: skip


def _purses(funds: Iterable[Fund], today: date) -> list[Purse]:
    known = list(funds)
    there: dict[UUID, int] = {}
    rows = Account.objects.filter(fund__in=known, books__in=(Books.FREE, Books.HELD))
    for fund_id, balance in rows.values_list("fund", "balance"):
        assert fund_id is not None
        there[fund_id] = there.get(fund_id, 0) + balance
    gone = _weekly(Payment.objects.filter(spending__fund__in=known), "spending__fund", today)
    return [
        Purse(
            code=fund.code,
            there=there.get(fund.id, 0),
            purposes=frozenset(fund.purposes),
            ends_on=fund.ends_on,
            left=gone.get(fund.id, ()),
        )
        for fund in known
    ]


def _weekly(payments: object, key: str, today: date) -> dict[UUID | str, list[int]]:
    """By fund or purpose what was paid in each of the last whole weeks, the latest last."""
    monday = today - timedelta(days=today.weekday())
    since = monday - timedelta(weeks=forecast.MOST_WEEKS)
    begin = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(monday, datetime.min.time()))
    rows = (
        payments.filter(at__gte=begin, at__lt=end)  # type: ignore[attr-defined]
        .annotate(week=TruncWeek("at"))
        .values(key, "week")
        .annotate(sum=Sum("amount"), back=Sum("returned"))
    )
    found: dict[UUID | str, list[int]] = {}
    for row in rows:
        place = (timezone.localtime(row["week"]).date() - since).days // 7
        weeks = found.setdefault(row[key], [0] * forecast.MOST_WEEKS)
        weeks[place] += row["sum"] - row["back"]
    return found


def _spent(funds: list[UUID], today: date) -> dict[str, list[int]]:
    payments = Payment.objects.filter(spending__fund__in=funds)
    return {str(k): v for k, v in _weekly(payments, "spending__purpose", today).items()}


def _requests(funds: list[UUID], codes: dict[UUID, str]) -> list[Plan]:
    open_states = (SpendingState.ASKED, SpendingState.APPROVED)
    rows = Spending.objects.filter(fund__in=funds, state__in=open_states)
    return [
        Plan(
            row.purpose, row.needed_on, row.needed_on, row.approved or row.amount,
            codes[row.fund_id],
        )
        for row in rows
    ]  # fmt: skip


def _claims(post: Post) -> list[Plan]:
    asked = Spending.objects.filter(
        for_kind="claim", state__in=("asked", "approved", "paid")
    ).values("for_id")
    rows = Claim.objects.filter(
        Q(answerer__line__contains=[post.unit_id]), of_world(post),
        state__in=(ClaimState.ACCEPTED, ClaimState.PARTLY),
    ).exclude(id__in=asked)  # fmt: skip
    plans = []
    for row in rows:
        assert row.answered_at is not None
        day = timezone.localtime(row.answered_at + _PAID_WITHIN).date()
        plans.append(Plan(row.purpose, day, day, row.accepted or 0))
    return plans


def _typed(post: Post, today: date) -> list[Plan]:
    """What was expected for days that passed is no debt: it was asked for since, or not."""
    return [
        Plan(row.purpose, row.since, row.until, row.amount)
        for row in planned(visible_to=post, limit=1000)
        if row.until >= today
    ]
