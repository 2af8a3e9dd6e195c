"""Whatever is done in whatever order: no task without an owner, no group without a chair,
nothing doubled, nothing left behind by a plan that was taken back."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.plans.conftest import AT, HOUR, graded

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident, Measure, WorkingGroup
from tongzhou.kernel.errors import Refusal
from tongzhou.library.queries import Version
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.models import ALIVE, Outcome, PlanLine, StandUp
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.models import CLOSED, Task

STEPS = ("I", "II", "stand up first", "stand up second", "reverse", "step down", "accept")


class _Undo(Exception):
    pass


@settings(
    derandomize=True,
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=7))
def test_any_sequence_leaves_things_whole(
    cast: Cast, first_level: Incident, plan: Version, lower: Version, steps: list[str]
) -> None:
    try:
        with transaction.atomic():
            _play(cast, first_level, {"first": plan, "second": lower}, steps)
            raise _Undo
    except _Undo:
        pass


def _play(cast: Cast, incident: Incident, plans: dict[str, Version], steps: list[str]) -> None:
    for place, step in enumerate(steps, start=1):
        at = AT + place * HOUR
        try:
            with transaction.atomic():
                _step(cast, incident, plans, step, {"by": cast.shen, "at": at})
        except Refusal:
            pass
        _check(incident)


def _step(
    cast: Cast, incident: Incident, plans: dict[str, Version], step: str, who: dict[str, Any]
) -> None:
    standing = StandUp.objects.filter(state="up").order_by("at").last()
    match step:
        case "I" | "II":
            graded(incident, step, **who)
        case "stand up first" | "stand up second":
            key = step.rpartition(" ")[2]
            stand_up_plan(incident=incident, version=plans[key].id, **who)
        case "reverse" if standing is not None:
            reverse_stand_up(stand_up=standing, reason="x", **who)
        case "step down" if standing is not None:
            step_down_plan(stand_up=standing, reason="x", **who)
        case "accept":
            task = Task.objects.filter(lead=cast.units["zj-cdc"], state="dispatched").first()
            if task is not None:
                accept_task(task=task, by=cast.qiu, at=who["at"])


def _check(incident: Incident) -> None:
    running = Task.objects.exclude(state__in=CLOSED)
    assert not running.filter(lead__active=False).exists()
    titles = [*running.exclude(title__contains="Review").values_list("title", "area__code")]
    assert len(titles) == len(set(titles))
    groups = WorkingGroup.objects.filter(dissolved_at=None).prefetch_related("members")
    assert all(group.chair in group.members.all() for group in groups)
    kept = PlanLine.objects.filter(outcome=Outcome.CARRIED_ON).values_list("made", flat=True)
    names = [group.name_zh for group in groups if group.id not in set(kept)]
    assert len(names) == len(set(names))
    in_force = list(Measure.objects.filter(lifted_at=None).values_list("title_zh", "area"))
    assert len(in_force) == len(set(in_force))
    keys = list(StandUp.objects.filter(state="up").values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    over = PlanLine.objects.exclude(stand_up__state="up").filter(outcome__in=ALIVE)
    assert not over.exclude(kind="step").exists()


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Each example is undone by itself."""
