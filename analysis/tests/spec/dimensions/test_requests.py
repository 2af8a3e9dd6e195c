"""What became of requests, followed by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from actscope.dimensions.requests import Requests, requests
from actscope.dimensions.view import HOUR, view

from .conftest import actors_of, did

MakeActs = Callable[..., pa.Table]


def found_in(make_acts: MakeActs, *acts: Any) -> tuple[Requests, tuple[str, ...]]:
    seen = view(make_acts(*acts), actors_of())
    return requests(seen), seen.organisations.names


def hours(found: Requests) -> list[float]:
    return [float(wait) / HOUR for wait in found.answered - found.at]


def test_the_answer_is_the_next_act_of_the_asked_about_the_case(make_acts: MakeActs) -> None:
    found, names = found_in(
        make_acts,
        did("street", "ask", "health", hour=0, due=10),
        did("health", "serve", "street", hour=1, case="another"),
        did("police", "serve", "street", hour=2),
        did("health", "answer", "street", hour=3),
        did("street", "answer", "health", hour=4, outcome="confirmed"),
    )

    assert [names[i] for i in (*found.asker, *found.asked)] == ["street", "health"]
    assert hours(found) == [3]
    assert found.in_time.tolist() == [True]
    assert found.is_confirmed.tolist() == [True]
    assert found.dispatched.tolist() == [False]


def test_an_answer_at_the_same_time_counts_by_its_position(make_acts: MakeActs) -> None:
    after, _ = found_in(
        make_acts, did("street", "ask", "health"), did("health", "answer", "street")
    )
    before, _ = found_in(
        make_acts, did("health", "answer", "street"), did("street", "ask", "health")
    )

    assert after.is_answered.tolist() == [True]
    assert before.is_answered.tolist() == [False]


def test_asking_again_before_the_answer_is_the_same_request(make_acts: MakeActs) -> None:
    found, _ = found_in(
        make_acts,
        did("street", "ask", "health", hour=0),
        did("street", "ask", "health", hour=1),
        did("health", "answer", "street", hour=5),
        did("street", "ask", "health", hour=6),
    )

    assert found.is_answered.tolist() == [True, False]
    assert hours(found)[0] == 5


def test_each_partner_is_asked(make_acts: MakeActs) -> None:
    found, _ = found_in(
        make_acts,
        did("health", "dispatch", "street", "cdc", "health"),
        did("cdc", "answer", "health", hour=1, outcome="refused"),
    )

    assert len(found) == 2
    assert found.dispatched.all()
    assert sorted(found.is_answered.tolist()) == [False, True]
    assert np.array_equal(found.refused, found.is_answered)


def test_what_is_not_due_when_the_log_ends_is_pending(make_acts: MakeActs) -> None:
    found, _ = found_in(
        make_acts,
        did("street", "ask", "health", hour=0, due=5),
        did("street", "ask", "cdc", hour=0, due=50),
        did("street", "ask", "police", hour=0, due=50),
        did("police", "answer", "street", hour=1),
        did("firm", "report", "street", hour=10, case="other"),
    )

    by_due = dict(zip(found.due.tolist(), found.pending.tolist(), strict=True))
    assert len(found) == 3
    assert found.pending.tolist().count(True) == 1
    assert found.running.tolist().count(True) == 2
    assert by_due[min(by_due)] is False


def test_requests_about_no_case_are_counted_and_not_judged(make_acts: MakeActs) -> None:
    found, _ = found_in(make_acts, did("street", "ask", "health", "cdc", case=None))

    assert (len(found), found.without_case) == (0, 2)


def test_without_any_confirmation_nothing_is_said_of_it(make_acts: MakeActs) -> None:
    found, _ = found_in(make_acts, did("street", "ask", "health"))

    assert not found.can_confirm
