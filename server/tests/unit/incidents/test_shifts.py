"""Field staff check in; silence is seen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from unit.incidents.conftest import AT, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.check_in import NoteTooLong, ShiftEnded, check_in
from tongzhou.incidents.actions.end_shift import end_shift
from tongzhou.incidents.actions.start_shift import (
    PeopleOutside,
    PlaceTooLong,
    RhythmOutside,
    start_shift,
)
from tongzhou.incidents.models import CheckIn, Incident, Shift
from tongzhou.incidents.queries import shifts
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act

LastAct = Callable[[], Act]


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """Two people of the community at the gate, checking in every two hours."""
    return start_shift(
        unit=cast.units["baoshi-community"], area=cast.areas["330106002901"], people=2,
        every=2 * HOUR, place="North gate", by=cast.mei, at=AT,
    )  # fmt: skip


def test_the_first_check_in_is_due_one_rhythm_after_the_start(
    cast: Cast, shift: Shift, last_act: LastAct
) -> None:
    act = last_act()
    assert (act.type, act.due_at) == ("shift.started.v1", AT + 2 * HOUR)
    assert act.data["unit"] == str(cast.units["baoshi-community"].id)
    assert "gate" not in str(act.data)


def test_each_check_in_gives_the_next_one(cast: Cast, shift: Shift, last_act: LastAct) -> None:
    check_in(shift=shift, by=cast.ji, at=AT + HOUR)

    assert last_act().due_at == AT + 3 * HOUR
    assert last_act().outcome == "in time"
    check_in(shift=shift, by=cast.ji, at=AT + 4 * HOUR)
    assert last_act().outcome == "late"


def test_a_call_for_help_goes_to_the_unit_above(
    cast: Cast, shift: Shift, last_act: LastAct
) -> None:
    changed = check_in(shift=shift, needs_help=True, note="A quarrel", by=cast.ji, at=AT + HOUR)

    assert changed.needs_help
    act = last_act()
    assert act.type == "shift.help_asked.v1"
    assert act.with_units == [cast.units["beishan-street"].id]
    assert "quarrel" not in str(act.data)


def test_who_is_silent_stands_first(cast: Cast, shift: Shift) -> None:
    other = start_shift(
        unit=cast.units["baoshi-community"], area=cast.areas["330106002901"], people=1,
        every=12 * HOUR, by=cast.mei, at=AT,
    )  # fmt: skip

    board = shifts.out(visible_to=cast.ye, at=AT + 3 * HOUR)

    assert board.silent == [shift]
    assert board.out == [other]
    assert board.people == 3


def test_after_the_end_nothing_is_waited_for(cast: Cast, shift: Shift) -> None:
    ended = end_shift(shift=shift, by=cast.ji, at=AT + HOUR)

    assert ended.silent(AT + 9 * HOUR) is None
    with pytest.raises(ShiftEnded):
        check_in(shift=shift, by=cast.ji, at=AT + 2 * HOUR)


def test_the_line_above_sees_it_and_cannot_check_in_for_it(cast: Cast, shift: Shift) -> None:
    assert shifts.find(shift.id, visible_to=cast.ye) == shift
    with pytest.raises(NotAllowed):
        check_in(shift=shift, by=cast.ye, at=AT + HOUR)


def test_others_do_not_find_it(cast: Cast, shift: Shift) -> None:
    with pytest.raises(NotFound):
        shifts.find(shift.id, visible_to=cast.pan)
    with pytest.raises(NotFound):
        check_in(shift=shift, by=cast.ou, at=AT + HOUR)
    with pytest.raises(NotAllowed):
        start_shift(
            unit=cast.units["baoshi-community"], area=cast.areas["330106002901"], people=2,
            every=HOUR, by=cast.ou, at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"every": timedelta(0)}, RhythmOutside),
        ({"every": timedelta(hours=-1)}, RhythmOutside),
        ({"every": timedelta(days=2)}, RhythmOutside),
        ({"people": 0}, PeopleOutside),
        ({"people": 5000}, PeopleOutside),
        ({"place": "x" * 201}, PlaceTooLong),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    given = {
        "unit": cast.units["baoshi-community"], "area": cast.areas["330106002901"],
        "people": 2, "every": HOUR, "by": cast.mei, "at": AT,
    }  # fmt: skip

    with pytest.raises(refusal):
        start_shift(**given | wrong)  # type: ignore[arg-type]

    assert not Shift.objects.exists()


def test_a_note_has_an_end(cast: Cast, shift: Shift) -> None:
    with pytest.raises(NoteTooLong):
        check_in(shift=shift, note="x" * 501, by=cast.ji, at=AT + HOUR)


def test_a_shift_of_an_incident_that_is_not_seen_is_not_found(
    cast: Cast, incident: Incident
) -> None:
    with pytest.raises(NotFound):
        start_shift(
            unit=cast.units["wz-command"], area=cast.areas["3303"], people=1, every=HOUR,
            incident=incident, by=cast.he, at=AT,
        )  # fmt: skip


def test_nothing_is_left_when_the_ledger_fails(
    cast: Cast, shift: Shift, broken_ledger: Callable[[], AbstractContextManager[None]]
) -> None:
    with broken_ledger():
        check_in(shift=shift, by=cast.ji, at=AT + HOUR)

    assert not CheckIn.objects.exists()
    assert Shift.objects.get().due_at == AT + 2 * HOUR
