"""To another organisation a task does not exist, whatever the address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.models import Task
from tongzhou.tasks.pages.steps import STEPS

from .conftest import AT


def test_the_page_is_not_there(ou: Client, task: Task) -> None:
    assert ou.get(f"/tasks/{task.number}").status_code == 404


@pytest.mark.parametrize("verb", STEPS)
def test_no_act_is_there(ou: Client, task: Task, verb: str) -> None:
    assert ou.get(f"/tasks/{task.number}/{verb}").status_code == 404
    assert ou.post(f"/tasks/{task.number}/{verb}").status_code == 404


def test_an_attached_file_is_not_there(ou: Client, task: Task, cast: Cast) -> None:
    file = SimpleUploadedFile("list.txt", b"Household, person")
    attachment = attach_file(task=task, file=file, by=cast.lou, at=AT)

    assert ou.get(f"/tasks/files/{attachment.id}").status_code == 404


def test_a_selection_that_holds_it_is_not_there(ou: Client, task: Task) -> None:
    sent = ou.post("/tasks/bulk", {"verb": "accept", "number": [task.number]})

    assert sent.status_code == 404


def test_the_incident_is_not_there(ou: Client, incident: Incident) -> None:
    assert ou.get(f"/incidents/{incident.code}/tasks").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/tasks",
        "/tasks?view=board&show=all",
        "/tasks?view=timeline&show=all",
        "/tasks/export.csv?show=all",
        "/tasks/search?q=fever",
        "/today",
        "/notices",
        "/units/beishan-street/tasks",
        "/areas/3301/tasks",
    ],
)
def test_no_list_names_it(ou: Client, task: Task, address: str) -> None:
    answer = ou.get(address)
    content = b"".join(answer) if answer.streaming else answer.content

    assert answer.status_code == 200
    assert b"Register households" not in content
    assert f"T-{task.number}".encode() not in content


def test_asking_the_same_again_fills_in_nothing(ou: Client, task: Task) -> None:
    answer = ou.get(f"/tasks/new?like={task.number}")

    assert b"Register households" not in answer.content


@pytest.mark.parametrize("address", ["/today", "/tasks", "/tasks/new", "/tasks/1001", "/notices"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(
    client: Client, db: None, address: str
) -> None:
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
