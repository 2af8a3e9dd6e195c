"""Levels of risk on the days on which they change."""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from actscope.epidemic.incidence import Incidence, incidence
from actscope.epidemic.risk import AreaLevel, DayOutsideError, area_levels
from actscope.epidemic.risk_rules import (
    NoRulesOnDayError,
    RulesUnreadableError,
    in_force,
    rules_of,
    shipped_rules,
)

FIRST = datetime(2020, 2, 1, tzinfo=UTC)


def counted(cases: dict[int, int], days: int = 40) -> Incidence:
    """Cases by day of the series, from 0."""
    day = pa.array([FIRST + timedelta(days=i) for i in range(days)], pa.timestamp("us", "UTC"))
    return incidence(pa.table({"day": day, "cases": [cases.get(i, 0) for i in range(days)]}))


def level(
    cases: dict[int, int], *, on: int, rules: str = "cn-2020-02", cluster: bool | None = None
) -> AreaLevel:
    (chosen,) = (one for one in shipped_rules() if one.id == rules)
    clusters = {} if cluster is None else {"street": cluster}
    day = FIRST.date() + timedelta(days=on)
    found = area_levels({"street": counted(cases)}, on=day, rules=chosen, clusters=clusters)
    return found.areas[0]


@pytest.mark.parametrize(
    ("cases", "on", "cluster", "expected"),
    [
        ({}, 20, None, "low"),
        ({5: 50}, 18, None, "medium"),
        ({5: 50}, 19, None, "low"),
        ({5: 51}, 18, False, "medium"),
        ({5: 51}, 18, True, "high"),
        ({5: 51}, 19, True, "low"),
        ({1: 50, 18: 1}, 18, True, "high"),
    ],
)
def test_the_grades_of_2020(
    cases: dict[int, int], on: int, cluster: bool | None, expected: str
) -> None:
    assert level(cases, on=on, cluster=cluster).level == expected


def test_a_level_carries_the_rule_and_the_numbers() -> None:
    found = level({5: 40, 9: 2}, on=18)

    assert found.rule_en == "new cases within 14 days, 50 cases at most in all"
    assert found.rule_zh == "14天内有新增确诊病例，累计确诊病例不超过50例"
    assert found.numbers == {
        "cumulative": 42,
        "new_14": 42,
        "days_without": 9,
        "cluster_14": None,
    }


def test_a_rule_that_hangs_on_what_is_not_known_gives_no_level() -> None:
    found = level({5: 51}, on=18)

    assert (found.level, found.rule_en, found.unknown) == (None, None, ("cluster_14",))


@pytest.mark.parametrize(
    ("rules", "on", "expected"),
    [
        ("cn-2022-06", 11, "high"),
        ("cn-2022-06", 12, "medium"),
        ("cn-2022-06", 14, "medium"),
        ("cn-2022-06", 15, "low"),
        ("cn-2022-11", 9, "high"),
        ("cn-2022-11", 10, "low"),
    ],
)
def test_the_rules_of_2022_count_days_without_cases(rules: str, on: int, expected: str) -> None:
    assert level({2: 9, 5: 1}, on=on, rules=rules).level == expected


def test_days_without_a_count_are_owned_up_to() -> None:
    day = pa.array([FIRST, FIRST + timedelta(days=5)], pa.timestamp("us", "UTC"))
    cases = incidence(pa.table({"day": day, "cases": [1, 1]}))

    found = area_levels(
        {"street": cases}, on=FIRST.date() + timedelta(days=5), rules=shipped_rules()[0]
    )

    assert found.areas[0].missing_days == 4


def test_an_area_whose_counts_do_not_reach_the_day_has_no_level() -> None:
    day = FIRST.date() + timedelta(days=30)

    found = area_levels(
        {"long": counted({}), "short": counted({}, days=10)}, on=day, rules=shipped_rules()[0]
    )

    assert [(one.area, one.level) for one in found.areas] == [("long", "low"), ("short", None)]
    assert (found.n, found.missing) == (2, 1)
    with pytest.raises(DayOutsideError):
        area_levels({"short": counted({}, days=10)}, on=day, rules=shipped_rules()[0])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 2, 17), "cn-2020-02"),
        (date(2022, 6, 26), "cn-2020-02"),
        (date(2022, 6, 27), "cn-2022-06"),
        (date(2023, 1, 7), "cn-2022-11"),
    ],
)
def test_the_rules_in_force_follow_the_day(day: date, expected: str) -> None:
    assert in_force(shipped_rules(), day).id == expected


@pytest.mark.parametrize("day", [date(2020, 2, 16), date(2023, 1, 8)])
def test_a_day_without_rules_is_refused(day: date) -> None:
    with pytest.raises(NoRulesOnDayError):
        in_force(shipped_rules(), day)


HEAD = "[[sets]]\n" + "".join(
    f'{name} = "x"\n'
    for name in (
        *("id", "jurisdiction", "area_en", "area_zh", "title_en", "title_zh"),
        *("force", "source", "confidence", "note"),
    )
)
RULE = '[[sets.rules]]\nlevel = "low"\nen = "x"\nzh = "x"\nwhen = [["new_14", "<", 3]]\n'


def test_of_several_sets_in_force_the_later_counts() -> None:
    earlier = f"{HEAD}valid_from = 2020-01-01\n{RULE}"
    later = earlier.replace("2020-01-01", "2021-01-01").replace('id = "x"', 'id = "y"')

    sets = rules_of(earlier + later)

    assert in_force(sets, date(2020, 6, 1)).id == "x"
    assert in_force(sets, date(2021, 6, 1)).id == "y"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[sets",
        "sets = 3",
        "sets = [3]",
        f"{HEAD}{RULE}",
        f'{HEAD}valid_from = "soon"\n{RULE}',
        f"{HEAD}valid_from = 2020-01-01\nvalid_to = 3\n{RULE}",
        f"{HEAD}valid_from = 2020-01-01\n",
        f"{HEAD}valid_from = 2020-01-01\n{RULE.replace('new_14', 'mood')}",
        f"{HEAD}valid_from = 2020-01-01\n{RULE.replace('<', '~')}",
        f"{HEAD}valid_from = 2020-01-01\n{RULE.replace('level', 'grade')}",
    ],
)
def test_a_table_that_does_not_say_what_it_must_is_refused(text: str) -> None:
    with pytest.raises(RulesUnreadableError):
        rules_of(text)
