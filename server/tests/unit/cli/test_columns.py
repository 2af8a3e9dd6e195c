"""Columns on a terminal stay in line, in both scripts."""

from tongzhou.cli.columns import table


def test_columns_stay_in_line() -> None:
    assert table([("part", "process"), ("web-1", "7")]) == "part   process\nweb-1  7"


def test_a_chinese_character_is_two_wide() -> None:
    lines = table([("部件", "x"), ("web", "y")]).splitlines()

    assert lines == ["部件  x", "web   y"]
