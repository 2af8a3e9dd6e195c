"""What holds for the dimensions as a whole."""

import json
import random
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from actscope.dimensions.measured import DrawsRefusedError, NoOrganisationsError, dimensions
from actscope.synth.log import Log, synthetic_log
from actscope.synth.settings import Settings

from .conftest import Measure, actors_of, did


@pytest.fixture(scope="module")
def log() -> Log:
    return synthetic_log(Settings(acts=1_500, units=16, cases=120))


def test_the_order_of_rows_changes_nothing(log: Log) -> None:
    acts, actors, plan = log.acts(), log.actors(), log.plan()
    order = random.Random(1).sample(range(acts.num_rows), acts.num_rows)

    straight = dimensions(acts, actors, plan=plan, draws=40)
    shuffled = dimensions(acts.take(pa.array(order)), actors, plan=plan, draws=40)

    assert shuffled.to_dict() == straight.to_dict()


def test_the_seed_decides_the_intervals_and_nothing_else(log: Log) -> None:
    acts, actors = log.acts(), log.actors()

    one, again, other = (dimensions(acts, actors, seed=seed, draws=40) for seed in (1, 1, 2))

    assert one.to_dict() == again.to_dict()
    for boundary, gap in one.gaps.items():
        assert gap.index == other.gaps[boundary].index
    assert [g.lower for g in one.gaps.values()] != [g.lower for g in other.gaps.values()]


def test_all_figures_lie_between_nought_and_one_inside_their_intervals(log: Log) -> None:
    found = dimensions(log.acts(), log.actors(), plan=log.plan(), draws=100)

    held = [(gap.index, gap.lower, gap.upper, gap.parts) for gap in found.gaps.values()]
    held += [(m.index, m.lower, m.upper, m.parts) for m in found.mechanisms.values()]
    for index, lower, upper, parts in held:
        assert index is not None
        assert lower is not None
        assert upper is not None
        assert 0 <= lower <= index <= upper <= 1
        assert all(value is None or 0 <= value <= 1 for value in parts.values())


def test_acts_are_used_missing_or_set_aside(measure: Measure) -> None:
    found = measure(
        did("health", "report", "health"),
        did("health", "report", "street") | {"at": None},
        did("health", "report", "street") | {"by_unit": None},
        did("health", "report", "street") | {"kind": None},
    )

    assert (found.n, found.missing, found.set_aside) == (1, 2, 1)
    assert found.missing_by == {"no_unit": 1, "no_time": 1}


def test_no_acts_at_all_have_no_figures(measure: Measure) -> None:
    found = measure(plan=[("health", "police")])

    assert found.n == 0
    assert found.gaps["department"].parts["reach"] == 0  # type: ignore[index] # a word is its value
    assert not any(c.measurable for held in found.constructs.values() for c in held if c.n == 0)
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["requests"] == 0


def test_it_refuses_a_table_of_nobody(make_acts: Callable[..., pa.Table]) -> None:
    with pytest.raises(NoOrganisationsError):
        dimensions(make_acts(did("health", "report")), actors_of().slice(0, 0))


@pytest.mark.parametrize("draws", [0, 19, 100_001])
def test_it_refuses_draws_that_make_no_interval(measure: Measure, draws: int) -> None:
    options: dict[str, Any] = {"draws": draws}

    with pytest.raises(DrawsRefusedError):
        measure(did("health", "report"), **options)
