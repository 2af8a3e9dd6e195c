"""What ending a plan would do is shown first, and then done; by whom, is said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from unit.plans.conftest import AT, HOUR

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.kernel import clock
from tongzhou.library.queries import Version
from tongzhou.plans import queries
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.models import StandUp
from tongzhou.plans.queries.ending import Way
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.models import Task

Browser = Callable[[Post], Client]
LATER = AT + HOUR
ACTS: dict[Way, Callable[..., Any]] = {
    "reverse": reverse_stand_up,
    "step_down": step_down_plan,
}


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def stand_up(cast: Cast, first_level: Incident, plan: Version) -> StandUp:
    """The plan stands; one of its tasks is in hand."""
    made = stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    begun = Task.objects.get(lead=cast.units["zj-cdc"])
    accept_task(task=begun, by=cast.qiu, at=LATER)
    start_task(task=begun, by=cast.qiu, at=LATER)
    return made


@pytest.mark.parametrize("way", ACTS)
def test_what_was_shown_is_what_is_done(cast: Cast, stand_up: StandUp, way: Way) -> None:
    found = queries.ending(stand_up, way=way, visible_to=cast.shen, at=LATER)
    assert StandUp.objects.get().is_up

    report = ACTS[way](stand_up=stand_up, reason="x", by=cast.shen, at=LATER)

    for shown, done in (
        (found.taken, report.taken),
        (found.stayed, report.stayed),
        (found.going, report.going),
    ):
        assert [fate.line.id for fate in shown] == [line.id for line in done]
    assert [(fate.line.key, fate.why) for fate in found.stayed] == (
        [("trace", "task-begun")] if way == "reverse" else []
    )
    begun = stand_up.lines.filter(kind="step", made__isnull=False)
    assert [line.key for line in begun] == [line.key for line in found.steps if line.done]


def test_it_costs_the_same_however_many_lines(
    cast: Cast, stand_up: StandUp, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(22):
        queries.ending(stand_up, way="step_down", visible_to=cast.shen, at=LATER)


def test_the_page_shows_it_and_then_does_it(
    cast: Cast, stand_up: StandUp, signed_in: Browser
) -> None:
    browser = signed_in(cast.shen)
    address = f"/plans/{stand_up.id}/step-down"

    html = browser.get(address).content.decode()
    assert "Review after the action" in html
    assert "Coordination" in html
    assert StandUp.objects.get().is_up
    refused = browser.post(address, {"reason": " "})
    assert (refused.status_code, "Please give a reason" in refused.content.decode()) == (422, True)
    done = browser.post(address, {"reason": "Over"})
    assert done["Location"] == f"/incidents/{stand_up.incident.code}/plans"
    assert "does not stand any more" in browser.get(address).content.decode()


def test_who_may_is_said_to_everybody_else(
    cast: Cast, stand_up: StandUp, signed_in: Browser
) -> None:
    StandUp.objects.update(unit=cast.units["hz-command"])
    address = f"/plans/{stand_up.id}/reverse"
    browser = signed_in(cast.shen)

    html = browser.get(address).content.decode()
    assert f"Only {cast.units['hz-command'].name_en}, which stood it up" in html
    assert 'name="reason"' not in html
    refused = browser.post(address, {"reason": "x"})
    assert refused.status_code == 403
    assert f"{cast.units['hz-command'].name_en} stood this plan up" in refused.content.decode()
    assert signed_in(cast.ou).get(address).status_code == 404
