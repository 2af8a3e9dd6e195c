"""Switching an area between peacetime and emergency."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.places import modes
from tongzhou.places.actions.switch_mode import (
    ModeEndsTooEarly,
    ModeEndsTooLate,
    ModeHeldAbove,
    ModeUnchanged,
    UnknownMode,
    switch_mode,
)
from tongzhou.places.models import AreaMode, Mode

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)


def _emergency(cast: Cast, area: str = "33", *, days: int = 30, **given: object) -> AreaMode:
    by = {"33": cast.shen, "3301": cast.lou}[area]
    arguments = {"by": by, "at": AT, "until": AT + days * DAY, "reason": "Cases"} | given
    return switch_mode(area=cast.areas[area], mode=Mode.EMERGENCY, **arguments)  # type: ignore[arg-type]


def test_an_emergency_holds_for_everything_inside_and_ends_by_itself(cast: Cast) -> None:
    _emergency(cast)

    street = cast.areas["330106002"]
    assert modes.standing(street, at=AT).emergency
    assert not modes.standing(street, at=AT - DAY).emergency
    assert not modes.standing(street, at=AT + 30 * DAY).emergency


def test_an_area_outside_stays_at_peace(cast: Cast) -> None:
    _emergency(cast, "3301")

    found = modes.standings([cast.areas["3303"], cast.areas["33"], cast.areas["3301"]], at=AT)

    assert {code: one.emergency for code, one in found.items()} == {
        "3303": False, "33": False, "3301": True,
    }  # fmt: skip


def test_peacetime_comes_back_and_the_history_stays(cast: Cast) -> None:
    _emergency(cast)

    switch_mode(area=cast.areas["33"], mode=Mode.PEACE, reason="Over", by=cast.shen, at=AT + DAY)

    assert not modes.standing(cast.areas["3301"], at=AT + DAY).emergency
    assert [row.mode for row in modes.history(cast.areas["3301"])] == ["peace", "emergency"]


def test_it_is_an_act_without_the_reason(cast: Cast) -> None:
    _emergency(cast, reason="The mayor's aunt is ill")

    act = Act.objects.get(type="mode.switched.v1")
    assert (act.outcome, act.area, act.by_unit) == ("emergency", "33", cast.shen.unit_id)
    assert "aunt" not in str(act.data)


def test_a_part_cannot_be_at_peace_while_the_whole_is_not(cast: Cast) -> None:
    _emergency(cast)

    with pytest.raises(ModeHeldAbove):
        switch_mode(area=cast.areas["3301"], mode=Mode.PEACE, reason="x", by=cast.lou, at=AT)


def test_it_refuses_what_makes_no_sense(cast: Cast) -> None:
    with pytest.raises(UnknownMode):
        switch_mode(area=cast.areas["33"], mode="war", reason="x", by=cast.shen, at=AT)
    with pytest.raises(ReasonMissing):
        _emergency(cast, reason="  ")
    with pytest.raises(ModeEndsTooEarly):
        _emergency(cast, days=0)
    with pytest.raises(ModeEndsTooLate):
        _emergency(cast, until=None)
    with pytest.raises(ModeUnchanged):
        switch_mode(area=cast.areas["33"], mode=Mode.PEACE, reason="x", by=cast.shen, at=AT)
    assert not AreaMode.objects.exists()


def test_who_waited_for_the_other_is_told_so_though_asked_before_them(cast: Cast) -> None:
    """Requests that come together get their moments before they get the lock."""
    moment = timedelta(milliseconds=3)
    _emergency(cast, at=AT + moment)
    with pytest.raises(ModeUnchanged):
        _emergency(cast)
    peace = {"area": cast.areas["33"], "mode": Mode.PEACE, "reason": "Over", "by": cast.shen}
    switch_mode(**peace, at=AT + DAY + moment)  # type: ignore[arg-type]
    with pytest.raises(ModeUnchanged):
        switch_mode(**peace, at=AT + DAY)  # type: ignore[arg-type]

    assert Act.objects.filter(type="mode.switched.v1").count() == 2


def test_others_may_not(cast: Cast) -> None:
    for by in (cast.lou, cast.mei, cast.ou):
        with pytest.raises(NotAllowed, match="Switch between peacetime and emergency"):
            _emergency(cast, by=by)


def test_it_leaves_nothing_behind_when_it_cannot_be_written_down(cast: Cast, broken_ledger) -> None:  # type: ignore[no-untyped-def]
    with broken_ledger():
        _emergency(cast)

    assert not AreaMode.objects.exists()
