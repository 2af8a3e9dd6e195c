"""Who is silent: units that have not looked at a task, or let it become late."""

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.tasks.models import State
from tongzhou.tasks.queries.silence import silent_units

from .conftest import AT, HOUR, NOW, bring, draft

PAST = AT + HOUR / 2


def test_it_counts_what_was_not_seen_and_what_is_late(cast: Cast, incident: Incident) -> None:
    bring(cast, draft(cast, incident=incident), State.DISPATCHED)
    bring(cast, draft(cast, incident=incident, due_at=PAST), State.DISPATCHED)
    bring(cast, draft(cast, incident=incident, due_at=PAST), State.ACCEPTED)

    (found,) = silent_units(visible_to=cast.shen, at=NOW)

    assert found.incident == "zj-2020"
    assert found.unit.code == "beishan-street"
    assert (found.unseen, found.late, found.since) == (2, 2, AT)


def test_those_with_the_most_late_tasks_come_first(cast: Cast) -> None:
    health = cast.units["hz-health"]
    for _ in range(2):
        bring(cast, draft(cast, lead=health, due_at=PAST), State.SEEN)
    bring(cast, draft(cast, due_at=PAST), State.SEEN)

    found = silent_units(visible_to=cast.lou, at=NOW)

    assert [one.unit.code for one in found] == ["hz-health", "beishan-street"]
    assert [one.late for one in found] == [2, 1]
    assert found[0].since is None


def test_what_is_seen_and_in_time_or_done_is_not_silent(cast: Cast) -> None:
    bring(cast, draft(cast), State.SEEN)
    bring(cast, draft(cast, due_at=PAST), State.DONE)
    bring(cast, draft(cast), State.DRAFT)

    assert silent_units(visible_to=cast.lou, at=NOW) == []


def test_the_own_unit_is_left_out(cast: Cast) -> None:
    bring(cast, draft(cast, due_at=PAST), State.DISPATCHED)

    assert silent_units(visible_to=cast.ye, at=NOW) == []


def test_what_a_unit_does_not_see_is_not_counted(cast: Cast) -> None:
    bring(cast, draft(cast, due_at=PAST), State.DISPATCHED)

    assert silent_units(visible_to=cast.he, at=NOW) == []
