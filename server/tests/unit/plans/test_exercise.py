"""Exercises and the real world never mix."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation
from unit.plans.conftest import AT, DAY

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.delivery import notices
from tongzhou.delivery.models import Notice
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists
from tongzhou.incidents.queries.lists import ExerciseOnly, RealOnly
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.ledger.models import Act
from tongzhou.tasks import queries
from tongzhou.tasks.actions.create_task import ExerciseAndReal, ExerciseNeedsIncident
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.split_task import Part, split_task
from tongzhou.tasks.models import Task
from tongzhou.tasks.queries.silence import silent_units

Browser = Callable[[Post], Client]


def _in_exercise(post: Post) -> Post:
    post.exercise = True
    return post


def test_lists_show_the_real_world_or_exercises(
    cast: Cast, incident: Incident, drill: Incident
) -> None:
    real = [row.incident.code for row in lists.listed(visible_to=cast.shen, at=AT).rows]
    drills = [
        row.incident.code for row in lists.listed(visible_to=_in_exercise(cast.shen), at=AT).rows
    ]

    assert (real, drills) == ([incident.code], [drill.code])


def test_an_address_of_the_other_world_says_so(
    cast: Cast, incident: Incident, drill: Incident
) -> None:
    with pytest.raises(ExerciseOnly):
        lists.find(drill.code, visible_to=cast.shen)
    with pytest.raises(RealOnly):
        lists.find(incident.code, visible_to=_in_exercise(cast.shen))
    with pytest.raises(NotFound):
        lists.find(drill.code, visible_to=cast.ou)


def test_every_act_of_an_exercise_says_that_it_is_one(
    cast: Cast, incident: Incident, drill: Incident
) -> None:
    marks = {
        act.incident: bool(act.data.get("exercise")) for act in Act.objects.exclude(incident=None)
    }

    assert marks == {incident.id: False, drill.id: True}


def test_one_enters_and_leaves_with_a_banner_on_every_page(
    cast: Cast, incident: Incident, drill: Incident, signed_in: Browser
) -> None:
    browser = signed_in(cast.shen)
    outside = browser.get("/incidents").content.decode()

    browser.post("/exercise", {"code": drill.code})
    inside = browser.get("/incidents").content.decode()
    browser.post("/exercise", {"code": ""})
    after = browser.get("/incidents").content.decode()

    assert "Pneumonia of unknown cause" in outside
    assert "Spring drill" not in outside
    assert "Exercise, not a real event: Spring drill" in inside
    assert "Pneumonia of unknown cause" not in inside
    assert "Exercise, not a real event" not in after


def test_the_page_of_a_drill_offers_the_way_in(
    cast: Cast, drill: Incident, signed_in: Browser
) -> None:
    answer = signed_in(cast.shen).get(f"/incidents/{drill.code}")

    assert answer.status_code == 409
    assert f"/exercise?next=/incidents/{drill.code}" in answer.content.decode()


def test_nobody_enters_an_exercise_of_others_or_a_real_incident(
    cast: Cast, incident: Incident, drill: Incident, signed_in: Browser
) -> None:
    assert signed_in(cast.ou).post("/exercise", {"code": drill.code}).status_code == 404
    assert signed_in(cast.shen).post("/exercise", {"code": incident.code}).status_code == 404


def test_a_program_says_with_each_request_that_it_takes_part(
    cast: Cast, incident: Incident, drill: Incident, api_client: Callable[..., Client]
) -> None:
    program = api_client(cast.shen)

    real = program.get("/api/v1/incidents").json()["items"]
    drills = program.get("/api/v1/incidents", headers={"Tongzhou-Exercise": "1"}).json()["items"]

    assert [i["code"] for i in real] == [incident.code]
    assert [i["code"] for i in drills] == [drill.code]


def test_notices_of_exercises_are_counted_apart(cast: Cast) -> None:
    unit = cast.shen.unit_id
    for place, exercise in enumerate((True, True, False), start=1):
        Notice.objects.create(
            unit=unit, act=cast.areas["33"].id if place == 1 else cast.posts["lou"].id if place == 2
            else cast.posts["he"].id,
            position=place, type="group.formed.v1", about_kind="group",
            about_id=unit, at=AT, exercise=exercise,
        )  # fmt: skip

    assert (notices.unread(unit=unit), notices.unread(unit=unit, exercise=True)) == (1, 2)
    notices.mark_read(unit=unit, at=AT)
    assert (notices.unread(unit=unit), notices.unread(unit=unit, exercise=True)) == (0, 2)


def _task(cast: Cast, incident: Incident | None, **given: object) -> Task:
    arguments = {
        "title": "Trace contacts",
        "lead": cast.units["hz-command"],
        "area": cast.areas["3301"],
        "due_at": AT + DAY,
        "basis": "order",
        "incident": incident,
        "by": cast.shen,
        "at": AT,
    } | given
    return send_task(**arguments)  # type: ignore[arg-type]


def test_every_list_of_tasks_shows_one_world(
    cast: Cast, incident: Incident, drill: Incident
) -> None:
    real, drilled = _task(cast, incident), _task(cast, drill)

    def numbers(post: Post) -> list[set[int]]:
        waiting = queries.waiting_for(visible_to=post, at=AT)
        return [
            {row.number for row in queries.list_tasks(visible_to=post, at=AT).rows},
            {row.number for row in waiting.to_accept.rows},
            {row.number for column in queries.board(visible_to=post, at=AT) for row in column.rows},
            {task.number for task in queries.visible(post)},
        ]

    assert numbers(cast.lou) == [{real.number}] * 4
    assert sum(queries.counts_by_state(visible_to=cast.lou, at=AT).values()) == 1
    assert [unit.unseen for unit in silent_units(visible_to=cast.shen, at=AT)] == [1]
    assert numbers(_in_exercise(cast.lou)) == [{drilled.number}] * 4


def test_a_task_of_a_drill_is_not_found_by_its_number_outside(cast: Cast, drill: Incident) -> None:
    task = _task(cast, drill)

    for find in (queries.task_for, queries.target):
        with pytest.raises(ExerciseOnly):
            find(visible_to=cast.lou, number=task.number)
        with pytest.raises(NotFound):
            find(visible_to=cast.ou, number=task.number)


def test_a_drill_and_a_real_task_never_meet(
    cast: Cast, incident: Incident, drill: Incident
) -> None:
    real, drilled = _task(cast, incident), _task(cast, drill)

    with pytest.raises(ExerciseAndReal):
        merge_tasks(task=drilled, into=real, by=cast.shen, at=AT)
    with pytest.raises(ExerciseAndReal):
        _task(cast, None, parent=drilled)
    with pytest.raises(ExerciseAndReal):
        _task(cast, drill, parent=real)
    with pytest.raises(ExerciseNeedsIncident):
        _task(cast, incident, by=_in_exercise(cast.shen))


def test_parts_of_a_drill_belong_to_it(cast: Cast, drill: Incident) -> None:
    whole = _task(cast, drill)

    parts = split_task(
        task=whole, parts=[Part("Half", cast.units["xh-command"], AT + DAY)], by=cast.lou, at=AT
    )

    assert parts[0].exercise
    assert all(a.data["exercise"] for a in Act.objects.filter(about_kind="task"))


def test_messages_say_in_both_languages_that_it_is_an_exercise(cast: Cast, drill: Incident) -> None:
    task = _task(cast, drill)
    lines = ledger.about("task", task.id)

    english = sentences.tell(lines)[-1].sentence
    with translation.override("zh-hans"):
        chinese = sentences.tell(lines)[-1].sentence

    assert english.startswith("Exercise: ")
    assert chinese.startswith("演练：")
