"""Tasks over the API: the same acts, the same lists, coded problems."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.tasks import schemas
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, MAKERS, RELATED_TO, bring, draft
from .matrix import FORMS, MATRIX, TYPES, allowed
from .programs import NOW, Programs, problem
from .programs import at_the_time_of_the_cast as at_the_time_of_the_cast

LEAD = "beishan-street"


def post(program: Client, path: str, body: object = None, **headers: str) -> Any:
    return program.post(
        f"/api/v1{path}", body, content_type="application/json", headers=headers or None
    )


NEW = {
    "title": "登记发热住户",
    "lead": LEAD,
    "due_at": "2020-01-24T10:00:00+08:00",
    "basis": "order",
    "assisting": ["baoshi-property"],
    "work": "report",
}

#: verb → a body with which it can be done.
BODIES: dict[str, dict[str, object]] = {
    "refuse": {"reason": "Not ours", "better_owner": "wz-command"},
    "reclassify": {"class_code": "hard", "reason": "Several units"},
    "return": {"reason": "Which households?"},
    "forward": {"reason": "Closer", "to": "baoshi-community"},
    "block": {"reason": "No masks"},
    "finish": {"result": "12 households"},
    "reopen": {"reason": "One is missing"},
    "split": {
        "parts": [
            {"title": "Building 3", "lead": "baoshi-community", "due_at": "2020-01-24T09:00:00Z"}
        ]
    },
    "withdraw": {"reason": "Not needed"},
    "edit": {"reason": "More time", "due_at": "2020-01-27T10:00:00+08:00"},
    "comment": {"text": "Bring thermometers"},
    "urge": {"text": "Tonight, please"},
    "object": {"reason": "Not our road"},
    "review": {"upheld": False, "reason": "It is"},
    "decide": {"reason": "Enough", "to": "baoshi-community"},
    "arrive": {"place": "Gate 3", "who": "Two inspectors"},
    "call_back": {"reached": True, "solved": True},
    "evaluate": {"solved": True, "satisfied": True},
}


def test_a_task_is_sent(cast: Cast, api_client: Programs) -> None:
    answer = post(api_client(cast.lou), "/tasks", NEW)

    assert answer.status_code == 201
    state = schemas.TaskState.model_validate(answer.json())
    task = Task.objects.get(number=state.number)
    assert (state.state, task.state, task.created_at) == ("dispatched", "dispatched", NOW)
    assert (task.lead.code, task.area_id) == (LEAD, cast.units[LEAD].area_id)


def test_a_task_is_drafted(cast: Cast, api_client: Programs) -> None:
    answer = post(api_client(cast.lou), "/tasks", {**NEW, "dispatch": False, "area": "3301"})

    assert answer.json()["state"] == "draft"
    assert Task.objects.get().area.code == "3301"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"title": " "}, "title-missing", "title"),
        ({"title": "x" * 250}, "title-too-long", "title"),
        ({"lead": "nobody"}, "unit-unknown", "lead"),
        ({"assisting": ["nobody"]}, "unit-unknown", "assisting"),
        ({"informed": ["nobody"]}, "unit-unknown", "informed"),
        ({"area": "nowhere"}, "area-unknown", "area"),
        ({"incident": "nothing"}, "incident-unknown", "incident"),
        ({"due_at": "2020-01-01T00:00:00Z"}, "due-in-the-past", "due_at"),
        ({"due_at": "2099-12-31T00:00:00Z"}, "due-too-far", "due_at"),
        ({"lead": "wz-command"}, "order-needs-line", "basis"),
    ],
)
def test_what_is_wrong_is_named_with_code_and_field(
    cast: Cast, api_client: Programs, changes: dict[str, object], code: str, field: str
) -> None:
    answer = post(api_client(cast.lou), "/tasks", {**NEW, **changes})

    assert problem(answer) == (422, code)
    assert answer.json()["errors"][0]["field"] == field
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"due_at": "2020-01-24T10:00:00"},
        {"basis": "whim"},
        {"work": "magic"},
        {"priority": 9},
        {"priority": "2"},
        {"title": None},
        {"surprise": 1},
    ],
)
def test_a_body_of_the_wrong_form_is_refused(
    cast: Cast, api_client: Programs, changes: dict[str, object]
) -> None:
    answer = post(api_client(cast.lou), "/tasks", {**NEW, **changes})

    assert answer.status_code == 422
    assert next(iter(changes)) in answer.json()["errors"][0]["field"]


def test_the_same_key_sends_one_task(cast: Cast, api_client: Programs) -> None:
    program = api_client(cast.lou)

    first, again = (post(program, "/tasks", NEW, **{"Idempotency-Key": "k1"}) for _ in range(2))

    assert first.json() == again.json()
    assert Task.objects.count() == 1


@pytest.mark.parametrize("verb", sorted(set(MATRIX) - {"attach", "merge"}))
def test_every_verb_has_its_address(cast: Cast, api_client: Programs, verb: str) -> None:
    # A ticket's evaluation is that of whoever holds its number.
    form = "whistle" if verb in {"arrive", "evaluate"} else "ticket" if verb in FORMS else "task"
    relation, state = next(
        (relation, state)
        for relation in MATRIX[verb]
        for state in State
        if allowed(verb, relation, state, form)
    )
    task = bring(cast, MAKERS[form](cast), state)
    if verb == "release":
        take_task(task=task, by=cast.ye, at=AT)

    program = api_client(cast.posts[RELATED_TO[form][relation]])
    answer = post(program, f"/tasks/{task.number}/{verb}", BODIES.get(verb))

    assert answer.status_code == (201 if verb == "split" else 200), answer.content
    act = Act.objects.filter(about_id=task.id).order_by("-id")[0]
    assert (act.type, act.at) == (TYPES[verb], NOW)


def test_merging_over_the_api(cast: Cast, api_client: Programs, task: Task) -> None:
    repeat = bring(cast, draft(cast), State.SEEN)
    program = api_client(cast.lou)

    unknown = post(program, f"/tasks/{repeat.number}/merge", {"into": 999_999})
    done = post(program, f"/tasks/{repeat.number}/merge", {"into": task.number})

    assert problem(unknown) == (422, "task-unknown")
    assert done.json()["state"] == "merged"


def test_all_verbs_are_open_to_the_api() -> None:
    assert set(BODIES) | {"dispatch", "see", "accept", "take", "release", "start", "resume",
                          "confirm", "merge", "attach"} == set(VERBS)  # fmt: skip


@pytest.mark.parametrize("verb", sorted(set(MATRIX) - {"attach", "merge"}))
def test_another_organisation_finds_nothing(
    cast: Cast, api_client: Programs, task: Task, verb: str
) -> None:
    answer = post(api_client(cast.ou), f"/tasks/{task.number}/{verb}", BODIES.get(verb))

    assert problem(answer) == (404, "not-found")


def test_who_was_slower_is_told_so(cast: Cast, api_client: Programs, task: Task) -> None:
    program = api_client(cast.ye)
    post(program, f"/tasks/{task.number}/accept")

    answer = post(program, f"/tasks/{task.number}/accept")

    assert problem(answer) == (409, "task-wrong-state")
    assert "is “accepted” now" in answer.json()["detail"]


def test_a_token_without_the_word_is_refused(cast: Cast, api_client: Programs, task: Task) -> None:
    program = api_client(cast.ye, scopes=["task.see"])

    assert problem(post(program, f"/tasks/{task.number}/accept")) == (403, "not-allowed")
    assert post(program, f"/tasks/{task.number}/see").status_code == 200


def test_split_names_the_part(cast: Cast, api_client: Programs, task: Task) -> None:
    part = {"title": "Part", "lead": "baoshi-community", "due_at": "2020-01-24T09:00:00Z"}

    answer = post(
        api_client(cast.ye),
        f"/tasks/{task.number}/split",
        {"parts": [part, {**part, "lead": "nobody"}]},
    )

    assert problem(answer) == (422, "unit-unknown")
    assert answer.json()["errors"][0]["row"] == 2
    assert Task.objects.count() == 1


def test_many_at_once(cast: Cast, api_client: Programs, task: Task) -> None:
    other = bring(cast, draft(cast), State.DONE)
    program = api_client(cast.ye)
    body = {"verb": "accept", "numbers": [task.number, other.number, 999_999]}

    told = post(program, "/tasks/bulk", {**body, "dry_run": True}).json()
    assert Task.objects.get(id=task.id).state == State.DISPATCHED
    done = post(program, "/tasks/bulk", body).json()

    assert told == done
    schemas.BulkOut.model_validate(done)
    assert done["done"] == [task.number]
    assert [(r["number"], r["code"]) for r in done["refused"]] == [
        (other.number, "task-wrong-state"), (999_999, "not-found"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"verb": "split"}, "not-in-bulk", "verb"),
        ({"verb": "refuse", "reason": "x"}, "argument-missing", "better_owner"),
        ({"verb": "accept", "reason": "x"}, "argument-unknown", "reason"),
        ({"verb": "forward", "reason": "x", "to": "nobody"}, "unit-unknown", "to"),
        ({"verb": "merge", "into": 999_999}, "task-unknown", "into"),
    ],
)
def test_many_at_once_is_checked_first(
    cast: Cast,
    api_client: Programs,
    task: Task,
    body: dict[str, object],
    code: str,
    field: str,
) -> None:
    answer = post(api_client(cast.lou), "/tasks/bulk", {"numbers": [task.number], **body})

    assert problem(answer) == (422, code)
    assert answer.json()["errors"][0]["field"] == field


def test_many_are_edited_with_units_named_by_code(
    cast: Cast, api_client: Programs, task: Task
) -> None:
    body = {
        "verb": "edit",
        "numbers": [task.number],
        "reason": "More hands",
        "assisting": ["wz-command"],
        "due_at": "2020-01-30T10:00:00+08:00",
    }

    answer = post(api_client(cast.lou), "/tasks/bulk", body)

    assert answer.json()["done"] == [task.number]
    task.refresh_from_db()
    assert task.assisting == [cast.units["wz-command"].id]


def test_without_a_token_nothing_is_told(client: Client, task: Task) -> None:
    for path in ("", "/today", "/counts", "/export.csv", f"/{task.number}"):
        assert problem(client.get(f"/api/v1/tasks{path}")) == (401, "sign-in-needed")
    assert problem(post(client, f"/tasks/{task.number}/accept")) == (401, "sign-in-needed")


def test_an_act_asks_the_database_as_often_as_it_must(
    cast: Cast, api_client: Programs, task: Task, django_assert_num_queries: Callable[[int], Any]
) -> None:
    """Token, number → id, savepoint, lock, parties, state, act, savepoint."""
    program = api_client(cast.ye)
    program.get("/api/v1/tasks")

    with django_assert_num_queries(8):
        post(program, f"/tasks/{task.number}/accept")


def test_times_are_given_with_their_zone(cast: Cast, api_client: Programs, task: Task) -> None:
    item = api_client(cast.ye).get("/api/v1/tasks").json()["items"][0]

    assert datetime.fromisoformat(item["due_at"]) == AT + DAY
    assert datetime.fromisoformat(item["due_at"]).utcoffset() is not None
    assert datetime.fromisoformat(item["created_at"]) - AT == timedelta(0)
