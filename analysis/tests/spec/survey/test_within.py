"""Agreement within groups, counted by hand."""

import numpy as np
import pytest

from actscope.survey.answers import AnswerOutOfRangeError, Answers, RangeEmptyError
from actscope.survey.within import GroupsEmptyError, r_wg, within

NAN = float("nan")


def test_full_agreement_is_one_and_none_is_nought() -> None:
    assert r_wg(np.array([[3.0], [3.0], [3.0]]), 5) == 1
    assert r_wg(np.array([[1.0], [5.0], [1.0], [5.0]]), 5) == 0


def test_one_item() -> None:
    # Variance of 3, 4, 5 is 1; of five options spread evenly 24/12 = 2.
    assert r_wg(np.array([[3.0], [4.0], [5.0]]), 5) == pytest.approx(0.5)


def test_several_items() -> None:
    # Variances 1 and 0, mean ½, a quarter of 2: 2 · .75 ÷ (2 · .75 + .25).
    answers = np.array([[3.0, 4.0], [4.0, 4.0], [5.0, 4.0]])

    assert r_wg(answers, 5) == pytest.approx(1.5 / 1.75)


def test_each_group_by_itself() -> None:
    answers = Answers(("q",), np.array([[3.0], [3.0], [5.0], [NAN], [2.0], [1.0], [5.0]]))

    found = within(answers, ["b", "b", "a", "a", None, "c", "c"], low=1, high=5)

    assert [(g.group, g.n, g.missing, g.r_wg) for g in found.groups] == [
        ("a", 1, 1, None),
        ("b", 2, 0, 1.0),
        ("c", 2, 0, 0.0),
    ]
    assert (found.n, found.missing, found.without_group) == (5, 1, 1)
    assert (found.rated, found.agreeing, found.median) == (2, 1, 0.5)


def test_it_refuses_answers_outside_the_options() -> None:
    answers = Answers(("q",), np.array([[3.0], [6.0]]))

    with pytest.raises(AnswerOutOfRangeError, match="Row 2"):
        within(answers, ["a", "a"], low=1, high=5)
    with pytest.raises(RangeEmptyError):
        within(answers, ["a", "a"], low=5, high=5)


def test_it_refuses_when_nobody_belongs_anywhere() -> None:
    answers = Answers(("q",), np.array([[3.0], [NAN]]))

    with pytest.raises(GroupsEmptyError):
        within(answers, [None, "a"], low=1, high=5)
