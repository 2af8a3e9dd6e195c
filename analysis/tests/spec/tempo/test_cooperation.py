"""The curve of cooperation out of tables of acts and of cases."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from actscope.tempo.cooperation import cooperation
from actscope.tempo.load import LoadFrom

MakeActs = Callable[..., pa.Table]
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def acts_on(
    make_acts: MakeActs, joint: list[int], *, case: str | None = "c", **more: Any
) -> pa.Table:
    """So many joint acts on each day, all about one case."""
    return make_acts(
        *(
            {
                "at": START + timedelta(days=day),
                "by_unit": "health",
                "with_units": ["hospital", "street"],
                "about_kind": "task",
                "about_id": case,
            }
            | more
            for day, number in enumerate(joint)
            for _ in range(number)
        )
    )


def test_it_tells_peak_rise_and_fall(make_acts: MakeActs) -> None:
    # Up to 32 in five steps and down to 1 in five.
    found = cooperation(acts_on(make_acts, [1, 2, 4, 8, 16, 32, 16, 8, 4, 2, 1]))

    assert found.days[0] == date(2026, 3, 1)
    assert found.load.source == LoadFrom.LAST_ACTS
    assert found.load.numbers.tolist() == [1] * 11
    assert found.smoothed[5] == pytest.approx((4 + 8 + 16 + 32 + 16 + 8 + 4) / 7)
    assert found.peak is not None
    assert found.peak.day == date(2026, 3, 6)
    assert found.peak.value == pytest.approx(88 / 7)
    assert found.rise is not None
    assert found.rise.value == pytest.approx(np.log(2))
    assert found.half_life_days is not None
    assert found.half_life_days.value == pytest.approx(1)
    assert found.test is not None
    assert found.test.found
    assert (found.n, found.set_aside, found.units, found.without_load) == (94, 0, 3, 0)


def test_a_table_of_cases_gives_the_load(make_acts: MakeActs) -> None:
    cases = pa.table(
        {
            "case": ["a", "b"],
            "opened_at": [START, START + timedelta(days=1)],
            "closed_at": pa.array([START + timedelta(days=1), None], pa.timestamp("us", "UTC")),
        }
    )

    found = cooperation(acts_on(make_acts, [2, 2, 2]), cases=cases)

    assert found.load.numbers.tolist() == [1, 2, 1]
    assert found.ratio.tolist() == [2, 1, 2]


def test_acts_of_one_unit_alone_are_not_joint(make_acts: MakeActs) -> None:
    acts = make_acts(
        {"by_unit": "health"},
        {"by_unit": "health", "with_units": ["health"]},
        {"by_unit": None, "with_units": ["street"]},
        {"by_unit": None, "with_units": ["street", "grid"]},
        {"by_unit": "health", "with_units": ["grid"], "at": None},
        {"by_unit": "health", "with_units": None},
    )

    found = cooperation(acts)

    assert (found.n, found.missing_by, found.set_aside) == (1, (("no_time", 1),), 4)
    assert found.units == 2


def test_the_kinds_asked_about_change_the_curve_and_not_the_load(make_acts: MakeActs) -> None:
    acts = make_acts(
        {"by_unit": "a", "with_units": ["b"], "kind": "ask", "about_id": "1"},
        {"by_unit": "a", "with_units": ["b"], "kind": "serve", "about_id": "2"},
    )

    found = cooperation(acts, kinds=["serve"])

    assert (found.n, found.set_aside) == (1, 1)
    assert found.load.numbers.tolist() == [2]


def test_joint_acts_without_any_case_have_no_ratio_and_are_counted(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [3, 0, 2], case=None))

    assert (found.without_load, found.load.missing, found.peak) == (5, 5, None)
    assert np.isnan(found.ratio).all()
    assert {why.part: why.code for why in found.why} == {
        "rise": "tempo_days_few",
        "decay": "tempo_days_few",
        "test": "tempo_days_few",
        "breaks": "changes_values_few",
    }


def test_a_single_day_has_a_peak_and_no_slope(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [4]))

    assert found.peak is not None
    assert found.peak.value == 4
    assert (found.rise, found.decay, found.half_life_days, found.test) == (None,) * 4
    assert (found.alerts, found.breaks) == ((), None)


def test_a_constant_series_neither_rises_nor_falls(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [3] * 30))

    assert found.test is not None
    assert not found.test.found
    assert found.decay is not None
    assert found.decay.value == pytest.approx(0)
    assert (found.breaks, found.alerts) == ((), ())


def test_a_sudden_fall_is_told_as_alert_and_as_break(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [10, 12] * 7 + [3, 4] * 7))

    assert found.breaks is not None
    (level,) = found.breaks
    assert (level.day, level.before, level.after) == (date(2026, 3, 14), 11, 3.5)
    assert found.alerts[0].day == date(2026, 3, 17)


def test_days_without_acts_are_days_of_the_curve(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [2, 0, 0, 1]))

    assert found.joint.tolist() == [2, 0, 0, 1]
    assert found.ratio.tolist() == [2, 0, 0, 1]


def test_a_long_silence_parts_the_log_and_the_greater_part_is_told(make_acts: MakeActs) -> None:
    joint = [1, 2, 4, 8, 16, 32, 16, 8, 4, 2, 1]
    alone = cooperation(acts_on(make_acts, joint))

    found = cooperation(acts_on(make_acts, [3, *[0] * 91, *joint, *[0] * 2_000, 1, 5]))

    assert found.joint.tolist() == joint
    assert found.days[0] == date(2026, 6, 1)
    assert (found.n, found.outside, found.set_aside) == (94, 9, 9)
    assert (found.decay, found.half_life_days, found.test) == (
        alone.decay,
        alone.half_life_days,
        alone.test,
    )


def test_a_season_without_acts_parts_nothing(make_acts: MakeActs) -> None:
    found = cooperation(acts_on(make_acts, [2, *[0] * 90, 1]))

    assert (len(found.days), found.n, found.outside) == (92, 3, 0)


def test_a_curve_of_two_organisations_is_hidden_on_request(make_acts: MakeActs) -> None:
    acts = acts_on(make_acts, [2, 2, 2], with_units=["street"])

    found = cooperation(acts, at_least=3)

    assert (found.suppressed, found.days, found.peak, found.units) == (True, (), None, 2)


def test_no_acts_are_no_curve(make_acts: MakeActs) -> None:
    found = cooperation(make_acts())

    assert (found.n, found.days, found.peak, found.suppressed) == (0, (), None, False)


def test_it_is_plain_json(make_acts: MakeActs) -> None:
    value = cooperation(acts_on(make_acts, [1, 2, 0, 3])).to_dict()

    assert json.loads(json.dumps(value, allow_nan=False)) == value
    assert value["missing"] == 0
