"""One act on a selection: each task by itself, with the sentence of each that was not done."""

import pytest
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.tasks.models import Comment, State, Task

from .conftest import HTMX, bring, draft


@pytest.fixture
def three(cast: Cast) -> list[Task]:
    """Two that wait to be accepted, and one that is done."""
    states = [State.DISPATCHED, State.SEEN, State.DONE]
    return [bring(cast, draft(cast, title=f"Task {n}"), s) for n, s in enumerate(states)]


def numbers(tasks: list[Task]) -> list[int]:
    return [task.number for task in tasks]


def states(tasks: list[Task]) -> list[str]:
    found = {task.number: task.state for task in Task.objects.all()}
    return [found[task.number] for task in tasks]


def test_all_are_done_and_the_list_is_told(ye: Client, three: list[Task]) -> None:
    answer = ye.post("/tasks/bulk", {"verb": "accept", "number": numbers(three[:2])}, headers=HTMX)

    assert states(three[:2]) == [State.ACCEPTED, State.ACCEPTED]
    assert answer["HX-Trigger"] == "tasks-changed"
    assert answer["HX-Retarget"] == "#messages"
    assert "Accept: 2 tasks." in answer.text


def test_what_could_not_be_done_is_named_with_its_sentence(ye: Client, three: list[Task]) -> None:
    answer = ye.post("/tasks/bulk", {"verb": "accept", "number": numbers(three)}, headers=HTMX)

    assert answer.status_code == 200
    assert states(three) == [State.ACCEPTED, State.ACCEPTED, State.DONE]
    assert answer["HX-Retarget"] == "#step"
    assert f"T-{three[2].number}</a>" in answer.text
    assert "so this cannot be done" in answer.text


def test_where_nothing_could_be_done_the_status_says_so(lou: Client, three: list[Task]) -> None:
    answer = lou.post("/tasks/bulk", {"verb": "accept", "number": numbers(three)}, headers=HTMX)

    assert answer.status_code == 409
    assert states(three) == [State.DISPATCHED, State.SEEN, State.DONE]


def test_an_act_that_needs_words_asks_for_them_once(lou: Client, three: list[Task]) -> None:
    form = lou.post("/tasks/bulk", {"verb": "withdraw", "number": numbers(three)}, headers=HTMX)

    assert form["HX-Retarget"] == "#step"
    assert form.text.count('name="number"') == 3
    assert 'name="reason"' in form.text
    assert states(three)[0] == State.DISPATCHED


def test_the_same_words_go_to_all(lou: Client, three: list[Task]) -> None:
    lou.post(
        "/tasks/bulk",
        {"verb": "comment", "filled": "1", "number": numbers(three), "text": "Lists, please"},
        headers=HTMX,
    )

    assert Comment.objects.filter(text="Lists, please").count() == 3


def test_missing_words_are_asked_for_again(lou: Client, three: list[Task]) -> None:
    answer = lou.post(
        "/tasks/bulk",
        {"verb": "withdraw", "filled": "1", "number": numbers(three), "reason": ""},
        headers=HTMX,
    )

    assert answer.status_code == 422
    assert "This field is required" in answer.text


def test_without_script_it_leads_back_to_the_list(ye: Client, three: list[Task]) -> None:
    data = {"verb": "accept", "number": numbers(three[:2]), "back": "/tasks?relation=lead"}

    assert ye.post("/tasks/bulk", data)["Location"] == "/tasks?relation=lead"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_it_leads_back_to_our_own_pages_only(ye: Client, three: list[Task], back: str) -> None:
    data = {"verb": "accept", "number": numbers(three[:1]), "back": back}

    assert ye.post("/tasks/bulk", data)["Location"] == "/tasks"


def test_without_script_form_and_result_are_pages(lou: Client, three: list[Task]) -> None:
    form = lou.post("/tasks/bulk", {"verb": "urge", "number": numbers(three)})
    result = lou.post(
        "/tasks/bulk",
        {"verb": "urge", "filled": "1", "number": numbers(three), "text": "Today, please"},
    )

    assert "<html" in form.text
    assert "<html" in result.text
    assert "1 task was left as it was" in result.text


def test_an_empty_selection_is_told(ye: Client, cast: Cast) -> None:
    answer = ye.post("/tasks/bulk", {"verb": "accept"})

    assert answer.status_code == 422
    assert "Select at least one task" in answer.text


def test_a_selection_that_is_too_long_is_told(ye: Client, cast: Cast) -> None:
    answer = ye.post("/tasks/bulk", {"verb": "accept", "number": list(range(1, 202))})

    assert answer.status_code == 422


@pytest.mark.parametrize("verb", ["", "split", "destroy"])
def test_other_acts_are_not_there(ye: Client, three: list[Task], verb: str) -> None:
    assert ye.post("/tasks/bulk", {"verb": verb, "number": numbers(three)}).status_code == 404


def test_sent_twice_it_counts_once(lou: Client, three: list[Task]) -> None:
    form = lou.post("/tasks/bulk", {"verb": "comment", "number": numbers(three)}, headers=HTMX)
    once = form.text.split('name="once" value="')[1].split('"')[0]
    data = {"verb": "comment", "filled": "1", "number": numbers(three), "text": "Once",
            "once": once}  # fmt: skip

    for _ in range(2):
        lou.post("/tasks/bulk", data)

    assert Comment.objects.filter(text="Once").count() == 3
