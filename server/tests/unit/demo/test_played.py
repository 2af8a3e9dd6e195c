"""Spring and present played once, without the mass of ordinary tasks: every feature of the command
layer is met somewhere, the spring leaves nothing open, the present has work for everybody."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tongzhou.actors.models import Post
from tongzhou.demo import plan, play, player, present, scenario
from tongzhou.demo.cast import MEMBERS
from tongzhou.demo.planned import planned
from tongzhou.demo.player import Progress
from tongzhou.demo.steps import Step
from tongzhou.incidents.models import (
    Citation,
    Decision,
    Incident,
    Leg,
    Measure,
    Milestone,
    Report,
    Shift,
    Signal,
    SignalState,
    WorkingGroup,
)
from tongzhou.kernel import clock
from tongzhou.library.models import TemplateVersion
from tongzhou.mandates.models import Charge, Proposal
from tongzhou.oversight.models import AskPart, Finding, Letter
from tongzhou.oversight.queries import quota
from tongzhou.places.models import AreaMode
from tongzhou.plans.models import PlanLine, StandUp
from tongzhou.tasks.models import CLOSED, Call, State, Task, Ticket
from tongzhou.tasks.queries import boards

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SPRING_ENDS = datetime(2020, 5, 1, tzinfo=UTC)
ROWS = scenario.load()
SEED = 2020
# The mark makes the test database; each test stands in a savepoint of what was played.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo-played")]


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Counter[str]]:
    """How often each act was done; everything is taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        spring = [s for s in plan.steps(ROWS, SEED, scale=0.02) if not s.act.startswith("tasks.")]
        perform(scenario.NAME, sorted([*spring, *planned()], key=lambda step: step.at))
        perform(play.PRESENT, present.steps(ROWS, SEED, now=NOW))
        with connection.cursor() as cursor:
            cursor.execute("SELECT type, count(*) FROM ledger_act GROUP BY 1")
            yield Counter(dict(cursor.fetchall()))
        transaction.set_rollback(True)


def perform(name: str, steps: list[Step]) -> None:
    run = player.start(name, seed=SEED, steps=len(steps), data="", at=clock.now())
    player.play(run, steps, watch=ignore)


def ignore(progress: Progress) -> None:
    """Nobody watches."""


# ---------------------------------------------------------------------- the spring of 2020
def test_the_spring_leaves_nothing_open(played: Counter[str]) -> None:
    spring = Incident.objects.get(code=scenario.NAME)

    assert spring.closed_at is not None
    assert spring.closed_at < SPRING_ENDS
    assert not Task.objects.filter(created_at__lt=SPRING_ENDS).exclude(state__in=CLOSED).exists()
    assert not Proposal.objects.filter(at__lt=SPRING_ENDS, state="open").exists()
    assert not Decision.objects.filter(incident=spring, completed_at=None).exists()
    assert not Measure.objects.filter(
        incident=spring, lifted_at=None, expires_at__gt=spring.closed_at
    ).exists()
    assert not Report.objects.filter(started_at__lt=SPRING_ENDS, ended_at=None).exists()
    assert not Shift.objects.filter(started_at__lt=SPRING_ENDS, ended_at=None).exists()
    assert not Finding.objects.filter(created_at__lt=SPRING_ENDS, closed_at=None).exists()


def test_the_response_stands_up_from_the_plans_of_its_levels(played: Counter[str]) -> None:
    stood = StandUp.objects.filter(incident__code=scenario.NAME).order_by("at")

    assert [(s.key, s.state) for s in stood] == [
        ("response-i", "replaced"), ("response-ii", "stepped_down"),
    ]  # fmt: skip
    assert (
        PlanLine.objects.filter(stand_up__in=stood, kind="task", made__isnull=False).count() > 150
    )
    assert PlanLine.objects.filter(stand_up__in=stood, kind="step", made__isnull=False).exists()
    assert PlanLine.objects.filter(stand_up__in=stood, outcome="unresolved").exists()


def test_reports_go_up_late_and_past_a_silent_level(played: Counter[str]) -> None:
    assert played["report.arrived.v1"] == 4
    assert Leg.objects.exclude(reason="").count() == 1
    assert played["shift.help_asked.v1"] == 1


def test_streets_whistle_and_one_department_refuses_with_reason_and_better_owner(
    played: Counter[str],
) -> None:
    calls = Call.objects.filter(task__created_at__lt=SPRING_ENDS)

    assert calls.count() == 8
    assert played["whistle.arrived.v1"] > 6
    assert calls.filter(task__lead__code="hz-market").exists()
    assert played["task.refused.v1"] >= 1
    assert played["task.objected.v1"] >= 1
    assert Ticket.objects.exclude(task__form="task").exists()
    assert played["ticket.called_back.v1"] >= 1


def test_communities_meet_the_quota(played: Counter[str]) -> None:
    parts = AskPart.objects.filter(ask__title__contains="防控物资")

    assert Counter(parts.values_list("state", flat=True))["declined"] == 1
    assert played["request.consented.v1"] == 3
    assert played["request.answered.v1"] >= 15


def test_communities_are_asked_for_one_form_now_and_one_has_not_answered(
    played: Counter[str],
) -> None:
    parts = AskPart.objects.filter(ask__created_at__gt=SPRING_ENDS, state="running")
    answered = {part.unit.code: part.answers.count() for part in parts.select_related("unit")}
    asked = parts.get(unit__code="baoshi-community")

    assert answered == {"baoshi-community": 2, "yinghe-community": 1, "guiyu-community": 0}
    assert quota.use(asked.unit, on=NOW.date())[0].amount == 5


def test_decisions_were_seen_by_most_who_carry_them_out(played: Counter[str]) -> None:
    assert 0 < Decision.objects.exclude(seen=None).count() < Decision.objects.count()


# ---------------------------------------------------------------------- powers and duties
def test_duties_without_means_show_red_and_only_those_planted(played: Counter[str]) -> None:
    working = Charge.objects.filter(state="in_force", part__in=["accountable", "responsible"])
    red = {
        charge.duty.code
        for charge in working.select_related("duty").prefetch_related("means")
        if set(charge.duty.needs) - {means.kind for means in charge.means.all()}
    }

    assert red == {"wastewater-watch", "property-measures"}
    assert played["charge.declined.v1"] == 1
    assert played["charge.withdrawn.v1"] >= 1
    assert played["charge.delegated.v1"] == 1


# ---------------------------------------------------------------------- the present
def test_a_plan_stands_and_one_was_taken_back_with_a_reason(played: Counter[str]) -> None:
    first, second = StandUp.objects.filter(at__gt=SPRING_ENDS).order_by("at")

    assert (first.state, second.state) == ("reversed", "up")
    assert first.end_reason
    lines = PlanLine.objects.filter(stand_up=second)
    made = lines.filter(kind="task", made__isnull=False).values_list("made", flat=True)
    states = set(Task.objects.filter(id__in=made).values_list("state", flat=True))
    assert states >= {State.CONFIRMED, State.DONE, State.ACCEPTED}
    assert lines.filter(kind="task", by_hand=True).count() == 1
    assert lines.filter(outcome="unresolved").exists()
    assert AreaMode.objects.get().mode == "emergency"


def test_a_measure_rests_on_a_guidance_that_another_took_the_place_of(
    played: Counter[str],
) -> None:
    first, second = TemplateVersion.objects.filter(template__key="care-homes-influenza").order_by(
        "number"
    )

    assert second.replaces == first
    resting = Citation.objects.get(version=first.id).measure
    assert resting.in_force(NOW)


def test_time_to_answer_runs_for_one_cluster(played: Counter[str]) -> None:
    keys = Milestone.objects.filter(current=True).values_list("key", flat=True)

    assert {"emerged", "detected", "notified"} <= set(keys)
    assert played["event.notified.v1"] == 1
    assert played["response.completed.v1"] == 0


def test_whoever_signs_in_finds_work(played: Counter[str]) -> None:
    for member in MEMBERS:
        post = Post.objects.filter(person__username=member.username).first()
        assert post is not None
        waiting = boards.waiting_for(visible_to=post, at=NOW)
        sections = (waiting.to_accept, waiting.in_hand, waiting.late, waiting.to_confirm)
        found = sum(len(section.rows) for section in sections)

        # The outsider and the resident are asked for nothing.
        assert (found == 0) == (member.username in {"ou", "ren"}), member.username


def test_tasks_stand_in_all_states(played: Counter[str]) -> None:
    states = set(Task.objects.filter(created_at__gt=SPRING_ENDS).values_list("state", flat=True))

    assert states >= {
        State.DRAFT, State.DISPATCHED, State.SEEN, State.ACCEPTED, State.IN_PROGRESS,
        State.BLOCKED, State.DONE, State.REFUSED, State.RETURNED, State.OBJECTED,
    }  # fmt: skip


def test_something_is_late_and_most_is_not(played: Counter[str]) -> None:
    still = Task.objects.exclude(state__in=CLOSED)

    assert 3 <= still.filter(due_at__lt=NOW).count() <= 10
    assert still.filter(due_at__gt=NOW).count() > 30


def test_signals_measures_and_decisions_wait(played: Counter[str]) -> None:
    watch = Incident.objects.get(code="influenza-watch")

    assert watch.is_open
    assert Signal.objects.exclude(state=SignalState.ANSWERED).count() == 3
    measures = Measure.objects.filter(incident__closed_at=None, lifted_at=None)
    assert all(measure.in_force(NOW) for measure in measures)
    assert Decision.objects.filter(completed_at=None, due_at__gt=NOW).count() == 3
    assert Finding.objects.filter(created_at__gt=SPRING_ENDS, closed_at=None).count() == 2
    assert Letter.objects.filter(answered_at=None).count() == 1


def test_the_drill_stands_apart(played: Counter[str]) -> None:
    drill = Incident.objects.get(exercise=True)

    assert WorkingGroup.objects.filter(incident=drill).exists()
    assert drill.is_open
