"""Searching, listing and drawing areas."""

from typing import Any

import pytest
from django.utils.translation import override

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound
from tongzhou.places import profile, queries
from tongzhou.places.models import Area, inside
from tongzhou.places.names import search_text
from tongzhou.places.shapes import collection, shapes_tag

SQUARE = {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 30]]]}


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("杭州", "3301"),
        ("hangzhou", "3301"),
        ("3301", "3301"),
        ("西湖区", "330106"),
        ("xihudistrict", "330106"),
        ("beishan sub", "330106002"),
        ("HANG", "3301"),
    ],
)
def test_an_area_is_found_by_name_code_and_pinyin(cast: Cast, q: str, first: str) -> None:
    assert queries.suggestions(q)[0].code == first


@pytest.mark.parametrize("q", ["", "  ", "atlantis", "%", "_"])
def test_nothing_is_found_for_nothing(cast: Cast, q: str) -> None:
    assert queries.suggestions(q) == []


def test_an_apostrophe_need_not_be_typed() -> None:
    assert search_text("淳安县", "Chun'an County") == "淳安县 chun'an county chunancounty"


def test_the_subtree_is_one_predicate(cast: Cast) -> None:
    found = Area.objects.filter(inside("33/3301/330106/", field=""))

    assert {a.code for a in found} == {
        "330106",
        "330106002",
        "330106002901",
        "33010600290101",
    }


def test_the_subtree_is_served_by_its_index(cast: Cast) -> None:
    Area.objects.bulk_create(
        Area(code=f"x{n}", name_zh="x", level="street", path=f"x{n}/") for n in range(3000)
    )

    plan = Area.objects.filter(inside("33/3301/", field="")).explain()

    assert "area_subtree" in plan or "places_area_path" in plan


def test_the_areas_around_come_from_the_largest(cast: Cast) -> None:
    grid = queries.find("33010600290101")

    around = [a.code for a in queries.ancestors(grid)]

    assert around == ["33", "3301", "330106", "330106002", "330106002901"]


def test_an_unknown_code_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        queries.find("atlantis")


def test_a_name_follows_the_language_and_falls_back(cast: Cast) -> None:
    area = cast.areas["3301"]

    with override("zh-hans"):
        assert area.name == "杭州市"
    with override("en"):
        assert area.name == "Hangzhou"
        assert Area(name_zh="无名").name == "无名"


def test_a_census_shows_what_is_there() -> None:
    rows = profile.rows({"popu_2020": 1000, "household_2010": 2.5})

    shown = [(str(r.label), r.first_written, r.second_written) for r in rows]
    assert shown == [("Population", "–", "1,000"), ("Persons per household", "2.50", "–")]


def test_the_map_of_an_area_shows_what_is_inside(cast: Cast) -> None:
    Area.objects.filter(code="330106").update(boundary=SQUARE)

    shapes = collection(queries.with_boundaries(queries.find("3301")))

    assert [f["id"] for f in shapes["features"]] == ["330106"]
    assert queries.with_boundaries(queries.find("330106"))[0].code == "330106"
    assert queries.with_boundaries(queries.find("3303")) == []


def test_the_tag_of_the_shapes_changes_with_them(cast: Cast) -> None:
    before = shapes_tag("3301")
    assert before == shapes_tag("3301")

    Area.objects.filter(code="330106").update(boundary=SQUARE)
    shaped = shapes_tag("3301")
    with override("zh-hans"):
        chinese = shapes_tag("3301")

    assert len({before, shaped, chinese}) == 3


def test_children_are_asked_for_all_rows_at_once(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    areas = list(Area.objects.all())

    with django_assert_num_queries(1):
        deeper = queries.having_children(areas)

    assert deeper == {"33", "3301", "330106", "330106002", "330106002901", "3303"}
