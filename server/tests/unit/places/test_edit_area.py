from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.places import queries
from tongzhou.places.actions.create_area import AreaNameMissing, PopulationImpossible
from tongzhou.places.actions.edit_area import FieldFixed, edit_area
from tongzhou.places.models import Area

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def test_it_changes_what_is_given(cast: Cast) -> None:
    area = cast.areas["330106"]

    edit_area(area=area, changes={"name_en": "West Lake", "population": 7}, by=cast.an, at=AT)

    stored = Area.objects.get(code="330106")
    assert (stored.name_en, stored.population, stored.name_zh) == ("West Lake", 7, "西湖区")
    assert [found.code for found in queries.suggestions("westlake")] == ["330106"]
    act = ledger.about("area", area.id)[-1].act
    assert (act.type, act.data["changed"]) == ("area.edited.v1", ["name_en", "population"])


def test_nothing_changed_is_no_act(cast: Cast) -> None:
    area = cast.areas["330106"]

    edit_area(area=area, changes={"name_en": area.name_en}, by=cast.an, at=AT)

    assert len(ledger.about("area", area.id)) == 1


@pytest.mark.parametrize("name", ["shen", "he", "ou"])
def test_it_refuses_others(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        edit_area(area=cast.areas["330106"], changes={}, by=cast.posts[name], at=AT)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "7"}, FieldFixed),
        ({"path": "7/"}, FieldFixed),
        ({"name_zh": ""}, AreaNameMissing),
        ({"population": -1}, PopulationImpossible),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        edit_area(area=cast.areas["330106"], changes=changes, by=cast.an, at=AT)


def test_it_leaves_nothing_behind_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        edit_area(area=cast.areas["330106"], changes={"name_en": "X"}, by=cast.an, at=AT)

    assert Area.objects.get(code="330106").name_en == "Xihu District"
