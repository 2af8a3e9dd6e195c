"""The progress bar: for a terminal, for a function, or none."""

import pytest

from tongzhou.demo.bar import showing
from tongzhou.demo.player import Progress
from tongzhou.demo.season import moment

HALF = Progress(step=50, steps=100, at=moment("02-07 10:00"))


def test_a_bar_tells_the_simulated_day_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with showing(True) as watch:
        watch(HALF)

    printed = capsys.readouterr()
    assert "Playing 2020-02-07" in printed.err
    assert "50/100" in printed.err
    assert printed.out == ""


def test_without_a_bar_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with showing(False) as watch:
        watch(HALF)

    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_function_is_told_itself() -> None:
    heard: list[Progress] = []

    with showing(heard.append) as watch:
        watch(HALF)

    assert heard == [HALF]
