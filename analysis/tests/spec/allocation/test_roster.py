"""Who works when, worked by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from actscope.allocation.roster import RosterShortError, RuleOutOfRangeError, roster
from actscope.allocation.shifts import (
    NumberNegativeError,
    ShiftEndsFirstError,
    ShiftTimesDifferError,
    SkillRepeatedError,
)
from actscope.errors import InputError

START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def people(*rows: tuple[Any, ...], leads: bool = False) -> pa.Table:
    names = ("id", "skills", "leads", "max_shifts") if leads else ("id", "skills")
    return pa.Table.from_pylist([dict(zip(names, row, strict=False)) for row in rows])


def shift(name: str, after: float, hours: float, skill: str, number: int) -> dict[str, Any]:
    start = START + timedelta(hours=after)
    return {
        "id": name,
        "start": start,
        "end": start + timedelta(hours=hours),
        "skill": skill,
        "number": number,
    }


def shifts(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows))


TWO_NURSES = people(("li", ["nurse"]), ("wang", ["nurse"]))
DAYS = [shift(f"day{i}", 24 * i, 8, "nurse", 1) for i in range(4)]


def test_the_load_is_spread() -> None:
    found = roster(TWO_NURSES, shifts(*DAYS))

    assert [one["shifts"] for one in found.load] == [2, 2]
    assert (found.spread, found.bound, found.proven) == (0, 0, True)
    assert (found.n, found.missing) == (4, 0)


def test_nobody_works_before_having_rested() -> None:
    late = shift("night", 12, 8, "nurse", 1)

    found = roster(TWO_NURSES, shifts(DAYS[0], late), rest_hours=11)

    assert len({one["person"] for one in found.assignments}) == 2
    with pytest.raises(RosterShortError, match=r"1 places stay empty .*rest: 0"):
        roster(people(("li", ["nurse"])), shifts(DAYS[0], late), rest_hours=11)
    assert roster(people(("li", ["nurse"])), shifts(DAYS[0], late), rest_hours=4).proven


def test_everybody_does_what_they_can_do() -> None:
    staff = people(("li", ["nurse", "swab"]), ("wang", ["swab"]))

    found = roster(staff, shifts(shift("day", 0, 8, "nurse", 1), shift("day", 0, 8, "swab", 1)))

    assert {(one["person"], one["skill"]) for one in found.assignments} == {
        ("li", "nurse"),
        ("wang", "swab"),
    }


def test_one_leads_three_to_seven() -> None:
    staff = people(*((f"p{i}", ["swab"], int(i < 3), None) for i in range(12)), leads=True)

    def leaders(number: int, span: tuple[int, int] | None = (3, 7)) -> int:
        found = roster(staff, shifts(shift("day", 0, 8, "swab", number)), span=span)
        assert found.proven
        return sum(one["skill"] == "lead" for one in found.assignments)

    assert leaders(2) == 1  # one leader is never too many
    assert leaders(5) == 1
    assert leaders(8) == 2
    assert leaders(8, None) == 0


def test_a_refusal_names_the_empty_place_and_the_rule() -> None:
    with pytest.raises(RosterShortError) as refused:
        roster(TWO_NURSES, shifts(*DAYS), max_shifts=1)

    assert "2 places stay empty" in str(refused.value)
    assert "max_shifts: 0" in str(refused.value)
    assert "1 × nurse" in refused.value.sentence("zh")


def test_the_fewest_places_stay_empty_when_that_is_allowed() -> None:
    found = roster(TWO_NURSES, shifts(*DAYS), max_shifts=1, allow_short=True)

    assert found.missing == 2
    assert len(found.assignments) == 2
    assert not found.proven


def test_the_same_question_has_the_same_answer() -> None:
    staff = people(*((f"p{i}", ["nurse"]) for i in range(5)))

    assert roster(staff, shifts(*DAYS)) == roster(staff.take([4, 2, 0, 1, 3]), shifts(*DAYS[::-1]))


@pytest.mark.parametrize(
    ("refusal", "rows", "options"),
    [
        (ShiftEndsFirstError, [shift("day", 0, 0, "nurse", 1)], {}),
        (ShiftTimesDifferError, [DAYS[0], DAYS[1] | {"id": "day0", "skill": "swab"}], {}),
        (SkillRepeatedError, [DAYS[0], DAYS[0]], {}),
        (NumberNegativeError, [shift("day", 0, 8, "nurse", -1)], {}),
        (RuleOutOfRangeError, DAYS, {"rest_hours": -1.0}),
        (RuleOutOfRangeError, DAYS, {"span": (7, 3)}),
        (RuleOutOfRangeError, DAYS, {"max_shifts": -1}),
    ],
)
def test_it_refuses(
    refusal: type[InputError], rows: list[dict[str, Any]], options: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        roster(TWO_NURSES, shifts(*rows), **options)

    assert refused.value.sentence("zh")
