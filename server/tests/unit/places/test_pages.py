from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.places import panels
from tongzhou.places.models import Area

Browser = Callable[[Post], Client]
SQUARE = {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 30]]]}
FORM = {
    "code": "330107",
    "name_zh": "新区",
    "name_en": "New",
    "level": "district",
    "population": "5",
    "lon": "120.1",
    "lat": "30.2",
    "source": "test",
}


def test_visitors_sign_in_first(cast: Cast, client: Client) -> None:
    for address in ("/areas", "/areas/33", "/areas/33/children", "/areas/33/map.json"):
        assert client.get(address)["Location"].startswith("/sign-in")


def test_the_tree_opens_branch_by_branch(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.ou)

    tree = browser.get("/areas").content.decode()
    branch = browser.get("/areas/33/children").content.decode()

    assert "Zhejiang" in tree
    assert "Hangzhou" not in tree
    assert "Hangzhou" in branch
    assert "Xihu District" not in branch


def test_a_search_finds_across_the_tree(cast: Cast, signed_in: Browser) -> None:
    found = signed_in(cast.ou).get(
        "/areas?q=xihu", headers={"HX-Request": "true", "HX-Target": "area-list"}
    )

    assert "Xihu District" in found.content.decode()
    assert "<html" not in found.content.decode()


def test_the_page_shows_census_and_way(cast: Cast, signed_in: Browser) -> None:
    Area.objects.filter(code="3301").update(profile={"popu_2020": 11936010, "popu_2010": 8700400})

    page = signed_in(cast.ou).get("/areas/3301").content.decode()

    assert "8,700,400" in page
    assert 'href="/areas/33"' in page
    assert "Xihu District" in page


def test_the_map_comes_with_its_shapes_and_is_not_sent_twice(
    cast: Cast, signed_in: Browser
) -> None:
    Area.objects.filter(code="330106").update(boundary=SQUARE)
    browser = signed_in(cast.ou)

    assert "/areas/3301/map.json" in browser.get("/areas/3301").content.decode()
    shapes = browser.get("/areas/3301/map.json")
    again = browser.get("/areas/3301/map.json", headers={"If-None-Match": shapes["ETag"]})

    assert shapes.json()["features"][0]["properties"]["name"] == "Xihu District"
    assert again.status_code == 304


def test_without_shapes_there_is_no_map(cast: Cast, signed_in: Browser) -> None:
    assert "map.json" not in signed_in(cast.ou).get("/areas/3301").content.decode()


def test_the_administrator_adds_and_changes_an_area(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.an)

    added = browser.post("/areas/3301/new", FORM)
    changed = browser.post("/areas/330107/edit", FORM | {"name_en": "Newer"})

    assert (added.status_code, added["Location"]) == (302, "/areas/330107")
    assert changed.status_code == 302
    assert Area.objects.get(code="330107").name_en == "Newer"


@pytest.mark.parametrize("name", ["shen", "he", "ou"])
def test_others_have_neither_form_nor_button(cast: Cast, signed_in: Browser, name: str) -> None:
    browser = signed_in(cast.posts[name])

    assert browser.get("/areas/3301/new").status_code == 403
    assert browser.post("/areas/3301/edit", FORM).status_code == 403
    assert "/areas/3301/edit" not in browser.get("/areas/3301").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"code": "3301"}, {"population": "-1"}, {"lon": "999"}, {"name_zh": ""}, {"lat": "nan"}],
)
def test_what_is_wrong_is_told_in_the_form(
    cast: Cast, signed_in: Browser, wrong: dict[str, str]
) -> None:
    answer = signed_in(cast.an).post("/areas/3301/new", FORM | wrong)

    assert answer.status_code == 422
    assert "data-error-summary" in answer.content.decode()


def test_an_unknown_area_is_told_plainly(cast: Cast, signed_in: Browser) -> None:
    assert signed_in(cast.ou).get("/areas/atlantis").status_code == 404


def test_other_rooms_fill_panels_in_order(
    cast: Cast, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_PANELS", [])

    @panels.register(order=2, template="ui/_message.html")
    def second(area: Area, request: Any) -> dict[str, str]:
        return {"text": "second"}

    @panels.register(order=1, template="ui/_message.html")
    def nothing(area: Area, request: Any) -> None:
        return None

    shown = signed_in(cast.ou).get("/areas/33").context["panels"]

    assert [(p.template, p.variables) for p in shown] == [("ui/_message.html", {"text": "second"})]
