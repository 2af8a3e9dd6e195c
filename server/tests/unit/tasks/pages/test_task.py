"""The page of a task: what it says, and what it lets whom do."""

import pytest
from django.test import Client
from django.utils import translation
from server.tests.unit.tasks.conftest import TASK_STATES

from tongzhou.demo.cast import Cast
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.split_task import Part, split_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.pages import telling
from tongzhou.tasks.pages.steps import STEPS, choice

from .conftest import AT, DAY, HTMX, RELATED, Browser, bring, draft


def test_it_says_who_asks_who_leads_and_on_what_basis(lou: Client, task: Task) -> None:
    page = lou.get(f"/tasks/{task.number}")

    assert page.status_code == 200
    for words in ("Hangzhou Command Headquarters", "Beishan Subdistrict Office", "By order",
                  "Baoshi Property Management", "Green Boat Volunteers", task.title):  # fmt: skip
        assert words in page.text


@pytest.mark.parametrize("state", TASK_STATES)
def test_every_state_has_its_page_for_every_relation(
    cast: Cast, signed_in: Browser, state: State
) -> None:
    found = bring(cast, draft(cast), state)
    readers = ["lou", "shen"] if state == State.DRAFT else list(RELATED.values())

    for reader in readers:
        page = signed_in(cast.posts[reader]).get(f"/tasks/{found.number}")

        assert page.status_code == 200
        assert str(state.label) in page.text


@pytest.mark.parametrize("state", TASK_STATES)
def test_every_state_has_a_sentence_and_one_place_in_life(cast: Cast, state: State) -> None:
    found = bring(cast, draft(cast), state)

    assert telling.turn(found)
    assert len(telling.life(found)) == len(telling.WAY)
    here = [stage for stage in telling.life(found) if stage.here]
    assert len(here) == (0 if state == State.CONFIRMED else 1)


def withdrawn_from(cast: Cast, state: State) -> Task:
    found = bring(cast, draft(cast), state)
    withdraw_task(task=found, reason="Not needed", by=cast.lou, at=AT)
    found.refresh_from_db()
    return found


@pytest.mark.parametrize(
    ("left", "reached"),
    [(State.DRAFT, 1), (State.DISPATCHED, 2), (State.SEEN, 3), (State.ACCEPTED, 4)],
)
def test_a_task_that_ended_early_shows_no_stage_that_it_never_reached(
    cast: Cast, left: State, reached: int
) -> None:
    stages = telling.life(withdrawn_from(cast, left))

    missed = len(telling.WAY) - 1 - reached
    assert [s.kind for s in stages] == ["past"] * reached + ["missed"] * missed + ["off"]
    assert (stages[-1].name, stages[-1].at) == ("withdrawn", AT)


@pytest.mark.parametrize(("left", "past"), [(State.ACCEPTED, 4), (State.IN_PROGRESS, 5)])
def test_that_work_had_begun_is_told_from_the_acts(
    cast: Cast, lou: Client, left: State, past: int
) -> None:
    page = lou.get(f"/tasks/{withdrawn_from(cast, left).number}").text

    assert page.count("tk-stage tk-past") == past
    assert page.count("tk-stage tk-off tz-tone-grey") == 1


def test_a_merged_task_stands_at_its_end(cast: Cast) -> None:
    kinds = [stage.kind for stage in telling.life(bring(cast, draft(cast), State.MERGED))]

    assert kinds == ["past", "past", "missed", "missed", "missed", "missed", "off"]


def test_the_lead_is_offered_to_accept_first_and_the_asker_is_not(
    lou: Client, ye: Client, task: Task
) -> None:
    accept = f'action="/tasks/{task.number}/accept"'

    assert accept in ye.get(f"/tasks/{task.number}").text
    assert accept not in lou.get(f"/tasks/{task.number}").text


def test_only_what_is_allowed_is_offered_and_nothing_twice() -> None:
    offered = choice(State.DISPATCHED, ["accept", "refuse", "return", "comment", "see"])

    assert [step.verb for step in offered.main] == ["accept", "refuse"]
    assert [step.verb for step in offered.more] == ["return"]


def test_every_step_has_words_and_a_form_with_a_title() -> None:
    for verb, step in STEPS.items():
        assert step.verb == verb
        assert str(step.label)
        assert str(step.said) % {"number": "T-1"}
        assert step.form is None or str(step.title)


def test_looking_changes_nothing_and_asks_the_browser_to_note_it(ye: Client, task: Task) -> None:
    page = ye.get(f"/tasks/{task.number}")

    task.refresh_from_db()
    assert task.state == State.DISPATCHED
    assert f'hx-post="/tasks/{task.number}/see"' in page.text


def test_the_page_notes_that_the_lead_has_seen_it(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/see", headers=HTMX)

    task.refresh_from_db()
    assert (answer.status_code, answer.content) == (204, b"")
    assert task.state == State.SEEN
    assert f"/tasks/{task.number}/see" not in ye.get(f"/tasks/{task.number}").text


def test_a_colleague_who_looked_first_is_no_fault(ye: Client, task: Task) -> None:
    ye.post(f"/tasks/{task.number}/see", headers=HTMX)

    assert ye.post(f"/tasks/{task.number}/see", headers=HTMX).status_code == 204


def test_the_part_that_lives_is_served_alone(lou: Client, task: Task) -> None:
    part = lou.get(f"/tasks/{task.number}", headers=HTMX | {"HX-Target": "task"})

    assert part.text.startswith('<div id="task"')
    assert f'data-live="task:{task.id}"' in part.text
    assert "<html" not in part.text


def test_parts_show_how_far_they_are(ye: Client, cast: Cast) -> None:
    found = bring(cast, draft(cast), State.IN_PROGRESS)
    split_task(
        task=found,
        parts=[
            Part("Buildings 1 to 4", cast.units["baoshi-community"], AT + DAY),
            Part("Buildings 5 to 8", cast.units["baoshi-community"], AT + DAY),
        ],
        by=cast.ye,
        at=AT,
    )

    page = ye.get(f"/tasks/{found.number}")

    assert "Buildings 1 to 4" in page.text
    assert "0 of 2" in page.text


def test_words_are_escaped(lou: Client, cast: Cast) -> None:
    found = bring(cast, draft(cast, title="<b>bold</b>", body="<script>x</script>"), State.SEEN)
    comment_task(task=found, text="<img src=x onerror=y>", by=cast.ye, at=AT)

    page = lou.get(f"/tasks/{found.number}").text

    assert "<b>bold" not in page
    assert "<script>x" not in page
    assert "<img src=x" not in page


def test_it_speaks_chinese(lou: Client, task: Task) -> None:
    with translation.override("zh-hans"):
        page = lou.get(f"/tasks/{task.number}", headers={"Accept-Language": "zh-hans"})

    assert "杭州市指挥部" in page.text
    assert "谁在何时依据什么做了什么" in page.text


def test_the_number_of_queries_does_not_grow_with_what_was_said(
    lou: Client, cast: Cast, task: Task, django_assert_max_num_queries: object
) -> None:
    for _ in range(12):
        comment_task(task=task, text="Word", by=cast.ye, at=AT)

    with django_assert_max_num_queries(24):  # type: ignore[operator]
        lou.get(f"/tasks/{task.number}")


def test_its_history_names_the_lead_that_it_was_forwarded_to(
    lou: Client, cast: Cast, task: Task
) -> None:
    forward_task(task=task, to=cast.units["xh-command"], reason="Closer", by=cast.ye, at=AT)

    page = lou.get(f"/tasks/{task.number}").text

    sent = "Beishan Subdistrict Office forwarded the task to Xihu District Command"
    assert f"{sent}; to assist: Baoshi Property Management" in page


def test_the_result_of_an_earlier_round_is_not_shown_as_that_of_the_present_one(
    lou: Client, cast: Cast
) -> None:
    found = bring(cast, draft(cast), State.DONE)
    address = f"/tasks/{found.number}"
    assert "What was done" in lou.get(address).text

    reopen_task(task=found, reason="One household is missing", by=cast.lou, at=AT)
    assert "What was done" not in lou.get(address).text
    forward_task(task=found, to=cast.units["xh-command"], reason="Closer", by=cast.lou, at=AT)
    page = lou.get(address).text

    assert "What was done" not in page
    assert "12 households" in page
    # In a badge each, beside the words.
    for label in ("done", "reopened", "forwarded"):
        assert f"</i>{label}</span>" in page
