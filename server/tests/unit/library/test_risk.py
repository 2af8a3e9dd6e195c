"""Areas classed by their counts, as the rules of 2020 and 2022 say."""

from datetime import date, timedelta

import pytest

from tongzhou.library.kinds.risk_area import RiskAreaBody
from tongzhou.library.risk import classify
from tongzhou.library.shipped_files import shipped

DAY = date(2022, 7, 20)


def rules(version: int) -> RiskAreaBody:
    """The shipped rules of one version."""
    for one in shipped():
        if (one.document.key, one.document.version) == ("epidemic-risk", version):
            assert isinstance(one.body, RiskAreaBody)
            return one.body
    raise AssertionError(version)


def ago(**days: int) -> dict[date, int]:
    """``ago(d3=5)``: five new cases three days ago."""
    return {DAY - timedelta(days=int(name[1:])): count for name, count in days.items()}


@pytest.mark.parametrize(
    ("new", "cluster", "level"),
    [
        ({}, None, "low"),
        (ago(d14=40), False, "low"),
        (ago(d13=1), False, "medium"),
        (ago(d20=49, d2=1), True, "medium"),
        (ago(d20=50, d2=1), True, "high"),
        (ago(d20=50, d2=1), False, "medium"),
        (ago(d20=50, d2=1), None, "medium"),
        (ago(d20=80), False, "low"),
    ],
)
def test_counties_in_february_2020(new: dict[date, int], cluster: bool | None, level: str) -> None:
    assert classify(rules(1), new=new, on=DAY, cluster=cluster).level == level


@pytest.mark.parametrize(
    ("days", "ninth", "twenty"),
    [(0, "high", "high"), (4, "high", "high"), (5, "high", "low"), (6, "high", "low"),
     (7, "medium", "low"), (9, "medium", "low"), (10, "low", "low")],
)  # fmt: skip
def test_days_since_the_last_case_in_2022(days: int, ninth: str, twenty: str) -> None:
    new = {DAY - timedelta(days=days): 1}

    assert classify(rules(2), new=new, on=DAY).level == ninth
    assert classify(rules(3), new=new, on=DAY).level == twenty


def test_it_tells_the_rule_and_what_was_known() -> None:
    verdict = classify(rules(1), new=ago(d3=2), on=DAY, cluster=False)

    assert verdict.place == 2
    assert verdict.facts == {
        "cumulative": 2, "new_in_window": 2, "days_since_case": 3, "cluster_in_window": 0,
    }  # fmt: skip
    assert verdict.rule.why.en == "New cases within {window} days, at most 50 in all"


def test_days_that_lie_ahead_are_not_looked_at() -> None:
    assert classify(rules(1), new={DAY + timedelta(days=1): 99}, on=DAY).level == "low"
