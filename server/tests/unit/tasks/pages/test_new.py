"""Asking a unit for something: filled in, sent, kept as a draft, refused with nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.tasks.models import Basis, Priority, State, Task, Work

from .conftest import AT, NOW, Browser

FORM = {
    "title": "Bring masks to the grid workers",
    "body": "Two hundred",
    "lead": "beishan-street",
    "due": "2h",
    "basis": "order",
    "priority": "1",
    "work": "transfer",
    "then": "send",
}


def test_the_form_offers_the_open_incidents_and_quick_times(
    lou: Client, incident: Incident
) -> None:
    page = lou.get("/tasks/new").text

    assert "Pneumonia of unknown cause" in page
    assert "2 hours" in page
    assert "Today 18:00" in page


def test_the_address_fills_it_in(lou: Client, cast: Cast, incident: Incident) -> None:
    page = lou.get("/tasks/new?incident=zj-2020&area=330106002&lead=beishan-street").text

    assert '<option value="zj-2020" selected>' in page
    assert 'value="330106002"' in page
    assert "Beishan Subdistrict Office" in page


def test_it_dispatches_in_one_step(lou: Client, cast: Cast) -> None:
    answer = lou.post("/tasks/new", FORM)

    task = Task.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/tasks/{task.number}"
    assert (task.state, task.basis, task.work) == (State.DISPATCHED, Basis.ORDER, Work.TRANSFER)
    assert task.priority == Priority.URGENT
    assert task.due_at == NOW + timedelta(hours=2)
    assert task.area == cast.units["beishan-street"].area


def test_it_keeps_a_draft(lou: Client) -> None:
    lou.post("/tasks/new", FORM | {"then": "draft"})

    assert Task.objects.get().state == State.DRAFT


def test_all_of_it_goes_along(lou: Client, incident: Incident) -> None:
    lou.post(
        "/tasks/new",
        FORM
        | {
            "due": "at",
            "due_at": (AT + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"),
            "basis": "law",
            "basis_note": "Emergency Response Law, article 38",
            "incident": "zj-2020",
            "area": "3301",
            "assisting": "baoshi-property, lvyuan-volunteers",
            "informed": "hz-health",
        },
    )

    task = Task.objects.get()
    assert task.due_at == AT + timedelta(days=2)
    assert task.incident == incident
    assert task.area.code == "3301"
    assert len(task.assisting) == 2
    assert len(task.informed) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"lead": "nobody"}, "No active unit is called “nobody”"),
        ({"due": "at", "due_at": ""}, "Choose the date and the time"),
        ({"due": "at", "due_at": "2020-01-01T10:00"}, "The due time has passed already"),
        ({"due": "at", "due_at": "9999-12-31T10:00"}, "A due time lies at most 10 years ahead"),
        ({"basis": "law", "basis_note": ""}, "Name the law"),
        ({"lead": "wz-command"}, "so this cannot be an order"),
        ({"assisting": "baoshi-property, nobody"}, "No active unit is called “nobody”"),
        ({"incident": "not-there"}, "Select a valid choice"),
        ({"area": "nowhere"}, "No area is called “nowhere”"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    lou: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = lou.post("/tasks/new", FORM | changes)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Two hundred" in answer.text
    assert not Task.objects.exists()


def test_an_order_is_not_offered_to_a_unit_that_is_not_below(lou: Client) -> None:
    page = lou.get("/tasks/new?lead=wz-command").text
    order = page.split('name="basis" value="order"')[1].split(">")[0]

    assert "disabled" in order


def test_sent_twice_it_is_made_once(lou: Client) -> None:
    once = lou.get("/tasks/new").text.split('name="once" value="')[1].split('"')[0]

    first = lou.post("/tasks/new", FORM | {"once": once})
    second = lou.post("/tasks/new", FORM | {"once": once})

    assert Task.objects.count() == 1
    assert second["Location"] == first["Location"]


def test_a_refused_form_can_be_sent_again(lou: Client) -> None:
    once = lou.get("/tasks/new").text.split('name="once" value="')[1].split('"')[0]

    lou.post("/tasks/new", FORM | {"once": once, "lead": "wz-command"})
    lou.post("/tasks/new", FORM | {"once": once})

    assert Task.objects.count() == 1


def test_the_same_is_asked_again_with_everything_filled_in(lou: Client, task: Task) -> None:
    page = lou.get(f"/tasks/new?like={task.number}").text

    assert task.title in page
    assert "Baoshi Property Management" in page


def test_who_may_not_ask_is_told(cast: Cast, signed_in: Browser) -> None:
    assert signed_in(cast.ren).get("/tasks/new").status_code == 403
    assert signed_in(cast.gu).post("/tasks/new", FORM).status_code == 403
