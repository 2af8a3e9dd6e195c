from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.places.models import Area

Program = Callable[..., Client]
SQUARE = {"type": "Polygon", "coordinates": [[[120, 30], [121, 30], [121, 31], [120, 30]]]}
AREA = {"code": "3304", "name_zh": "嘉兴市", "level": "city", "parent": "33"}


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    call = getattr(client, method)
    return call(f"/api/v1{address}", data=body, content_type="application/json")


def test_an_area_is_made_read_and_changed(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    made = send(client, "post", "/areas", AREA)
    changed = send(client, "patch", "/areas/3304", {"population": 5_400_868})
    read = client.get("/api/v1/areas/3304")

    assert (made.status_code, changed.status_code) == (201, 200)
    assert read.json() == changed.json()
    assert read.json()["population"] == 5_400_868
    assert [a["code"] for a in read.json()["ancestors"]] == ["33"]


def test_null_takes_a_figure_away_and_nothing_else(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    taken = send(client, "patch", "/areas/3301", {"population": None})

    assert taken.json()["population"] is None
    for field in ("name_zh", "name_en", "level", "source"):
        answer = send(client, "patch", "/areas/3301", {field: None})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("name", ["shen", "he", "ou", "ren"])
def test_others_read_and_change_nothing(cast: Cast, api_client: Program, name: str) -> None:
    client = api_client(cast.posts[name])

    assert client.get("/api/v1/areas/3301").status_code == 200
    assert send(client, "patch", "/areas/3301", {"population": 5}).status_code == 403
    assert send(client, "post", "/areas", AREA).status_code == 403


def test_the_list_is_filtered_by_tree_level_and_name(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.ou)

    def codes(query: str) -> list[str]:
        return [a["code"] for a in client.get(f"/api/v1/areas?{query}").json()["items"]]

    assert codes("parent=33") == ["3301", "3303"]
    assert codes("inside=3303") == ["3303", "330302"]
    assert codes("level=district") == ["330102", "330106", "330302"]
    assert codes("q=xihu") == ["330106"]
    assert client.get("/api/v1/areas?inside=99").status_code == 404


def test_the_list_goes_on_by_cursor(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.ou)
    found: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        page = client.get(f"/api/v1/areas?limit=4&cursor={cursor}").json()
        found += [area["path"] for area in page["items"]]
        cursor = page["next"]

    assert found == sorted(a.path for a in cast.areas.values())


def test_a_boundary_is_geojson(cast: Cast, api_client: Program) -> None:
    Area.objects.filter(code="3301").update(boundary=SQUARE)
    client = api_client(cast.ou)

    found = client.get("/api/v1/areas/3301/boundary").json()

    assert (found["type"], found["geometry"]) == ("Feature", SQUARE)
    assert client.get("/api/v1/areas/3303/boundary").status_code == 404


def test_a_long_list_costs_the_same_queries(
    cast: Cast, api_client: Program, django_assert_num_queries: Any
) -> None:
    Area.objects.bulk_create(
        Area(code=f"33{n}", name_zh="镇", level="street", path=f"33/33{n}/") for n in range(60, 120)
    )
    client = api_client(cast.ou)
    client.get("/api/v1/areas")

    with django_assert_num_queries(2):
        answer = client.get("/api/v1/areas?limit=50")

    assert len(answer.json()["items"]) == 50
