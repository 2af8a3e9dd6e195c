"""What the meter and the profile say of a unit, counted from acts and tasks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from unit.oversight.conftest import AT, DAY, HOUR, TODAY, Asking, fields

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import sealing
from tongzhou.ledger.follow import advance, followers
from tongzhou.oversight import exporting
from tongzhou.oversight.actions.ask_units import QuotaPassed, Wanted
from tongzhou.oversight.queries import drill, ecology, load, meter
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.send_task import send_task

Acting = Callable[[], AbstractContextManager[None]]
NAME = "oversight.tallies"


@pytest.fixture
def counted(as_sealer: Acting) -> Callable[[], None]:
    """Seals what was done and lets the follower count it."""

    def count() -> None:
        with as_sealer():
            sealing.seal_once(connection.connection, at=datetime.now(UTC))
        while advance(NAME, followers()[NAME]):
            pass

    return count


def _tasks(cast: Cast, bases: str) -> None:
    """Tasks from the street to the community: o order, a agreement; capital: returned."""
    for basis in bases:
        task = send_task(
            title="X", lead=cast.units["baoshi-community"], area=cast.areas["330106002901"],
            due_at=AT + DAY, basis="order" if basis in "oO" else "agreement", by=cast.ye, at=AT,
        )  # fmt: skip
        if basis.isupper():
            return_task(task=task, reason="No people", by=cast.mei, at=AT + HOUR)
        else:
            accept_task(task=task, by=cast.mei, at=AT + 2 * HOUR)


def test_the_profile_tells_shares_with_their_n(cast: Cast, counted: Callable[[], None]) -> None:
    _tasks(cast, "oooA")
    counted()

    found = ecology.profile(visible_to=cast.ye, code="baoshi-community", until=TODAY, months=2)

    january, february = found.months
    assert (january.orders.of, january.orders.percent) == (0, None)
    assert (february.orders.percent, february.orders.of) == (75, 4)
    assert (february.no_means.percent, february.bounced.percent) == (25, 25)
    assert (february.replied.percent, february.wait) == (100, 2 * 3600)


def test_a_share_of_fewer_than_three_is_not_told(cast: Cast, counted: Callable[[], None]) -> None:
    _tasks(cast, "oO")
    counted()

    found = ecology.profile(visible_to=cast.mei, code="baoshi-community", until=TODAY, months=1)

    assert (found.whole.orders.of, found.whole.orders.percent) == (2, None)
    assert found.whole.wait is None
    assert exporting.ecology(found)[1][1] == ""


def test_each_figure_opens_into_what_it_counts(cast: Cast, counted: Callable[[], None]) -> None:
    _tasks(cast, "oooA")
    counted()

    def lines(figure: str) -> int:
        found = drill.drill(
            visible_to=cast.mei, code="baoshi-community", month=TODAY, figure=figure
        )
        assert len(exporting.drilled(found)) == 1 + len(found.acts)
        return len(found.acts)

    profile = ecology.profile(visible_to=cast.mei, code="baoshi-community", until=TODAY, months=1)
    assert lines("orders") == profile.whole.orders.part == 3
    assert lines("dispatched") == profile.whole.bounced.of == 4
    assert lines("bounced") == lines("returned") == profile.whole.bounced.part == 1
    with pytest.raises(NotFound):
        lines("nonsense")
    with pytest.raises(NotFound):
        drill.drill(visible_to=cast.ou, code="baoshi-community", month=TODAY, figure="orders")


def test_counting_twice_changes_nothing(cast: Cast, counted: Callable[[], None]) -> None:
    _tasks(cast, "ooo")
    counted()
    counted()

    found = ecology.profile(visible_to=cast.mei, code="baoshi-community", until=TODAY, months=1)
    assert found.whole.orders.of == 3


def test_a_profile_is_for_the_unit_and_those_above_it(cast: Cast) -> None:
    for post in (cast.mei, cast.ye, cast.lou, cast.gu):
        ecology.profile(visible_to=post, code="baoshi-community", until=TODAY, months=1)
    for post in (cast.ou, cast.he, cast.tang, cast.pan):
        with pytest.raises(NotFound):
            ecology.profile(visible_to=post, code="baoshi-community", until=TODAY, months=1)


def test_a_profile_of_years_takes_no_more_queries(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    with django_assert_max_num_queries(8):
        ecology.profile(visible_to=cast.mei, code="baoshi-community", until=TODAY, months=24)


def test_meetings_of_working_groups_count_against_the_quota(
    cast: Cast, ask: Asking, counted: Callable[[], None]
) -> None:
    incident = open_incident(
        code="zj", title_zh="事件", area=cast.areas["33"], told=[], by=cast.shen, at=AT
    )
    group = form_group(
        incident=incident, name_zh="社区组", chair=cast.units["baoshi-community"],
        members=[], by=cast.shen, at=AT,
    )  # fmt: skip
    for _number in range(3):
        convene_group(group=group, topic="Gates", by=cast.shen, at=AT)
    counted()

    assert load.by_day([cast.units["baoshi-community"].id], since=TODAY, until=TODAY)[
        cast.units["baoshi-community"].id, TODAY
    ].convened == 3  # fmt: skip
    with pytest.raises(QuotaPassed):
        ask(kind="meeting", rhythm="once", wanted=[], first_on=TODAY + timedelta(1))


def test_the_meter_shows_the_week_and_who_asks_most(cast: Cast, ask: Asking) -> None:
    ask(5)
    again = [Wanted(field, anew=True, reason="Other hour") for field in fields(cast, 1)]
    ask(wanted=again, by=cast.xia, rhythm="once", first_on=TODAY + timedelta(1))

    found = meter.week(visible_to=cast.gu, on=TODAY)

    (row,) = [row for row in found.rows if row.unit.code == "baoshi-community"]
    assert (row.week.fields, row.week.duplicates, row.heaviest.fields) == (36, 1, 6)
    assert [sender.code for sender in found.senders] == ["zj-health", "hz-health"]
    assert found.since == date(2020, 2, 3)


def test_who_may_know_the_burden_of_a_unit(cast: Cast, ask: Asking) -> None:
    ask(1)

    for post in (cast.mei, cast.ye, cast.tang, cast.shen):
        codes = {row.unit.code for row in meter.week(visible_to=post, on=TODAY).rows}
        assert "baoshi-community" in codes, post
    for post in (cast.ou, cast.he):
        codes = {row.unit.code for row in meter.week(visible_to=post, on=TODAY).rows}
        assert "baoshi-community" not in codes, post


def test_the_meter_takes_as_many_queries_for_many_units(
    cast: Cast, ask: Asking,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:  # fmt: skip
    ask(1, units=[cast.units["baoshi-community"], cast.units["beishan-street"]])

    with django_assert_max_num_queries(5):
        meter.week(visible_to=cast.gu, on=TODAY)
