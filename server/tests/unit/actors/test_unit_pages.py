from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.actions.issue_token import issue_token
from tongzhou.actors.models import Post, Unit
from tongzhou.demo.cast import Cast

Browser = Callable[[Post], Client]
AT = datetime(2020, 1, 23, 8, tzinfo=UTC)
FORM = {
    "code": "hz-transport",
    "name_zh": "杭州市交通运输局",
    "name_en": "Hangzhou Transport",
    "sector": "government",
    "level": "city",
    "area": "3301",
    "parent": "hz-command",
}


def add(cast: Cast, count: int) -> None:
    for number in range(count):
        create_unit(
            code=f"team-{number:03}",
            name_zh=f"第{number}队",
            sector="volunteer_team",
            level="city",
            area=cast.areas["3301"],
            by=cast.an,
            at=AT,
        )


def test_the_list_is_filtered_by_the_address(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.ou)

    by_name = browser.get("/units?q=Health").content.decode()
    by_area = browser.get("/units?area=3303&sector=enterprise").content.decode()

    assert "zj-health" in by_name
    assert "zj-cdc" not in by_name
    assert "wz-trade" in by_area
    assert "wz-command" not in by_area


def test_the_list_goes_on_by_cursor(cast: Cast, signed_in: Browser) -> None:
    add(cast, 45)
    browser = signed_in(cast.ou)

    first = browser.get("/units")
    second = browser.get("/units", {"cursor": first.context["next"]})

    codes = [unit.code for page in (first, second) for unit, *_labels in page.context["rows"]]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) == Unit.objects.count()
    assert not second.context["next"]


def test_more_units_cost_no_more_queries(
    cast: Cast, signed_in: Browser, django_assert_max_num_queries: Any
) -> None:
    add(cast, 40)
    browser = signed_in(cast.ou)
    browser.get("/units")

    with django_assert_max_num_queries(7):
        browser.get("/units")


def test_htmx_gets_the_list_alone(cast: Cast, signed_in: Browser) -> None:
    part = signed_in(cast.ou).get(
        "/units", headers={"HX-Request": "true", "HX-Target": "unit-list"}
    )

    assert "<html" not in part.content.decode()
    assert "zj-health" in part.content.decode()


@pytest.mark.parametrize("name", ["mei", "ye", "shen", "an"])
def test_the_line_of_command_sees_the_people(cast: Cast, signed_in: Browser, name: str) -> None:
    page = signed_in(cast.posts[name]).get("/units/baoshi-community").content.decode()

    assert "Mei Ke" in page


@pytest.mark.parametrize("name", ["ou", "he", "pan", "chu", "tang", "ren"])
def test_others_see_the_unit_and_nobody_in_it(cast: Cast, signed_in: Browser, name: str) -> None:
    page = signed_in(cast.posts[name]).get("/units/baoshi-community")

    assert page.status_code == 200
    text = page.content.decode()
    assert "Mei Ke" not in text
    assert "Known to the unit and its line of command" in text
    assert "What the unit did" not in text


def test_residents_do_not_see_each_other(cast: Cast, signed_in: Browser) -> None:
    other = cast.posts["ou"].person
    for unit in ("baoshi-residents", "baoshi-community"):
        Post.objects.create(person=other, unit=cast.units[unit], role="resident", starts_at=AT)

    assert "Ou Chuan" not in signed_in(cast.ren).get("/units/baoshi-residents").content.decode()
    assert "Ou Chuan" in signed_in(cast.mei).get("/units/baoshi-community").content.decode()


def test_what_a_unit_did_is_told_in_sentences(cast: Cast, signed_in: Browser) -> None:
    issue_token(label="t", scopes=[], expires_at=datetime(2020, 2, 1, tzinfo=UTC),
                by=cast.tang, at=AT)  # fmt: skip

    page = signed_in(cast.shen).get("/units/zj-health").content.decode()

    assert "Zhejiang Health Commission issued an API token" in page


def test_a_unit_is_made_and_changed(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.lou)

    made = browser.post("/units/new?parent=hz-command", FORM)
    changed = browser.post(
        "/units/hz-transport/edit", FORM | {"name_en": "Transport Bureau", "active": "on"}
    )

    assert (made.status_code, made["Location"]) == (302, "/units/hz-transport")
    assert changed.status_code == 302
    assert Unit.objects.get(code="hz-transport").name_en == "Transport Bureau"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "hz-health"}, "There is a unit with the code hz-health already."),
        ({"area": "99"}, "There is nothing here"),
        ({"parent": "nobody"}, "There is nothing here"),
        ({"parent": "wz-command"}, "does not have the permission"),
        ({"name_zh": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_in_the_form(
    cast: Cast, signed_in: Browser, wrong: dict[str, str], sentence: str
) -> None:
    answer = signed_in(cast.lou).post("/units/new", FORM | wrong)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Unit.objects.filter(code="hz-transport").exists()


def test_others_have_no_form(cast: Cast, signed_in: Browser) -> None:
    assert signed_in(cast.mei).get("/units/new").status_code == 403
    assert signed_in(cast.he).get("/units/hz-health/edit").status_code == 403
    assert signed_in(cast.he).post("/units/hz-health/edit", FORM).status_code == 403


def test_an_unknown_unit_is_told_plainly(cast: Cast, signed_in: Browser) -> None:
    answer = signed_in(cast.he).get("/units/atlantis")

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_the_page_of_an_area_shows_its_units(cast: Cast, signed_in: Browser) -> None:
    page = signed_in(cast.ou).get("/areas/330106").content.decode()

    assert "Xihu District Command" in page
    assert "Green Boat Volunteers" in page
    assert "Beishan Subdistrict Office" not in page
