"""What is planned against what is there: by purpose and week, as a pure function.

Money goes to what is needed first; of several funds that may pay, the one that is bound to the
fewest purposes gives first, then the one that ends first, so that free money is left for what
nothing else pays. Promised gifts count from the week in which they are expected.

Where nothing is planned for a purpose in a week, what was spent on it lately goes on: the mean
x̄ of the last k whole weeks (3 to 8), k being the weeks since money was first spent. For m such
weeks the sum is expected between m·x̄ ± t·s·√(m + m²/k), the 95 % prediction interval of a sum
of m further values (normal, independent weeks; t with k − 1 degrees of freedom; s the standard
deviation of the k weeks), cut off at nothing; the gap is worked out anew with either bound.
With fewer than three weeks nothing is extrapolated.

The days until a fund is empty are 7·(at hand + set aside)/x̄ of what left the fund; between
x̄ ± t·s/√k."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Final

#: Two-sided 95 % of Student's t, by degrees of freedom.
_T: Final = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365}
FEWEST_WEEKS: Final = 3
MOST_WEEKS: Final = 8
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Purse:
    """A fund as the forecast sees it: what is there, what it may pay (none: anything), until
    when, and what left it in each of the last whole weeks, the latest last."""

    code: str
    there: int
    purposes: frozenset[str] = frozenset()
    ends_on: date | None = None
    left: Sequence[int] = ()


@dataclass(frozen=True)
class Promise:
    """Money that was promised to a fund for a day."""

    fund: str
    day: date
    amount: int


@dataclass(frozen=True)
class Plan:
    """Money that is to be spent on a purpose between two days, evenly. ``fund``: from this
    one alone; empty: from any that may."""

    purpose: str
    since: date
    until: date
    amount: int
    fund: str = ""


@dataclass(frozen=True)
class Rate:
    """Weeks of spending: how many there are, their mean and deviation."""

    weeks: int
    mean: float
    deviation: float

    def of(self, weeks: int) -> tuple[float, float, float]:
        """What so many further weeks are expected to take: lower bound, expectation, upper
        bound."""
        expected = weeks * self.mean
        if not weeks:
            return (0.0, 0.0, 0.0)
        half = _T[self.weeks - 1] * self.deviation * sqrt(weeks + weeks**2 / self.weeks)
        return (max(0.0, expected - half), expected, expected + half)


@dataclass(frozen=True)
class WeekOf:
    """A purpose in one week: what is planned, what is extrapolated, what can be paid, and
    what lacks."""

    monday: date
    planned: int
    extrapolated: int
    covered: int

    @property
    def wanted(self) -> int:
        """Planned and extrapolated."""
        return self.planned + self.extrapolated

    @property
    def gap(self) -> int:
        """What lacks."""
        return self.wanted - self.covered


@dataclass(frozen=True)
class PurposeGap:
    """A purpose over all weeks. ``low`` and ``high``: between what the gap lies where a part
    is extrapolated; None where nothing is. ``rate``: None with fewer than three weeks."""

    purpose: str
    weeks: list[WeekOf]
    rate: Rate | None
    low: int | None
    high: int | None

    @property
    def wanted(self) -> int:
        """In all weeks."""
        return sum(week.wanted for week in self.weeks)

    @property
    def planned(self) -> int:
        """In all weeks, of it what somebody planned."""
        return sum(week.planned for week in self.weeks)

    @property
    def extrapolated(self) -> int:
        """In all weeks, of it what goes on as lately."""
        return self.wanted - self.planned

    @property
    def covered(self) -> int:
        """In all weeks."""
        return sum(week.covered for week in self.weeks)

    @property
    def gap(self) -> int:
        """In all weeks."""
        return sum(week.gap for week in self.weeks)


@dataclass(frozen=True)
class Emptying:
    """The days until a fund is empty; None: never, at its present pace, or nobody knows."""

    code: str
    there: int
    days: float | None
    low: float | None
    high: float | None
    weeks: int


@dataclass(frozen=True)
class Forecast:
    """What lacks, by purpose and week, and the funds."""

    mondays: list[date]
    purposes: list[PurposeGap]
    funds: list[Emptying]
    there: int
    promised: int
    left_over: int

    @property
    def gap(self) -> int:
        """What lacks in all."""
        return sum(purpose.gap for purpose in self.purposes)


def rate_of(weeks: Sequence[int]) -> Rate | None:
    """The pace of the last whole weeks; the weeks before the first spending do not count.
    None with fewer than three."""
    begun = next((n for n, amount in enumerate(weeks) if amount), len(weeks))
    seen = list(weeks[begun:])[-MOST_WEEKS:]
    n = len(seen)
    if n < FEWEST_WEEKS:
        return None
    mean = sum(seen) / n
    return Rate(n, mean, sqrt(sum((x - mean) ** 2 for x in seen) / (n - 1)))


@dataclass
class _Money:
    purse: Purse
    left: int


def forecast(
    *,
    today: date,
    weeks: int,
    purses: Sequence[Purse],
    promises: Sequence[Promise] = (),
    plans: Sequence[Plan] = (),
    spent: Mapping[str, Sequence[int]] | None = None,
) -> Forecast:
    """The gap of so many weeks from the week of ``today`` on. ``spent``: by purpose what was
    paid in each of the last whole weeks, the latest last. Amounts are whole; what is spread
    over days is split so that nothing is lost."""
    first = today - timedelta(days=today.weekday())
    mondays = [first + n * WEEK for n in range(weeks)]
    wanted = _spread(plans, mondays, today)
    paces = {purpose: rate_of(past) for purpose, past in (spent or {}).items()}
    names = sorted({purpose for purpose, _fund in wanted} | {p for p, r in paces.items() if r})
    free = {name: weeks - _planned_weeks(wanted, name, weeks) for name in names}
    bounds = {
        name: rate.of(free[name])
        for name in names
        if (rate := paces.get(name)) is not None and free[name]
    }

    def run(bound: int) -> tuple[dict[str, list[WeekOf]], int]:
        going_on = {name: round(found[bound] / free[name]) for name, found in bounds.items()}
        return _run(mondays, names, purses, promises, wanted, going_on)

    (low, _left), (table, left_over), (high, _none) = run(0), run(1), run(2)
    return Forecast(
        mondays=mondays,
        purposes=[
            PurposeGap(
                purpose=name,
                weeks=table[name],
                rate=paces.get(name),
                low=sum(week.gap for week in low[name]) if name in bounds else None,
                high=sum(week.gap for week in high[name]) if name in bounds else None,
            )
            for name in names
        ],
        funds=[emptying(purse) for purse in purses],
        there=sum(purse.there for purse in purses),
        promised=sum(p.amount for p in promises if p.day < first + weeks * WEEK),
        left_over=left_over,
    )


def _planned_weeks(wanted: Mapping[tuple[str, str], list[int]], name: str, weeks: int) -> int:
    rows = [row for (purpose, _fund), row in wanted.items() if purpose == name]
    return sum(1 for n in range(weeks) if any(row[n] for row in rows))


def _run(
    mondays: Sequence[date],
    names: Sequence[str],
    purses: Sequence[Purse],
    promises: Sequence[Promise],
    wanted: Mapping[tuple[str, str], list[int]],
    going_on: Mapping[str, int],
) -> tuple[dict[str, list[WeekOf]], int]:
    """Pays week by week; what lacks, and what is left over."""
    money = {purse.code: _Money(purse, max(0, purse.there)) for purse in purses}
    table: dict[str, list[WeekOf]] = {purpose: [] for purpose in names}
    for n, monday in enumerate(mondays):
        for promise in promises:
            if promise.fund in money and _falls(promise.day, monday, mondays[0]):
                money[promise.fund].left += promise.amount
        for purpose in names:
            parts = [(fund, row[n]) for (name, fund), row in wanted.items() if name == purpose]
            planned = sum(amount for _fund, amount in parts)
            more = 0 if planned else going_on.get(purpose, 0)
            # What one fund alone may pay comes before what any may.
            covered = sum(
                _draw(money, purpose, fund, amount, monday)
                for fund, amount in [*sorted(parts, reverse=True), ("", more)]
            )
            table[purpose].append(WeekOf(monday, planned, more, covered))
    return table, sum(each.left for each in money.values())


def _falls(day: date, monday: date, first: date) -> bool:
    """What was expected before today counts as coming this week."""
    return monday <= max(day, first) < monday + WEEK


def _spread(
    plans: Sequence[Plan], mondays: Sequence[date], today: date
) -> dict[tuple[str, str], list[int]]:
    """By purpose and fund what each week takes. A plan's days before today are over; what was
    needed by a day that passed is needed now."""
    found: dict[tuple[str, str], list[int]] = {}
    for plan in plans:
        row = found.setdefault((plan.purpose, plan.fund), [0] * len(mondays))
        since, until = max(plan.since, today), max(plan.until, today)
        days = (until - since).days + 1
        whole = plan.amount
        if plan.since < today <= plan.until:
            whole = plan.amount * days // ((plan.until - plan.since).days + 1)
        gone = 0
        for n, monday in enumerate(mondays):
            so_far = min(days, max(0, (monday + WEEK - since).days))
            amount = whole * so_far // days - gone
            row[n] += amount
            gone += amount
    return found


def _draw(money: dict[str, _Money], purpose: str, fund: str, amount: int, monday: date) -> int:
    """Takes so much from the funds that may pay; returns what they had."""
    may = [
        each
        for each in money.values()
        if (not fund or each.purse.code == fund)
        and (not each.purse.purposes or purpose in each.purse.purposes)
        and (each.purse.ends_on is None or each.purse.ends_on >= monday)
    ]
    may.sort(
        key=lambda each: (
            len(each.purse.purposes) or 10**6, each.purse.ends_on or date.max, each.purse.code
        )
    )  # fmt: skip
    taken = 0
    for each in may:
        part = min(each.left, amount - taken)
        each.left -= part
        taken += part
    return taken


def emptying(purse: Purse) -> Emptying:
    """How long a fund lasts at its present pace."""
    rate = rate_of(purse.left)
    there = max(0, purse.there)
    if rate is None or rate.mean <= 0:
        return Emptying(purse.code, purse.there, None, None, None, rate.weeks if rate else 0)
    half = _T[rate.weeks - 1] * rate.deviation / sqrt(rate.weeks)
    slow = rate.mean - half
    return Emptying(
        code=purse.code,
        there=purse.there,
        days=7 * there / rate.mean,
        low=7 * there / (rate.mean + half),
        high=7 * there / slow if slow > 0 else None,
        weeks=rate.weeks,
    )
