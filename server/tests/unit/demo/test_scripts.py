"""The stories of the command layer are played through the acts, and leave what they promise."""

from collections import Counter

import pytest
from django.db import connection

from tongzhou.demo import plan, player, scenario
from tongzhou.demo.hotline import Hotline
from tongzhou.demo.player import Progress
from tongzhou.demo.scripts import rows, script
from tongzhou.demo.steps import Step
from tongzhou.incidents.models import Decision, Leg, Report, Shift
from tongzhou.kernel import clock
from tongzhou.oversight.models import AskPart, Finding, Letter
from tongzhou.tasks.models import Call, Ticket

ROWS = scenario.load()
SEED = 2020


def steps() -> list[Step]:
    return [s for s in plan.steps(ROWS, SEED, scale=0.02) if not s.act.startswith("tasks.")]


def ignore(progress: Progress) -> None:
    """Nobody watches."""


@pytest.fixture
def played(db: None) -> Counter[str]:
    """The story without its tasks; how often each act was done."""
    run = player.start("scripts", seed=SEED, steps=len(steps()), data="", at=clock.now())
    player.play(run, steps(), watch=ignore)
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, count(*) FROM ledger_act GROUP BY 1")
        return Counter(dict(cursor.fetchall()))


def test_every_story_leaves_what_it_promises(played: Counter[str]) -> None:
    # Reports: one level was late, one was skipped, all came to their end.
    assert Report.objects.filter(ended_at=None).count() == 0
    assert Leg.objects.exclude(reason="").count() == 1
    assert played["report.arrived.v1"] == 4
    # Field staff: all are back; one asked for help.
    assert Shift.objects.filter(ended_at=None).count() == 0
    assert played["shift.help_asked.v1"] == 1
    # Supervision: everything of 2020 is closed.
    assert Finding.objects.count() == 3
    assert Letter.objects.count() == 1
    # Whistles: departments came, one was replaced by the better owner that it named.
    assert Call.objects.count() == 8
    assert played["task.refused.v1"] >= 1
    # Burden: one community declined what passed its quota, one has not answered.
    assert AskPart.objects.filter(ask__title__contains="防控物资").count() == 5
    # Decisions were seen by those who carry them out.
    assert 0 < Decision.objects.exclude(seen=None).count() < Decision.objects.count()
    # The hotline: bounced, objected to, merged, called back.
    assert Ticket.objects.exists()


def test_the_hotline_has_every_fate_that_a_ticket_can_have() -> None:
    acts = Counter(step.act for step in Hotline(ROWS, SEED, 1.0).steps())

    assert acts["hotline.register_ticket"] > 120
    for act in ("refuse", "forward", "object", "review", "reopen", "call_back"):
        assert acts[f"hotline.{act}"] >= 3, act


def test_a_script_gives_the_same_steps_each_time() -> None:
    assert list(script(ROWS, "reports")) == list(script(ROWS, "reports"))


def test_a_comma_that_was_not_quoted_is_found() -> None:
    for name in plan.SCRIPTS:
        assert all(None not in row.values() for row in rows(name)), name
