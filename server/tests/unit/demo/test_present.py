"""What there is to do when the demo has been played: dated from now, whenever that is."""

from datetime import UTC, datetime, timedelta

import pytest

from tongzhou.demo import present, scenario
from tongzhou.demo.scenario import Scenario
from tongzhou.demo.steps import Step

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROWS: Scenario = scenario.load()


def steps() -> list[Step]:
    return present.steps(ROWS, 2020, now=NOW)


def test_the_same_moment_gives_the_same_steps() -> None:
    assert steps() == present.steps(ROWS, 2020, now=NOW)


def test_everything_lies_behind_the_present() -> None:
    made = steps()

    assert [step.at for step in made] == sorted(step.at for step in made)
    # Stores were laid out some weeks ahead; all else is of the last two weeks.
    assert NOW - timedelta(days=60) < made[0].at <= made[-1].at < NOW


def test_another_day_moves_everything() -> None:
    later = present.steps(ROWS, 2020, now=NOW + timedelta(days=30))

    assert [step.at for step in later] == [step.at + timedelta(days=30) for step in steps()]


@pytest.mark.parametrize("minute", [0, 1, 6, 29, 30, 31, 59])
def test_three_tasks_are_overdue_whenever_the_demo_begins(minute: int) -> None:
    now = NOW.replace(minute=minute)
    made = present.steps(ROWS, 2020, now=now)
    due = [s.args["due_at"] for s in made if s.act == "tasks.send_task"]

    assert sum(at < now for at in due) == 3


def test_about_thirty_tasks_wait() -> None:
    sent = [s for s in steps() if s.act in ("tasks.send_task", "tasks.create_task")]

    assert 28 <= len(sent) <= 45
