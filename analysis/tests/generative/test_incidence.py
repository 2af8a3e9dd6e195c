"""What holds for every series of counts."""

import random

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from actscope.epidemic.incidence import incidence
from actscope.epidemic.repair import carried_back

TOTALS = st.lists(st.integers(0, 50), min_size=1, max_size=30)


@given(totals=TOTALS)
def test_mended_totals_never_fall_and_keep_the_last(totals: list[int]) -> None:
    mended = carried_back(np.array(totals)).tolist()

    assert mended == sorted(mended)
    assert mended[-1] == totals[-1]
    assert all(used <= reported for used, reported in zip(mended, totals, strict=True))


@given(totals=TOTALS)
def test_totals_that_do_not_fall_are_left_alone(totals: list[int]) -> None:
    rising = sorted(totals)

    assert carried_back(np.array(rising)).tolist() == rising


@given(totals=TOTALS, seed=st.integers(0, 99))
def test_daily_counts_and_totals_say_the_same_in_any_order(totals: list[int], seed: int) -> None:
    order = random.Random(seed).sample(range(len(totals)), len(totals))
    daily = np.diff(totals, prepend=0).tolist()

    by_total = incidence(
        pa.table({"day": order, "cases": [totals[i] for i in order]}), cumulative=True
    )
    by_day = incidence(pa.table({"day": order, "cases": [daily[i] for i in order]}), repair=True)

    assert by_total.local.tolist() == by_day.local.tolist()
    assert by_total.local.sum() == totals[-1]
