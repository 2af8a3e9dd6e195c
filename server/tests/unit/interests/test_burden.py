"""Who bears how much, by hand on a few rows; the inequality is that of the analysis library."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.interests.conftest import AT, DAY, HOUR

from actscope.allocation.comparing import gini
from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.make_claim import Line, make_claim
from tongzhou.incidents.models import CheckIn, Shift
from tongzhou.interests import engine, reckoning
from tongzhou.interests.models import Reckoning
from tongzhou.interests.queries import burden
from tongzhou.interests.queries.burden import Balance
from tongzhou.kernel import clock
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.models import Task

SignedIn = Callable[[Post], Client]


def _worked(cast: Cast, unit: str, hours: float) -> Task:
    """A task that a unit led for so long."""
    task = send_task(
        title="Guard", lead=cast.units[unit], area=cast.areas["330106002901"], basis="agreement",
        due_at=AT + 9 * DAY, by=cast.ye, at=AT,
    )  # fmt: skip
    Task.objects.filter(id=task.id).update(
        accepted_at=AT, done_at=AT + timedelta(hours=hours), state="done"
    )
    return task


def _of(post: Post) -> Balance:
    return burden.of(visible_to=post, since=AT.date() - DAY, until=AT.date() + 5 * DAY, at=AT + DAY)


@pytest.fixture
def work(cast: Cast) -> None:
    """The firm: 3 h of tasks, a shift of two people for 5 h, and 560 yuan; the community: a task
    of 20 h, which counts 8; the volunteers: 1 h."""
    for unit, hours in (("baoshi-property", 3), ("baoshi-community", 20), ("lvyuan-volunteers", 1)):
        _worked(cast, unit, hours)
    shift = Shift.objects.create(
        unit=cast.units["baoshi-property"], area=cast.areas["330106002901"], people=2,
        every=HOUR, started_at=AT, started_by=cast.pan, last_at=AT + 5 * HOUR,
        due_at=AT + 6 * HOUR,
    )  # fmt: skip
    CheckIn.objects.create(
        shift=shift, at=AT + 5 * HOUR, due_at=AT + 5 * HOUR, people=2, post=cast.pan
    )
    make_claim(
        answerer=cast.units["beishan-street"], since=AT.date() - DAY, until=AT.date(), what="x",
        lines=[Line("gate-hour", Decimal(20))], by=cast.pan, at=AT,
    )  # fmt: skip


@pytest.mark.usefixtures("work")
def test_the_balance_is_hours_and_cost_for_each_of_the_people(cast: Cast) -> None:
    found = {row.unit.code: row for row in _of(cast.shen).rows}

    firm, community = found["baoshi-property"], found["baoshi-community"]
    assert (firm.task_hours, firm.shift_hours, firm.check_ins) == (3, 10, 1)
    # 20 hours at 28 yuan, and the median hour costs 28.
    assert (firm.cost, firm.price, firm.money_hours) == (560_00, 28_00, 20)
    assert (firm.balance, firm.people, firm.people_from) == (33, 1, "posts")
    assert (community.task_hours, community.people, community.each) == (8, 2, 4)
    assert [row.unit.code for row in _of(cast.shen).known] == [
        "baoshi-property", "baoshi-community", "lvyuan-volunteers",
    ]  # fmt: skip
    assert [row.unit.code for row in _of(cast.pan).rows] == ["baoshi-property"]
    assert _of(cast.ou).rows == []


@pytest.mark.usefixtures("work")
def test_a_page_shows_the_inequality_once_the_worker_has_it(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    shen = signed_in(cast.shen)
    first = shen.get("/interests/burden").content.decode()
    kept = Reckoning.objects.get()
    reckoning.work_out(kept.digest)
    second = shen.get("/interests/burden").content.decode()
    kept.refresh_from_db()

    assert "being worked out" in first
    assert "being worked out" not in second
    exact = gini(np.array([33.0, 4.0, 1.0]))
    assert exact is not None
    assert kept.answer["value"] == pytest.approx(exact)
    assert kept.answer["lower"] <= exact <= kept.answer["upper"]
    assert f"{exact:.2f}" in second
    assert "33.0" in shen.get("/interests/burden.csv").getvalue().decode()  # type: ignore[attr-defined]


def test_the_engine_gives_the_numbers_of_the_analysis_library() -> None:
    # Σ|xi − xj| ÷ (2 n² mean) of 1, 2, 3, 4 is 0.25.
    assert engine.inequality([1, 2, 3, 4])["value"] == pytest.approx(0.25)
    assert engine.inequality([])["value"] is None
    assert engine.inequality([5, 5])["lower"] is None
    star = engine.failures(["a", "b", "c", "d"], [("a", "b", 1.0), ("a", "c", 2.0)])
    assert star["points"] == [{"id": "a", "parts": 2, "cut": 1, "share": 1.0}]
    assert engine.failures(["a"], [])["points"] == []


@pytest.mark.django_db
def test_a_question_that_fails_says_so_and_is_not_asked_for_ever() -> None:
    asked = reckoning.of({"what": "inequality", "values": ["x"]}, at=AT)
    again = reckoning.of({"what": "inequality", "values": ["x"]}, at=AT)
    with pytest.raises(reckoning.ReckoningFailed), patch.object(clock, "now", lambda: AT):
        reckoning.work_out(Reckoning.objects.get().digest)

    assert (asked.pending, again.pending) == (True, True)
    assert reckoning.of({"what": "inequality", "values": ["x"]}, at=AT).failed


@pytest.mark.usefixtures("work")
def test_many_units_take_no_more_queries_than_few(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            _of(cast.shen)
        return len(asked)

    before = count()
    for unit in ("xh-command", "hz-hospital", "beishan-street"):
        _worked(cast, unit, 2)

    assert count() == before < 20
