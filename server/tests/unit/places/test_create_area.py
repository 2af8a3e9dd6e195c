from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.places.actions.create_area import (
    AreaCodeMalformed,
    AreaCodeTaken,
    AreaNameMissing,
    PopulationImpossible,
    PositionImpossible,
    UnknownLevel,
    create_area,
)
from tongzhou.places.models import Area

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def create(cast: Cast, **changes: Any) -> Area:
    given: dict[str, Any] = {
        "code": "3304",
        "name_zh": "嘉兴市",
        "name_en": "Jiaxing",
        "level": "city",
        "parent": cast.areas["33"],
        "by": cast.an,
        "at": AT,
    }
    return create_area(**(given | changes))


def test_it_stands_in_the_tree(cast: Cast) -> None:
    area = create(cast, population=5_400_868)

    stored = Area.objects.get(code="3304")
    assert (stored.path, stored.parent_code) == ("33/3304/", "33")
    assert cast.areas["33"].contains(area)
    assert not cast.areas["3301"].contains(area)
    act = ledger.about("area", area.id)[0].act
    assert (act.type, act.by_unit) == ("area.created.v1", cast.an.unit_id)


def test_only_the_command_line_makes_a_root(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create(cast, code="42", parent=None)

    assert create(cast, code="42", parent=None, by=None).path == "42/"


@pytest.mark.parametrize("name", ["shen", "he", "ou", "ren"])
def test_it_refuses_everybody_but_the_administrator_of_the_area(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        create(cast, by=cast.posts[name])


def test_it_leaves_nothing_behind_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        create(cast)

    assert not Area.objects.filter(code="3304").exists()


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"code": ""}, AreaCodeMalformed, "code"),
        ({"code": "33/04"}, AreaCodeMalformed, "code"),
        ({"code": "3" * 41}, AreaCodeMalformed, "code"),
        ({"code": "3301"}, AreaCodeTaken, "code"),
        ({"name_zh": " "}, AreaNameMissing, "name_zh"),
        ({"level": "planet"}, UnknownLevel, "level"),
        ({"population": -1}, PopulationImpossible, "population"),
        ({"population": 3_000_000_000}, PopulationImpossible, "population"),
        ({"lon": 181.0}, PositionImpossible, "lon"),
        ({"lat": float("nan")}, PositionImpossible, "lat"),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, changes: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as told:
        create(cast, **changes)

    assert told.value.field == field  # type: ignore[attr-defined]
