"""Exercises and the real world never mix."""

from collections.abc import Callable

import pytest
from django.test import Client
from unit.plans.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.delivery import notices
from tongzhou.delivery.models import Notice
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists
from tongzhou.incidents.queries.lists import ExerciseOnly, RealOnly
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger.models import Act

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
