"""A plan is played through the acts; a player that is killed goes on where it was."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache
from itertools import pairwise

import pytest
from django.db import connection

from tongzhou.demo import plan, player, scenario
from tongzhou.demo.cast import MEMBERS, PLACES, UNITS
from tongzhou.demo.models import Run
from tongzhou.demo.objects import Objects
from tongzhou.demo.player import CHUNK, OtherDemoThere, Progress
from tongzhou.demo.season import ZONE
from tongzhou.demo.steps import PartOf, Step
from tongzhou.kernel import clock
from tongzhou.tasks.models import State, Task

SEED = 7
OF_THE_CAST = len(PLACES) + len(UNITS) + len(MEMBERS) + 1  # and the second post of ye
pytestmark = pytest.mark.django_db


@cache
def few() -> list[Step]:
    """The province and the first days of a hundredth of the work; without powers and duties,
    one step of which is hundreds of acts."""
    until = datetime(2020, 1, 28, 12, tzinfo=ZONE)
    steps = plan.steps(scenario.load(), SEED, scale=0.04)
    return [s for s in steps if s.at < until and not s.act.startswith("mandates.")]


def begin() -> Run:
    return player.start("test", seed=SEED, steps=len(few()), data="", at=clock.now())


def ignore(progress: Progress) -> None:
    """A watcher that looks away."""


def acts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_act")
        return int(cursor.fetchone()[0])


def types() -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, count(*) FROM ledger_act GROUP BY 1")
        return Counter(dict(cursor.fetchall()))


def expected(number: int | None = None) -> int:
    """Acts that the first steps (or all) amount to: the cast, two for each sending, the
    parts of a split, the signal that an incident was opened from; a clock that finds nothing
    late says nothing."""
    total = 0
    for step in few()[:number]:
        match step.act:
            case "demo.assemble":
                total += OF_THE_CAST
            case "tasks.send_task":
                total += 2
            case "tasks.split_task":
                parts = step.args["parts"]
                assert isinstance(parts, tuple)
                total += 1 + 2 * sum(isinstance(part, PartOf) for part in parts)
            case "incidents.open_incident" if "signal" in step.args:
                total += 2
            case "hotline.register_ticket":
                # Registered, created, and dispatched or merged.
                total += 3
            case _:
                total += 1
    return total


def test_every_step_is_done_through_its_act() -> None:
    run = begin()

    player.play(run, few(), watch=ignore)

    assert acts() == expected()
    assert Run.objects.get().step == len(few())
    assert Task.objects.filter(state=State.CONFIRMED).exists()


def test_acts_have_happened_in_simulated_time() -> None:
    player.play(begin(), few(), watch=ignore)

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at), max(at) FROM ledger_act")
        first, last = cursor.fetchone()
    assert (first, last) == (few()[0].at, few()[-1].at)


def test_ids_follow_from_run_seed_and_key() -> None:
    player.play(begin(), few(), watch=ignore)
    sent = next(step for step in few() if step.act == "tasks.send_task")

    task = Task.objects.get(id=Objects("test", SEED).id_of("task", sent.makes))

    assert task.title == sent.args["title"]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("steps_done", [1, CHUNK - 1, 3 * CHUNK, 5 * CHUNK + 17])
def test_a_killed_player_loses_its_chunk_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, steps_done: int
) -> None:
    run = begin()
    with monkeypatch.context() as patch:
        patch.setattr(player, "perform", dying_after(steps_done))
        with pytest.raises(Killed):
            player.play(run, few(), watch=ignore)

    kept = Run.objects.get().step
    assert 0 <= steps_done - kept < CHUNK
    assert acts() == expected(kept)


def test_the_next_player_goes_on_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for steps_done in (CHUNK + 3, 2 * CHUNK, 17):
        with monkeypatch.context() as patch:
            patch.setattr(player, "perform", dying_after(steps_done))
            with pytest.raises(Killed):
                player.play(begin(), few(), watch=ignore)

    player.play(begin(), few(), watch=ignore)

    assert acts() == expected()
    assert Task.objects.count() == types()["task.created.v1"]
    assert max(Counter(Task.objects.values_list("title", "created_at", "asker")).values()) == 1


def dying_after(number: int) -> Callable[[Step, Objects], None]:
    """``perform`` that dies before the step behind this number."""
    left = number
    perform = player.perform

    def dying(step: Step, objects: Objects) -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        perform(step, objects)

    return dying


def test_a_player_beside_another_does_not_repeat_a_chunk() -> None:
    stale = begin()
    player.play(begin(), few(), watch=ignore)

    player.play(stale, few(), watch=ignore)

    assert acts() == expected()


def test_the_watcher_hears_of_every_chunk() -> None:
    heard: list[Progress] = []

    player.play(begin(), few(), watch=heard.append)

    assert [p.step for p in heard] == sorted({p.step for p in heard})
    assert heard[-1] == Progress(len(few()), len(few()), few()[-1].at)
    assert all(b.step - a.step <= CHUNK for a, b in pairwise(heard))


def test_a_change_of_phase_ends_its_chunk() -> None:
    heard: list[Progress] = []
    places = [n for n, s in enumerate(few(), 1) if s.act == "incidents.change_phase"]

    player.play(begin(), few(), watch=heard.append)

    assert places
    assert set(places) <= {p.step for p in heard}


def test_other_steps_are_not_played_on_top() -> None:
    begin()

    with pytest.raises(OtherDemoThere):
        player.start("test", seed=SEED + 1, steps=len(few()), data="", at=clock.now())
    with pytest.raises(OtherDemoThere):
        player.start("test", seed=SEED, steps=1, data="", at=clock.now())
