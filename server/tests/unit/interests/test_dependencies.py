"""Who needs whom, and what stops without an actor."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.interests.conftest import AT, DAY

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.interests import reckoning
from tongzhou.interests.models import Reckoning
from tongzhou.interests.queries import dependencies
from tongzhou.interests.queries.dependencies import Map
from tongzhou.interests.queries.without import without
from tongzhou.kernel import clock
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.models import Task

SignedIn = Callable[[Post], Client]


def _asked(cast: Cast, by: str, lead: str, title: str = "Hidden masks") -> Task:
    return send_task(
        title=title, lead=cast.units[lead], area=cast.areas["330106"], basis="agreement",
        work="transfer", due_at=AT + 9 * DAY, by=cast.posts[by], at=AT,
    )  # fmt: skip


@pytest.fixture
def chain(cast: Cast) -> Task:
    """The command asks the street, which asks the volunteers twice, and the firm."""
    _asked(cast, "shen", "beishan-street")
    _asked(cast, "ye", "lvyuan-volunteers")
    _asked(cast, "ye", "baoshi-property")
    return _asked(cast, "ye", "lvyuan-volunteers", "Deliver food")


def _map(post: Post) -> Map:
    return dependencies.map_of(visible_to=post, at=AT + DAY, days=30, kinds=["task"])


def test_ties_come_of_records_and_strangers_see_none(cast: Cast, chain: Task) -> None:
    found = _map(cast.ye)
    codes = {key: unit.code for key, unit in found.units.items()}

    assert {(codes[e.needs], codes[e.of], e.n) for e in found.edges} == {
        ("zj-command", "beishan-street", 1), ("beishan-street", "lvyuan-volunteers", 2),
        ("beishan-street", "baoshi-property", 1),
    }  # fmt: skip
    assert _map(cast.ou).edges == []


def test_what_stops_names_who_did_such_work_before(cast: Cast, chain: Task) -> None:
    done = _asked(cast, "ye", "baoshi-property")
    Task.objects.filter(id=done.id).update(done_at=AT + timedelta(hours=3), state="done")
    found = without(cast.units["lvyuan-volunteers"], visible_to=cast.ye, at=AT + DAY)
    alone = without(cast.units["beishan-street"], visible_to=cast.shen, at=AT + DAY)
    hidden = without(cast.units["lvyuan-volunteers"], visible_to=cast.ou, at=AT + DAY)

    assert [one.what for one in found.tasks] == list(
        Task.objects.filter(lead__code="lvyuan-volunteers").order_by("due_at")
    )
    assert [[unit.code for unit in one.instead] for one in found.tasks] == [["baoshi-property"]] * 2
    assert (found.lost, len(alone.tasks), hidden.tasks) == (0, 1, [])


def test_the_page_shows_points_of_failure_and_takes_a_unit_away(
    cast: Cast, signed_in: SignedIn, chain: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)
    ye = signed_in(cast.ye)
    assert "being worked out" in ye.get("/interests/dependencies").content.decode()
    reckoning.work_out(Reckoning.objects.get().digest)
    page = ye.get("/interests/dependencies?without=lvyuan-volunteers").content.decode()

    assert Reckoning.objects.get().answer["points"][0]["id"] == str(cast.ye.unit_id)
    assert "falls into 3 parts" in page
    assert "Deliver food" in page
    assert "Hidden masks" not in signed_in(cast.ou).get(
        "/interests/dependencies?without=lvyuan-volunteers"
    ).content.decode()  # fmt: skip
    assert ye.get("/interests/dependencies?without=nobody").status_code == 404


def test_many_ties_take_no_more_queries_than_few(cast: Cast, chain: Task) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            dependencies.map_of(visible_to=cast.ye, at=AT + DAY, days=30)
            without(cast.units["lvyuan-volunteers"], visible_to=cast.ye, at=AT + DAY)
        return len(asked)

    before = count()
    for unit in ("baoshi-community", "xh-command", "zj-cdc"):
        _asked(cast, "ye", unit)

    assert count() == before < 30


def test_weights_are_decimals_nowhere(cast: Cast, chain: Task) -> None:
    """The question is plain JSON: numbers that every engine reads alike."""
    ties = _map(cast.ye).question["ties"]

    assert all(isinstance(weight, float) for _one, _other, weight in ties)
    assert not any(isinstance(part, Decimal) for tie in ties for part in tie)
