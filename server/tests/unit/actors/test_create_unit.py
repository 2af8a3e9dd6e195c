from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.actors.actions.create_unit import (
    ParentInactive,
    UnitCodeMalformed,
    UnitCodeTaken,
    UnitNameMissing,
    UnknownSector,
    UnknownUnitLevel,
    create_unit,
)
from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.actors.models import Unit
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def make(cast: Cast, **changes: Any) -> Unit:
    given = {
        "code": "hz-transport",
        "name_zh": "杭州市交通运输局",
        "name_en": "Hangzhou Transport",
        "sector": "government",
        "level": "city",
        "area": cast.areas["3301"],
        "parent": cast.units["hz-command"],
        "by": cast.lou,
        "at": AT,
    }
    return create_unit(**(given | changes))


def test_it_makes_a_unit_in_the_line_of_command(cast: Cast) -> None:
    unit = make(cast)

    stored = Unit.objects.get(code="hz-transport")
    assert stored.line == [cast.units["zj-command"].id, cast.units["hz-command"].id, unit.id]
    assert stored.created_at == AT
    (line,) = ledger.about("unit", unit.id)
    assert (line.act.type, line.act.by_unit) == ("unit.created.v1", cast.lou.unit_id)


def test_a_firm_stands_outside_of_every_line(cast: Cast) -> None:
    unit = make(cast, code="hz-taxi", sector="enterprise", parent=None, by=cast.an)

    assert unit.line == [unit.id]
    assert unit.above == []


def test_it_refuses_somebody_without_the_permission(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make(cast, by=cast.mei)


def test_it_refuses_a_parent_in_another_line(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make(cast, by=cast.he)


def test_it_refuses_a_unit_without_parent_outside_of_ones_area(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make(cast, parent=None, area=cast.areas["3303"], by=cast.lou)


def test_it_leaves_nothing_behind_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        make(cast)

    assert not Unit.objects.filter(code="hz-transport").exists()


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"code": "Hz Transport"}, UnitCodeMalformed, "code"),
        ({"code": "a" * 81}, UnitCodeMalformed, "code"),
        ({"code": "a--b"}, UnitCodeMalformed, "code"),
        ({"code": "hz-health"}, UnitCodeTaken, "code"),
        ({"name_zh": "  "}, UnitNameMissing, "name_zh"),
        ({"sector": "army"}, UnknownSector, "sector"),
        ({"level": "planet"}, UnknownUnitLevel, "level"),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, changes: dict[str, Any], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as told:
        make(cast, **changes)

    assert told.value.field == field  # type: ignore[attr-defined]


def test_it_refuses_a_closed_parent(cast: Cast) -> None:
    closed = edit_unit(unit=cast.units["zj-cdc"], active=False, by=cast.an, at=AT)

    with pytest.raises(ParentInactive):
        make(cast, parent=closed, by=cast.an)
