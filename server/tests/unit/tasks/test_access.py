"""Who sees a task, and how that follows from its columns."""

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, HOUR, RELATED, TASK_STATES, bring, draft, sees


def parties(task: Task) -> dict[str, list[str]]:
    return {p.unit.code: p.relations for p in task.parties.select_related("unit")}


def test_a_draft_is_seen_by_the_askers_side_alone(cast: Cast) -> None:
    task = draft(cast)

    assert parties(task) == {"hz-command": ["asker"], "zj-command": ["line"]}


def test_dispatching_grants_exactly_the_participants_and_those_above_them(task: Task) -> None:
    assert parties(task) == {
        "hz-command": ["asker", "line"],
        "beishan-street": ["lead"],
        "baoshi-property": ["assisting"],
        "lvyuan-volunteers": ["informed"],
        "xh-command": ["line"],
        "zj-command": ["line"],
    }


def test_within_an_incident_those_who_are_asked_see_the_incident_too(
    cast: Cast, incident: Incident
) -> None:
    assert not incident.relations_of(cast.pan)

    bring(cast, draft(cast, incident=incident), State.DISPATCHED)

    assert Incident.objects.get().relations_of(cast.pan) == {"tasked"}
    assert not Incident.objects.get().relations_of(cast.ou)


def test_the_former_lead_keeps_sight_of_a_forwarded_task(cast: Cast, task: Task) -> None:
    forward_task(
        task=task, to=cast.units["baoshi-community"], reason="Closer", by=cast.ye, at=AT + HOUR
    )

    found = parties(task)
    assert found["baoshi-community"] == ["lead"]
    assert found["beishan-street"] == ["informed", "line"]
    assert found["hz-command"] == ["asker", "line"]


def test_a_unit_that_no_longer_assists_stays_informed(cast: Cast, task: Task) -> None:
    edit_task(task=task, reason="Done", assisting=[], by=cast.lou, at=AT + HOUR)

    assert parties(task)["baoshi-property"] == ["informed"]


def test_a_unit_that_was_informed_by_mistake_loses_sight(cast: Cast, task: Task) -> None:
    edit_task(task=task, reason="A mistake", informed=[], by=cast.lou, at=AT + HOUR)

    assert not sees(cast.chu, task)


@pytest.mark.parametrize("state", TASK_STATES)
def test_in_no_state_does_anybody_of_the_task_lose_sight_or_an_outsider_gain_it(
    cast: Cast, state: State
) -> None:
    task = bring(cast, draft(cast), state)

    expected = {"lou", "shen"} if state == State.DRAFT else set(RELATED.values())
    found = {name for name in (*RELATED.values(), "ou") if sees(cast.posts[name], task)}
    assert found == expected


def test_the_parties_repeat_what_lists_read(cast: Cast, task: Task) -> None:
    later = AT + 30 * HOUR
    edit_task(task=task, reason="More time", due_at=later, by=cast.lou, at=AT + HOUR)

    rows = set(task.parties.values_list("number", "state", "open", "due_at", "updated_at"))

    assert rows == {(task.number, "dispatched", True, later, AT + HOUR)}


def test_a_lead_who_also_asks_is_one_party(cast: Cast) -> None:
    task = draft(cast, lead=cast.units["hz-command"], assisting=[], informed=[])

    dispatch_task(task=task, by=cast.lou, at=AT)

    assert parties(task) == {"hz-command": ["asker", "lead"], "zj-command": ["line"]}
