"""Reading tasks over the API: lists, filters, one task, files, costs."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.demo.cast import Cast
from tongzhou.tasks import schemas
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.models import Attachment, State, Task

from .conftest import AT, bring, draft
from .programs import Programs, problem
from .programs import at_the_time_of_the_cast as at_the_time_of_the_cast


def test_the_list_is_what_its_description_says(
    cast: Cast, api_client: Programs, task: Task
) -> None:
    bring(cast, draft(cast), State.REFUSED)

    page = api_client(cast.lou).get("/api/v1/tasks").json()

    assert len(page["items"]) == 2
    for item in page["items"]:
        schemas.TaskLine.model_validate(item)
        assert set(item) == set(schemas.TaskLine.model_fields)
        assert set(item["lead"]) == set(schemas.LabelOut.model_fields)


def test_pages_follow_each_other(cast: Cast, api_client: Programs) -> None:
    numbers = [bring(cast, draft(cast), State.DISPATCHED).number for _ in range(3)]
    program = api_client(cast.ye)

    first = program.get("/api/v1/tasks?limit=2").json()
    rest = program.get("/api/v1/tasks", {"limit": 2, "cursor": first["next"]}).json()

    assert [item["number"] for item in first["items"] + rest["items"]] == numbers
    assert rest["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        "sort=fame", "state=asleep", "priority=9", "relation=boss", "show=me", "limit=0",
        "limit=201", "late=maybe", "surprise=1", "cursor=x",
    ],
)  # fmt: skip
def test_a_filter_that_does_not_exist_is_named(
    cast: Cast, api_client: Programs, query: str
) -> None:
    answer = api_client(cast.ye).get(f"/api/v1/tasks?{query}")

    assert answer.status_code == 422
    assert query.split("=")[0] in answer.json()["errors"][0]["field"].split(".")


def test_filters_narrow_the_list(cast: Cast, api_client: Programs, task: Task) -> None:
    bring(cast, draft(cast), State.BLOCKED)
    program = api_client(cast.ye)

    def numbers(query: str) -> list[int]:
        answer = program.get(f"/api/v1/tasks?{query}")
        return [item["number"] for item in answer.json()["items"]]

    assert numbers("state=dispatched&state=done") == [task.number]
    assert numbers("relation=asker") == []
    assert numbers(f"q=T-{task.number}") == [task.number]
    assert len(numbers("late=0&mine=0&priority=0&work=report&basis=order&unit=hz-command")) == 2


def test_one_task_with_everything_around_it(cast: Cast, api_client: Programs, task: Task) -> None:
    comment_task(task=task, text="Bring thermometers", by=cast.pan, at=AT)

    found = api_client(cast.ye).get(f"/api/v1/tasks/{task.number}").json()

    schemas.TaskOut.model_validate(found)
    assert set(found) == set(schemas.TaskOut.model_fields)
    assert found["notes"][0]["text"] == "Bring thermometers"
    assert "accept" in found["verbs"]
    assert [entry["type"] for entry in found["history"]][-1] == "task.commented.v1"


def test_today_and_counts(cast: Cast, api_client: Programs, task: Task) -> None:
    program = api_client(cast.lou)

    today = program.get("/api/v1/tasks/today").json()
    counts = program.get("/api/v1/tasks/counts?relation=asker").json()

    schemas.TodayOut.model_validate(today)
    assert set(today) == set(schemas.TodayOut.model_fields)
    assert [row["number"] for row in today["asked_running"]["rows"]] == [task.number]
    assert counts["dispatched"] == 1


def test_nothing_is_read_by_another_organisation(
    cast: Cast, api_client: Programs, task: Task
) -> None:
    program = api_client(cast.ou)

    assert program.get("/api/v1/tasks?show=all").json() == {"items": [], "next": None}
    assert problem(program.get(f"/api/v1/tasks/{task.number}")) == (404, "not-found")
    assert set(program.get("/api/v1/tasks/counts").json().values()) == {0}


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9223372036854775808", "x", "-1"])
def test_a_number_that_none_can_have_is_not_found_or_refused(
    cast: Cast, api_client: Programs, number: str
) -> None:
    assert api_client(cast.ye).get(f"/api/v1/tasks/{number}").status_code in (404, 422)


def test_a_file_goes_up_and_comes_down(cast: Cast, api_client: Programs, task: Task) -> None:
    file = SimpleUploadedFile("名单.csv", b"a,b\n1,2\n", content_type="text/html")

    up = api_client(cast.ye).post(f"/api/v1/tasks/{task.number}/files", {"file": file})
    kept = schemas.FileKept.model_validate(up.json())
    down = api_client(cast.lou).get(f"/api/v1/tasks/files/{kept.id}")

    assert (up.status_code, kept.content_type, kept.size) == (201, "text/csv", 8)
    assert b"".join(down) == b"a,b\n1,2\n"
    assert down["Content-Disposition"].startswith("attachment")
    assert down["X-Content-Type-Options"] == "nosniff"
    outside = api_client(cast.ou).get(f"/api/v1/tasks/files/{kept.id}")
    assert problem(outside) == (404, "not-found")


def test_a_page_is_no_file_to_attach(cast: Cast, api_client: Programs, task: Task) -> None:
    file = SimpleUploadedFile("a.txt", b"<html>", content_type="text/plain")

    answer = api_client(cast.ye).post(f"/api/v1/tasks/{task.number}/files", {"file": file})

    assert problem(answer) == (422, "file-type-refused")
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_list_as_a_file(cast: Cast, api_client: Programs, task: Task, ending: str) -> None:
    answer = api_client(cast.ye).get(f"/api/v1/tasks/export.{ending}?state=dispatched")

    content = b"".join(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="tasks.{ending}"'
    if ending == "csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert [line[0] for line in lines] == ["Number", task.reference]
    else:
        assert content.startswith(b"PK")


def test_reading_a_list_asks_the_database_twice(
    cast: Cast, api_client: Programs, django_assert_num_queries: Callable[[int], Any]
) -> None:
    program = api_client(cast.ye)
    for rows in (10, 100):
        while Task.objects.count() < rows:
            bring(cast, draft(cast), State.DISPATCHED)
        program.get("/api/v1/tasks")

        with django_assert_num_queries(2):
            page = program.get("/api/v1/tasks?limit=100").json()

        assert len(page["items"]) == rows
