"""What is typed, and what it means."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from tongzhou.actors.models import Unit
from tongzhou.demo.cast import Cast
from tongzhou.places.models import Area
from tongzhou.tasks.forms import due
from tongzhou.tasks.forms.pickers import AreaField, TaskField, UnitField, UnitsField
from tongzhou.tasks.models import Task

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 1, 23, hour, minute, tzinfo=SHANGHAI)


def test_this_evening_is_offered_while_it_lies_an_hour_ahead() -> None:
    assert due.moments(at(17))["today"] == at(18)
    assert "today" not in due.moments(at(17, 1))


def test_tomorrow_and_three_days_end_in_the_evening() -> None:
    found = due.moments(at(22))

    assert found["2h"] == at(22) + timedelta(hours=2)
    assert found["tomorrow"] == at(18) + timedelta(days=1)
    assert found["3d"] == at(18) + timedelta(days=3)


def test_a_unit_is_found_by_code_and_by_either_name(cast: Cast) -> None:
    field = UnitField()

    for text in ("hz-health", " HZ-Health ", "杭州市卫生健康委员会", "hangzhou health commission"):
        assert field.clean(text).code == "hz-health"


def test_a_name_that_several_bear_must_be_chosen(cast: Cast) -> None:
    Unit.objects.filter(code__in=["hz-health", "zj-health"]).update(name_en="Health")

    with pytest.raises(ValidationError, match="names several"):
        UnitField().clean("Health")


def test_a_unit_that_takes_no_work_is_not_found(cast: Cast) -> None:
    Unit.objects.filter(code="hz-health").update(active=False)

    with pytest.raises(ValidationError, match="No active unit"):
        UnitField().clean("hz-health")


def test_several_units_are_kept_once_each_in_order(cast: Cast) -> None:
    found = UnitsField(required=False).clean("zj-cdc, hz-health，zj-cdc")

    assert [unit.code for unit in found] == ["zj-cdc", "hz-health"]


def test_all_that_is_not_found_is_named_at_once(cast: Cast) -> None:
    with pytest.raises(ValidationError) as told:
        UnitsField().clean("nobody, zj-cdc, nothing")

    assert len(told.value.messages) == 2


def test_what_is_not_found_comes_back_as_it_was(cast: Cast) -> None:
    found, rest = UnitsField().chosen("zj-cdc, nobody")

    assert found == [("zj-cdc", "Zhejiang CDC")]
    assert rest == ["nobody"]


def test_the_order_of_units_is_no_change(cast: Cast) -> None:
    before = [cast.units["zj-cdc"], cast.units["hz-health"]]

    assert not UnitsField().has_changed(before, "hz-health, zj-cdc")
    assert UnitsField().has_changed(before, "hz-health")


def test_an_area_is_found_by_code_and_name(cast: Cast) -> None:
    assert AreaField().clean("3301") == cast.areas["3301"]
    assert AreaField().clean("杭州市") == cast.areas["3301"]
    assert AreaField(required=False).clean("") is None


def test_an_area_whose_name_is_common_must_be_chosen(cast: Cast) -> None:
    Area.objects.filter(code__in=["330102", "330302"]).update(name_en="Lucheng")

    with pytest.raises(ValidationError, match="Several areas"):
        AreaField().clean("Lucheng")


@pytest.mark.parametrize("written", ["{n}", "T-{n}", "t{n}", " t-{n} "])
def test_a_task_is_found_by_its_number(cast: Cast, task: Task, written: str) -> None:
    field = TaskField()
    field.post = cast.ye

    assert field.clean(written.format(n=task.number)) == task


def test_a_task_that_the_post_does_not_see_is_no_task(cast: Cast, task: Task) -> None:
    field = TaskField()
    field.post = cast.ou

    with pytest.raises(ValidationError, match="is no task"):
        field.clean(str(task.number))
