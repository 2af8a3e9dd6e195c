"""What there is to do when the demo has been played: for everybody, and dated from now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tongzhou.demo import plan, player, present, scenario
from tongzhou.demo.cast import MEMBERS, Cast
from tongzhou.demo.opening import opening
from tongzhou.demo.player import Progress
from tongzhou.demo.scenario import Scenario
from tongzhou.demo.steps import Step
from tongzhou.incidents.models import Decision, Incident, Measure, Signal, SignalState
from tongzhou.kernel import clock
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.queries import boards

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROWS: Scenario = scenario.load()
OF_SPRING = ("incidents.open_incident", "incidents.form_group")


def steps() -> list[Step]:
    return present.steps(ROWS, 2020, now=NOW)


def test_the_same_moment_gives_the_same_steps() -> None:
    assert steps() == present.steps(ROWS, 2020, now=NOW)


def test_everything_lies_behind_the_present() -> None:
    made = steps()

    assert [step.at for step in made] == sorted(step.at for step in made)
    assert NOW - timedelta(days=14) < made[0].at <= made[-1].at < NOW


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


def spring() -> list[Step]:
    """The incident of 2020 and its first groups: the present looks back at it."""
    made = [s for s in plan.steps(ROWS, 2020, scale=0) if s.act in OF_SPRING]
    return [replace(s, args={k: v for k, v in s.args.items() if k != "signal"}) for s in made]


@pytest.fixture
def played(cast: Cast) -> Cast:
    """The cast, the other units, and the present played on top."""
    others = [step for step in opening(ROWS, small=True) if step.act != "demo.assemble"]
    everything = [*others, *spring(), *steps()]
    run = player.start("now", seed=1, steps=len(everything), data="", at=clock.now())
    player.play(run, everything, watch=_ignore)
    return cast


def _ignore(progress: Progress) -> None:
    """Nobody watches."""


def test_whoever_signs_in_finds_work(played: Cast) -> None:
    for member in MEMBERS:
        post = played.posts[member.username]
        waiting = boards.waiting_for(visible_to=post, at=NOW)
        sections = (waiting.to_accept, waiting.in_hand, waiting.late, waiting.to_confirm)
        found = sum(len(section.rows) for section in sections)

        # The outsider and the resident are asked for nothing.
        assert (found == 0) == (member.username in {"ou", "ren"}), member.username


def test_tasks_stand_in_all_states_but_the_closed_ones(played: Cast) -> None:
    states = set(Task.objects.values_list("state", flat=True))

    assert states >= {
        State.DRAFT, State.DISPATCHED, State.SEEN, State.ACCEPTED, State.IN_PROGRESS,
        State.BLOCKED, State.DONE, State.REFUSED, State.RETURNED,
    }  # fmt: skip


def test_something_is_late_and_most_is_not(played: Cast) -> None:
    late = Task.objects.filter(due_at__lt=NOW)

    assert 1 <= late.count() <= 5


def test_signals_measures_and_decisions_wait(played: Cast) -> None:
    incident = Incident.objects.get(code="influenza-watch")

    assert incident.is_open
    assert not incident.exercise
    assert Signal.objects.exclude(state=SignalState.ANSWERED).count() == 3
    assert all(measure.in_force(NOW) for measure in Measure.objects.all())
    assert Decision.objects.filter(completed_at=None, due_at__gt=NOW).count() == 3
