"""Reading: who sees what, figures, and no more queries for more rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Incident, Measure, Signal
from tongzhou.incidents.queries import lists, public, room, signals, situation
from tongzhou.kernel.errors import NotFound

Count = Callable[[int], AbstractContextManager[Any]]
SignedIn = Callable[[Post], Client]


def counts(cast: Cast, incident: Incident, **figures: list[int]) -> None:
    """Cumulative cases by area code (with a leading letter) from 23 January on."""
    rows = [
        CountRow(cast.areas[code[1:]], AT.date() + day * DAY, figure, 0, 0)
        for code, series in figures.items()
        for day, figure in enumerate(series)
    ]
    record_counts(
        incident=incident, rows=rows, source="CDC", as_of=AT, by=cast.shen, at=AT + 60 * DAY
    )


def another(cast: Cast, number: int, **fields: Any) -> Incident:
    """One more incident of the province."""
    given = {"title_zh": f"疫情{number}", "area": cast.areas["33"], "by": cast.shen, **fields}
    return open_incident(code=f"more-{number}", at=AT + number * HOUR, **given)


def test_a_list_holds_what_the_unit_has_to_do_with(cast: Cast, incident: Incident) -> None:
    another(cast, 1)

    def codes(post: Post, **filters: str) -> list[str]:
        page = lists.listed(visible_to=post, at=AT, **filters)
        return [row.incident.code for row in page.rows]

    assert codes(cast.shen) == ["more-1", "zj-2020"]
    assert codes(cast.lou) == ["zj-2020"]
    assert codes(cast.ou) == []
    assert codes(cast.shen, q="pneumonia") == ["zj-2020"]
    assert codes(cast.shen, state="closed") == []
    assert codes(cast.shen, grade="I") == []
    with pytest.raises(NotFound):
        lists.find("zj-2020", visible_to=cast.ou)


def test_pages_of_a_list_join_without_gap(cast: Cast) -> None:
    for number in range(7):
        another(cast, number)
    found: list[str] = []
    cursor = ""
    while True:
        page = lists.listed(visible_to=cast.shen, at=AT, cursor=cursor, limit=3)
        found += [row.incident.code for row in page.rows]
        cursor = page.next
        if not cursor:
            break

    assert found == [f"more-{number}" for number in range(6, -1, -1)]


def test_a_row_tells_what_runs_and_the_figures(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=[5, 9], c3303=[1, 4])
    for days in (1, 5):
        record_decision(
            incident=incident, text="d", owner=cast.units["hz-health"], due_at=AT + days * DAY,
            by=cast.shen, at=AT,
        )  # fmt: skip
        start_measure(
            incident=incident, title_zh="m", area=cast.areas["3301"], legal_basis=LAW,
            stop_rule="s", expires_at=AT + days * DAY, by=cast.shen, at=AT,
        )  # fmt: skip

    (row,) = lists.listed(visible_to=cast.shen, at=AT + 2 * DAY).rows

    assert (row.measures, row.decisions, row.late) == (1, 2, 1)
    assert row.totals is not None
    assert (row.totals.confirmed, row.totals.new, row.totals.areas) == (13, 7, 2)


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: Count) -> None:
    for number in range(12):
        counts(cast, another(cast, number), c3301=[number, number + 1])
        report_signal(text="Fever", area=cast.areas["330106"], at=AT + number * HOUR)

    for limit in (2, 12):
        with django_assert_num_queries(2):
            lists.listed(visible_to=cast.shen, at=AT, limit=limit)
        with django_assert_num_queries(1):
            signals.listed(visible_to=cast.ye, limit=limit)
        with django_assert_num_queries(2):
            public.open_incidents(at=AT, limit=limit)


def test_the_overview_costs_the_same_however_much_there_is(
    cast: Cast, incident: Incident, signed_in: SignedIn, django_assert_max_num_queries: Count
) -> None:
    browser = signed_in(cast.shen)
    url = reverse("incident", args=[incident.code])
    with django_assert_max_num_queries(40) as empty:
        browser.get(url)
    counts(cast, incident, c3301=[5, 9], c3303=[1, 4])
    for number in range(9):
        record_decision(
            incident=incident, text=f"d{number}", owner=cast.units["hz-health"],
            due_at=AT + DAY, by=cast.shen, at=AT,
        )  # fmt: skip
        start_measure(
            incident=incident, title_zh="m", area=cast.areas["3301"], legal_basis=LAW,
            stop_rule="s", expires_at=AT + 700 * DAY, by=cast.shen, at=AT,
        )  # fmt: skip
    # The page is looked at today: they are still in force.
    Measure.objects.update(expires_at=AT + 9999 * DAY)

    with django_assert_max_num_queries(40) as full:
        browser.get(url)

    assert len(full) <= len(empty) + 6


def test_totals_do_not_count_a_city_twice(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c33=[10, 20], c3301=[5, 9], c3303=[1, 4])

    totals = situation.totals_of([incident.id])[incident.id]

    assert (totals.confirmed, totals.areas) == (20, 1)
    inner = situation.innermost(situation.by_area(incident))
    assert [found.area.code for found in inner] == ["3301", "3303"]


def test_an_area_without_a_figure_for_a_day_keeps_its_last(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=[5, 9, 12], c3303=[2])

    series = situation.series(incident)

    assert series.confirmed == [7, 11, 14]
    assert series.new == [7, 4, 3]
    assert situation.series(incident, area=cast.areas["3303"]).confirmed == [2]


def test_what_was_reported_stands_beside_what_is_used(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=[5, 9, 6])

    series = situation.series(incident)

    assert (series.confirmed, series.reported) == ([5, 6, 6], [5, 9, 6])
    assert (series.new, series.new_reported) == ([5, 1, 0], [5, 4, -3])


def test_figures_of_a_past_day(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=list(range(0, 40, 2)))

    (then,) = situation.by_area(incident, until=AT.date() + 10 * DAY)
    (now,) = situation.by_area(incident)

    assert (then.confirmed, then.week, then.fortnight) == (20, 14, None)
    assert (now.confirmed, now.week, now.fortnight) == (38, 14, 28)


def test_what_is_new_is_not_known_before_the_figures_begin(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=[5, 9, 12], c3303=[1, 2, 4])

    totals = situation.totals_of([incident.id])[incident.id]

    assert (totals.new, totals.week) == (5, None)
    assert [found.week for found in situation.by_area(incident)] == [None, None]


def test_what_is_new_in_all_is_the_sum_over_the_areas(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=list(range(0, 20, 2)))
    late = CountRow(cast.areas["3303"], AT.date() + 9 * DAY, 3, 0, 0)
    record_counts(
        incident=incident, rows=[late], source="CDC", as_of=AT, by=cast.shen, at=AT + 40 * DAY
    )

    totals = situation.totals_of([incident.id])[incident.id]
    weeks = [found.week for found in situation.by_area(incident)]

    assert weeks == [14, 3]
    assert totals.week == 17
    assert situation.of_area(cast.areas["3303"], [incident.id])[incident.id].week == 3


def test_revised_figures_tell_all_their_versions(cast: Cast, incident: Incident) -> None:
    counts(cast, incident, c3301=[5])
    counts(cast, incident, c3301=[6])

    (found,) = situation.revised(incident)

    assert [version.confirmed for version in found.versions] == [6, 5]


def test_waves_and_spans(cast: Cast, incident: Incident) -> None:
    (span,) = room.phases(incident, at=AT + 4 * DAY)

    assert (span.phase, span.days, span.running) == ("watch", 4, True)
    closed = close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + 2 * DAY)
    (span,) = room.phases(closed, at=AT + 9 * DAY)
    assert (span.days, span.running) == (2, False)


def test_the_ledger_of_an_incident_shows_each_unit_its_share(
    cast: Cast, incident: Incident
) -> None:
    record_decision(
        incident=incident, text="d", owner=cast.units["hz-health"], due_at=AT + DAY,
        by=cast.shen, at=AT,
    )  # fmt: skip

    def types(post: Post) -> set[str]:
        return {line.act.type for line in room.acts(incident, visible_to=post)}

    assert types(cast.shen) == {"incident.opened.v1", "decision.recorded.v1"}
    assert types(cast.lou) == {"incident.opened.v1", "decision.recorded.v1"}
    assert types(cast.ou) == {"incident.opened.v1"}


def test_tickets_are_found_as_people_type_them(signal: Signal) -> None:
    letters = signal.ticket.replace("-", "")

    for typed in (signal.ticket, letters, letters.lower(), letters[2:], f" {signal.ticket} "):
        assert signals.by_ticket(typed).signal == signal
    with pytest.raises(NotFound):
        signals.by_ticket("TZ-0000-0000")


def test_signals_wait_for_those_who_answer_for_the_area(cast: Cast, signal: Signal) -> None:
    assert signals.waiting(visible_to=cast.ye) == 1
    assert signals.waiting(visible_to=cast.he) == 0
    assert signals.waiting(visible_to=cast.mei) == 0
