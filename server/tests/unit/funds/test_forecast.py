"""The forecast on small tables, worked by hand."""

from datetime import date, timedelta
from math import isclose, sqrt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongzhou.funds.forecast import (
    Emptying,
    Plan,
    Promise,
    Purse,
    emptying,
    forecast,
    rate_of,
)

#: A Monday.
TODAY = date(2020, 2, 3)


def test_money_bound_to_the_purpose_gives_first() -> None:
    found = forecast(
        today=TODAY,
        weeks=2,
        purses=[
            Purse("free", 100),
            Purse("tests", 30, frozenset({"testing"})),
        ],
        plans=[
            Plan("testing", TODAY, TODAY, 50),
            Plan("supplies", TODAY + timedelta(7), TODAY + timedelta(7), 95),
        ],
    )

    rows = {row.purpose: row for row in found.purposes}
    assert [(w.planned, w.covered) for w in rows["testing"].weeks] == [(50, 50), (0, 0)]
    # 100 - (50 - 30) = 80 are left for the 95 of the second week.
    assert [(w.planned, w.gap) for w in rows["supplies"].weeks] == [(0, 0), (95, 15)]
    assert (found.gap, found.left_over, found.there) == (15, 0, 130)


def test_a_request_is_paid_by_its_own_fund_alone() -> None:
    found = forecast(
        today=TODAY, weeks=1, purses=[Purse("a", 10), Purse("b", 100)],
        plans=[Plan("other", TODAY, TODAY, 40, "a")],
    )  # fmt: skip

    assert (found.gap, found.left_over) == (30, 100)


def test_promised_money_counts_from_its_week_on() -> None:
    found = forecast(
        today=TODAY, weeks=2, purses=[Purse("a", 0)],
        promises=[Promise("a", TODAY + timedelta(8), 60)],
        plans=[Plan("other", TODAY, TODAY + timedelta(13), 100)],
    )  # fmt: skip

    assert [(w.planned, w.covered) for w in found.purposes[0].weeks] == [(50, 0), (50, 50)]
    assert (found.promised, found.left_over) == (60, 10)


def test_what_is_overdue_is_needed_now_and_what_is_over_does_not_count() -> None:
    found = forecast(
        today=TODAY, weeks=1, purses=[],
        plans=[
            Plan("other", TODAY - timedelta(9), TODAY - timedelta(9), 7),
            Plan("relief", TODAY - timedelta(5), TODAY + timedelta(4), 100),
        ],
    )  # fmt: skip

    assert {row.purpose: row.gap for row in found.purposes} == {"other": 7, "relief": 50}


def test_an_ended_fund_pays_nothing() -> None:
    ended = Purse("a", 100, ends_on=TODAY - timedelta(1))
    found = forecast(today=TODAY, weeks=1, purses=[ended], plans=[Plan("x", TODAY, TODAY, 5)])

    assert found.gap == 5


def test_spending_goes_on_as_lately_with_an_interval() -> None:
    # Mean 100, deviation 10, three weeks; two further ones: 200 ± 4.303·10·√(2 + 4/3).
    half = 4.303 * 10 * sqrt(2 + 4 / 3)
    found = forecast(
        today=TODAY, weeks=2, purses=[Purse("a", 0)], spent={"testing": [0, 0, 90, 100, 110]}
    )

    (row,) = found.purposes
    assert (row.extrapolated, row.gap) == (200, 200)
    assert (row.low, row.high) == (2 * round((200 - half) / 2), 2 * round((200 + half) / 2))


def test_two_weeks_are_not_extrapolated() -> None:
    assert rate_of([0, 0, 0, 5, 7]) is None
    assert rate_of([]) is None
    assert forecast(today=TODAY, weeks=4, purses=[], spent={"other": [5, 7]}).purposes == []


def test_a_plan_takes_the_place_of_the_pace() -> None:
    found = forecast(
        today=TODAY, weeks=2, purses=[], spent={"other": [10, 10, 10]},
        plans=[Plan("other", TODAY, TODAY, 3)],
    )  # fmt: skip

    assert [(w.planned, w.extrapolated) for w in found.purposes[0].weeks] == [(3, 0), (0, 10)]


def test_the_days_until_a_fund_is_empty() -> None:
    found = emptying(Purse("a", 300, left=[90, 100, 110]))
    half = 4.303 * 10 / sqrt(3)

    assert found.days == 21
    assert found.low is not None
    assert found.high is not None
    assert isclose(found.low, 2100 / (100 + half))
    assert isclose(found.high, 2100 / (100 - half))
    assert emptying(Purse("a", 300, left=[0, 0])) == Emptying("a", 300, None, None, None, 0)
    assert emptying(Purse("a", 300, left=[1, 0, 9])).high is None


AMOUNTS = st.integers(min_value=0, max_value=10**12)
PURPOSES = st.sampled_from(["supplies", "testing", "relief"])
DAYS = st.integers(min_value=-20, max_value=60).map(lambda n: TODAY + timedelta(n))


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    st.lists(st.tuples(AMOUNTS, st.frozensets(PURPOSES)), max_size=4),
    st.lists(st.tuples(PURPOSES, DAYS, DAYS, AMOUNTS), max_size=6),
    st.lists(st.tuples(DAYS, AMOUNTS), max_size=3),
)
def test_no_money_appears_or_vanishes(
    purses: list[tuple[int, frozenset[str]]],
    plans: list[tuple[str, date, date, int]],
    promises: list[tuple[date, int]],
) -> None:
    found = forecast(
        today=TODAY,
        weeks=10,
        purses=[Purse(str(n), there, bound) for n, (there, bound) in enumerate(purses)],
        promises=[Promise("0", day, amount) for day, amount in promises] if purses else [],
        plans=[Plan(p, min(a, b), max(a, b), amount) for p, a, b, amount in plans],
    )

    covered = sum(row.covered for row in found.purposes)
    assert covered + found.left_over == found.there + found.promised
    assert all(week.gap >= 0 for row in found.purposes for week in row.weeks)
