"""Times in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from tongzhou.kernel import clock
from tongzhou.ui import moments

NOW = datetime(2020, 1, 23, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 s", "0秒"),
        (59, "59 s", "59秒"),
        (60, "1 min", "1分钟"),
        (7200, "2 h", "2小时"),
        (7500, "2 h 5 min", "2小时5分钟"),
        (86400 * 3, "3 d", "3天"),
        (86400 * 3 + 4 * 3600, "3 d 4 h", "3天4小时"),
        (-60, "1 min", "1分钟"),
    ],
)
def test_a_duration_has_at_most_two_units(seconds: int, english: str, chinese: str) -> None:
    assert moments.duration_text(seconds) == english
    with translation.override("zh-hans"):
        assert moments.duration_text(seconds) == chinese


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(hours=49), "2 d ago"),
        (timedelta(minutes=-5), "in 5 min"),
        (timedelta(days=100), "15 Oct 2019"),
    ],
)
def test_a_distance_is_said_in_its_largest_unit(ago: timedelta, words: str) -> None:
    assert moments.ago_text(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("left", "english", "chinese"),
    [
        (timedelta(seconds=30), "due now", "即将到期"),
        (timedelta(seconds=-61), "overdue by 1 min", "逾期1分钟"),
        (timedelta(hours=2), "due in 2 h", "剩余2小时"),
        (timedelta(days=90), "due 22 Apr 2020", "2020年4月22日到期"),
    ],
)
def test_a_due_time_is_said_in_both_languages(left: timedelta, english: str, chinese: str) -> None:
    assert moments.due_text(NOW + left, NOW) == english
    with translation.override("zh-hans"):
        assert moments.due_text(NOW + left, NOW) == chinese


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("minute", "23 Jan 2020, 12:30"),
        ("short", "23 Jan, 12:30"),
        ("day", "23 Jan 2020"),
        ("time", "12:30"),
    ],
)
def test_a_moment_has_a_few_styles(style: str, words: str) -> None:
    assert moments.local_text(NOW, style, NOW) == words


def test_the_short_style_says_the_year_where_it_is_another_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The same text is asked for again once the year has turned, in local time.
    last_hour = datetime(2020, 12, 31, 15, 30, tzinfo=UTC)
    for now, words in (
        (last_hour, "23 Jan, 12:30"),
        (last_hour + timedelta(hours=1), "23 Jan 2020, 12:30"),
    ):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        assert moments.local_text(NOW, "short") == words
    with translation.override("zh-hans"):
        assert moments.local_text(NOW, "short") == "2020年1月23日 12:30"


def test_an_unknown_style_is_an_error() -> None:
    with pytest.raises(ValueError, match="fancy"):
        moments.local_text(NOW, "fancy")


@pytest.mark.parametrize(
    ("minutes", "urgency"), [(-1, "overdue"), (119, "soon"), (121, "today"), (1441, "later")]
)
def test_urgency_has_four_steps(minutes: int, urgency: str) -> None:
    assert moments.urgency(NOW + timedelta(minutes=minutes), NOW) == urgency
