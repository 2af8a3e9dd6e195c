from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.actors.actions.create_unit import UnitNameMissing
from tongzhou.actors.actions.edit_unit import UnitBelowItself, UnitHasUnitsBelow, edit_unit
from tongzhou.actors.models import Unit
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)


def test_it_changes_what_is_given_and_leaves_the_rest(cast: Cast) -> None:
    unit = cast.units["hz-health"]

    edit_unit(unit=unit, name_en="Hangzhou Health", by=cast.lou, at=AT)

    unit.refresh_from_db()
    assert (unit.name_en, unit.name_zh) == ("Hangzhou Health", "杭州市卫生健康委员会")
    act = ledger.about("unit", unit.id)[-1].act
    assert (act.type, act.data["changed"]) == ("unit.edited.v1", ["name_en"])


def test_nothing_changed_is_no_act(cast: Cast) -> None:
    unit = cast.units["hz-health"]

    edit_unit(unit=unit, name_en=unit.name_en, by=cast.lou, at=AT)

    assert [line.act.type for line in ledger.about("unit", unit.id)] == ["unit.created.v1"]


def test_a_move_takes_all_units_below_along(cast: Cast) -> None:
    street, community = cast.units["beishan-street"], cast.units["baoshi-community"]
    city = cast.units["hz-command"]

    edit_unit(unit=street, parent=city, by=cast.an, at=AT)

    street.refresh_from_db()
    community.refresh_from_db()
    assert street.line == [cast.units["zj-command"].id, city.id, street.id]
    assert community.line == [*street.line, community.id]


def test_a_unit_can_leave_the_line(cast: Cast) -> None:
    street, community = cast.units["beishan-street"], cast.units["baoshi-community"]

    edit_unit(unit=street, parent=None, by=cast.an, at=AT)

    community.refresh_from_db()
    assert community.line == [street.id, community.id]
    street.refresh_from_db()
    assert street.parent is None


def test_a_unit_cannot_stand_below_itself(cast: Cast) -> None:
    with pytest.raises(UnitBelowItself):
        edit_unit(
            unit=cast.units["hz-command"],
            parent=cast.units["beishan-street"],
            by=cast.an,
            at=AT,
        )


def test_it_refuses_a_move_below_a_unit_of_somebody_else(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        edit_unit(unit=cast.units["hz-health"], parent=cast.units["wz-command"], by=cast.lou, at=AT)


@pytest.mark.parametrize("name", ["he", "ou", "mei", "ren"])
def test_it_refuses_other_organisations_and_roles(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        edit_unit(unit=cast.units["hz-health"], name_en="Ours", by=cast.posts[name], at=AT)


def test_it_refuses_to_close_a_unit_with_units_below(cast: Cast) -> None:
    with pytest.raises(UnitHasUnitsBelow):
        edit_unit(unit=cast.units["hz-command"], active=False, by=cast.an, at=AT)


def test_it_refuses_an_empty_name(cast: Cast) -> None:
    with pytest.raises(UnitNameMissing):
        edit_unit(unit=cast.units["hz-health"], name_zh=" ", by=cast.an, at=AT)


def test_it_leaves_nothing_behind_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    street = cast.units["beishan-street"]

    with broken_ledger():
        edit_unit(unit=street, name_en="Other", parent=None, by=cast.an, at=AT)

    stored = Unit.objects.get(id=street.id)
    assert (stored.name_en, stored.line) == (street.name_en, street.line)
