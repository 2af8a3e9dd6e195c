"""What the search fields find while one types."""

from django.test import Client
from django.utils import translation

from tongzhou.actors.models import Unit
from tongzhou.demo.cast import Cast
from tongzhou.tasks.models import Task

from .conftest import Browser


def codes(client: Client, address: str) -> list[str]:
    return [item["code"] for item in client.get(address).json()["results"]]


def test_units_are_found_by_either_name_and_by_code(ye: Client) -> None:
    assert codes(ye, "/tasks/units?q=wenzhou") == ["wz-command"]
    assert codes(ye, "/tasks/units?q=温州市") == ["wz-command"]
    assert codes(ye, "/tasks/units?q=wz-") == ["wz-command", "wz-trade"]


def test_a_unit_comes_with_its_level_sector_and_place_in_the_line(lou: Client) -> None:
    found = lou.get("/tasks/units?q=beishan").json()["results"]

    assert found == [
        {
            "code": "beishan-street",
            "name": "Beishan Subdistrict Office",
            "hint": "street or town · government · Beishan Subdistrict",
            "below": True,
        }
    ]


def test_before_anything_is_typed_the_units_below_are_offered(ye: Client) -> None:
    assert codes(ye, "/tasks/units?q=") == ["baoshi-community"]


def test_a_unit_that_takes_no_work_is_not_found(ye: Client) -> None:
    Unit.objects.filter(code="wz-trade").update(active=False)

    assert codes(ye, "/tasks/units?q=wz-trade") == []


def test_at_most_a_dozen_are_answered(ye: Client) -> None:
    assert len(codes(ye, "/tasks/units?q=a")) <= 12


def test_names_are_in_the_language_of_the_reader(lou: Client) -> None:
    with translation.override("zh-hans"):
        found = lou.get("/tasks/units?q=beishan", headers={"Accept-Language": "zh-hans"}).json()

    assert found["results"][0]["name"] == "北山街道办事处"


def test_areas_are_found_with_those_around_them(ye: Client) -> None:
    found = ye.get("/tasks/areas?q=baoshi").json()["results"]

    assert [item["name"] for item in found] == ["Baoshi Community"]
    assert found[0]["hint"].endswith("Beishan Subdistrict · Xihu District · Hangzhou · Zhejiang")


def test_at_first_the_areas_of_the_own_unit_are_offered(ye: Client, cast: Cast) -> None:
    assert codes(ye, "/tasks/areas?q=")[0] == cast.units["beishan-street"].area.code


def test_tasks_are_found_by_number_and_words(ye: Client, task: Task) -> None:
    assert codes(ye, f"/tasks/search?q={task.number}") == [f"T-{task.number}"]
    assert codes(ye, "/tasks/search?q=households") == [f"T-{task.number}"]


def test_tasks_of_others_are_not_found(cast: Cast, signed_in: Browser, task: Task) -> None:
    assert codes(signed_in(cast.he), "/tasks/search?q=households") == []
