from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.models import Person, Post, Unit
from tongzhou.demo.cast import Cast

Program = Callable[..., Client]
AT = datetime(2020, 1, 23, 8, tzinfo=UTC)
UNIT = {
    "code": "hz-transport",
    "name_zh": "杭州市交通运输局",
    "sector": "government",
    "level": "city",
    "area": "3301",
    "parent": "hz-command",
}


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    call = getattr(client, method)
    return call(f"/api/v1{address}", data=body, content_type="application/json")


def test_a_unit_is_made_read_and_changed(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.lou)

    made = send(client, "post", "/units", UNIT)
    changed = send(client, "patch", "/units/hz-transport", {"name_en": "Hangzhou Transport"})
    read = client.get("/api/v1/units/hz-transport")

    assert (made.status_code, changed.status_code) == (201, 200)
    assert read.json() == changed.json()
    assert read.json()["parent"] == "hz-command"
    assert read.json()["area"]["name_en"] == "Hangzhou"
    assert read.json()["name_en"] == "Hangzhou Transport"


def test_null_takes_a_unit_out_of_the_line_and_silence_leaves_it(
    cast: Cast, api_client: Program
) -> None:
    client = api_client(cast.an)

    send(client, "patch", "/units/hz-health", {"name_en": "X"})
    assert Unit.objects.get(code="hz-health").parent == cast.units["hz-command"]

    send(client, "patch", "/units/hz-health", {"parent": None})
    assert Unit.objects.get(code="hz-health").parent is None


@pytest.mark.parametrize("field", ["name_zh", "name_en", "sector", "level", "area", "active"])
def test_what_a_unit_must_have_cannot_be_taken_away(
    cast: Cast, api_client: Program, field: str
) -> None:
    answer = send(api_client(cast.an), "patch", "/units/hz-health", {field: None})

    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]


def test_the_list_is_filtered_and_paged(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.ou)

    first = client.get("/api/v1/units?area=3301&limit=5").json()
    second = client.get(f"/api/v1/units?area=3301&limit=5&cursor={first['next']}").json()

    codes = [unit["code"] for page in (first, second) for unit in page["items"]]
    assert codes == sorted(u.code for u in cast.units.values() if u.area.path.startswith("33/3301"))
    assert second["next"] is None


def test_a_long_list_costs_the_same_queries(
    cast: Cast, api_client: Program, django_assert_num_queries: Any
) -> None:
    for number in range(60):
        create_unit(
            code=f"team-{number:03}",
            name_zh=f"第{number}队",
            sector="volunteer_team",
            level="city",
            area=cast.areas["3301"],
            by=cast.an,
            at=AT,
        )
    client = api_client(cast.ou)
    client.get("/api/v1/units")

    with django_assert_num_queries(2):
        answer = client.get("/api/v1/units?limit=50")

    assert len(answer.json()["items"]) == 50


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"area": "99"}, 404, "not-found"),
        ({"parent": "nobody"}, 404, "not-found"),
        ({"parent": "wz-command"}, 403, "not-allowed"),
        ({"code": "hz-health"}, 409, "unit-code-taken"),
        ({"code": "Hz"}, 422, "invalid"),
        ({"sector": "army"}, 422, "invalid"),
        ({"name_zh": ""}, 422, "invalid"),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, api_client: Program, changes: dict[str, str], status: int, code: str
) -> None:
    answer = send(api_client(cast.lou), "post", "/units", UNIT | changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Unit.objects.filter(code="hz-transport").exists()


def test_people_are_known_to_the_line_only(cast: Cast, api_client: Program) -> None:
    inside = api_client(cast.ye).get("/api/v1/units/baoshi-community/posts")
    outside = api_client(cast.ou).get("/api/v1/units/baoshi-community/posts")

    assert {p["person"]["username"] for p in inside.json()} == {"mei", "ji"}
    assert (outside.status_code, outside.json()["code"]) == (403, "people-hidden")


def test_somebody_is_appointed_and_leaves(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.lou)
    body = {"role": "department_liaison", "username": "lu", "name_zh": "陆渊"}

    made = send(client, "post", "/units/hz-health/posts", body)
    ended = send(client, "post", f"/posts/{made.json()['id']}/end")

    assert (made.status_code, ended.status_code) == (201, 200)
    assert ended.json()["ends_at"] is not None


def test_an_account_is_closed(cast: Cast, api_client: Program) -> None:
    answer = send(api_client(cast.lou), "post", f"/people/{cast.ji.person_id}/deactivate")

    assert answer.json()["person"]["active"] is False
    assert not Person.objects.get(username="ji").is_active


@pytest.mark.parametrize("name", ["he", "ou"])
def test_others_find_neither_post_nor_person(cast: Cast, api_client: Program, name: str) -> None:
    client = api_client(cast.posts[name])

    assert send(client, "post", f"/posts/{cast.ji.id}/end").status_code == 404
    assert send(client, "post", f"/people/{cast.ji.person_id}/deactivate").status_code == 404
    body = {"role": "resident", "person": str(cast.ji.person_id)}
    assert send(client, "post", "/units/wz-command/posts", body).status_code == 404
    assert Post.objects.get(id=cast.ji.id).ends_at is None


def test_an_invitation_goes_from_hand_to_hand(
    cast: Cast, api_client: Program, client: Client
) -> None:
    lead = api_client(cast.mei)
    made = send(lead, "post", "/units/baoshi-community/invitations", {"role": "resident"})
    body = {
        "token": made.json()["token"],
        "username": "neu",
        "name_zh": "新来",
        "password": "kettle orange bridge",
    }

    listed = lead.get("/api/v1/units/baoshi-community/invitations").json()
    taken = send(client, "post", "/invitations/accept", body)
    again = send(client, "post", "/invitations/accept", body)

    assert made.json()["address"].endswith(f"/invitation/{body['token']}")
    assert [i["id"] for i in listed] == [made.json()["id"]]
    assert "token" not in listed[0]
    assert (taken.status_code, taken.json()["unit"]["code"]) == (201, "baoshi-community")
    assert (again.status_code, again.json()["code"]) == (410, "invitation-used")


def test_others_see_no_invitations(cast: Cast, api_client: Program) -> None:
    made = send(
        api_client(cast.mei), "post", "/units/baoshi-community/invitations", {"role": "resident"}
    ).json()
    other = api_client(cast.he)

    assert other.get("/api/v1/units/baoshi-community/invitations").status_code == 403
    assert send(other, "post", f"/invitations/{made['id']}/withdraw").status_code == 404
    mine = send(api_client(cast.mei), "post", f"/invitations/{made['id']}/withdraw")
    assert mine.status_code == 200
