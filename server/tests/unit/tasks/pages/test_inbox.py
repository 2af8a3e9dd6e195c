"""The inbox: its views, its filters in the address, its pages and its file."""

import csv
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.kernel import clock
from tongzhou.tasks import exporting
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, HOUR, HTMX, Browser, bring, draft

SENT = State.DISPATCHED


@pytest.fixture
def crowd(cast: Cast) -> list[Task]:
    """A task in each of several states, by due time."""
    states = [SENT, State.SEEN, State.ACCEPTED, State.BLOCKED, State.DONE, State.CONFIRMED]
    return [
        bring(cast, draft(cast, title=f"Task {n}", due_at=AT + (n + 2) * HOUR), state)
        for n, state in enumerate(states)
    ]


def titles(page: str) -> list[str]:
    return [part.split("<")[0] for part in page.split('class="tz-title"')[1:]]


def test_it_shows_open_tasks_by_due_time(lou: Client, crowd: list[Task]) -> None:
    page = lou.get("/tasks").text

    shown = [page.index(f"Task {n}<") for n in range(5)]
    assert shown == sorted(shown)
    assert "Task 5<" not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("show=closed", {5}),
        ("show=all", {0, 1, 2, 3, 4, 5}),
        ("state=dispatched,seen", {0, 1}),
        ("state=dispatched&state=seen", {0, 1}),
        ("state=blocked", {3}),
        ("late=1", set()),
        ("relation=lead", set()),
        ("relation=asker", {0, 1, 2, 3, 4}),
        ("q=Task+3", {3}),
        ("area=3301", {0, 1, 2, 3, 4}),
        ("area=3303", set()),
        ("unit=beishan-street", {0, 1, 2, 3, 4}),
        ("basis=law", set()),
        ("work=report", {0, 1, 2, 3, 4}),
        ("priority=2", set()),
        ("incident=zj-2020", set()),
    ],
)
def test_a_filter_in_the_address_narrows_it(
    lou: Client, crowd: list[Task], incident: Incident, query: str, expected: set[int]
) -> None:
    page = lou.get(f"/tasks?{query}").text

    assert {n for n in range(6) if f"Task {n}<" in page} == expected


def test_a_number_finds_its_task(lou: Client, crowd: list[Task]) -> None:
    page = lou.get(f"/tasks?q=T-{crowd[2].number}").text

    assert "Task 2<" in page
    assert "Task 1<" not in page


def test_a_filter_that_does_not_exist_is_told(lou: Client) -> None:
    answer = lou.get("/tasks?state=forgotten")

    assert answer.status_code == 422
    assert "forgotten" in answer.text


def test_pages_go_on_and_keep_the_filters(lou: Client, cast: Cast) -> None:
    for n in range(53):
        draft(cast, title=f"Draft {n:02}", due_at=AT + (n + 2) * HOUR)

    first = lou.get("/tasks?state=draft").text
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = lou.get(following).text

    assert "state=draft" in following
    assert first.count("data-bulk-item") == 50
    assert second.count("data-bulk-item") == 3
    assert "Draft 52<" in second


def test_a_place_that_no_page_gave_out_is_told(lou: Client) -> None:
    assert lou.get("/tasks?cursor=nonsense").status_code == 422


@pytest.mark.parametrize("view", ["board", "timeline"])
def test_other_views_show_the_same_tasks(lou: Client, crowd: list[Task], view: str) -> None:
    page = lou.get(f"/tasks?view={view}&show=all").text

    assert all(f"Task {n}<" in page for n in range(5))


def test_the_board_leads_from_a_column_to_its_list(lou: Client, cast: Cast) -> None:
    for n in range(21):
        draft(cast, title=f"Draft {n}", due_at=AT + (n + 2) * HOUR)

    page = lou.get("/tasks?view=board").text

    assert 'href="?state=draft"' in page


def test_an_empty_list_says_what_to_do_next(lou: Client, crowd: list[Task]) -> None:
    assert "Clear filters" in lou.get("/tasks?q=nothing+like+this").text


def test_an_empty_inbox_says_what_to_do_next(ou: Client) -> None:
    page = ou.get("/tasks").text

    assert "Nothing open" in page
    assert 'href="/tasks/new"' in page


@pytest.mark.parametrize("target", ["task-list", "task-rows"])
def test_the_list_is_served_alone(lou: Client, crowd: list[Task], target: str) -> None:
    part = lou.get("/tasks?state=seen", headers=HTMX | {"HX-Target": target}).text

    assert part.startswith('<div id="task-rows"')
    assert 'hx-get="/tasks?state=seen"' in part


def test_the_counts_are_served_alone(ye: Client, crowd: list[Task]) -> None:
    part = ye.get("/tasks", headers=HTMX | {"HX-Target": "task-counts"}).text

    assert part.startswith('<nav id="task-counts"')
    assert "To accept <b>2</b>" in part


def test_a_count_leads_to_just_its_tasks(ye: Client, crowd: list[Task]) -> None:
    counts = ye.get("/tasks").text.split('id="task-counts"')[1].split("</nav>")[0]
    address = counts.split("To accept")[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    page = ye.get(f"/tasks{address}").text

    assert {n for n in range(6) if f"Task {n}<" in page} == {0, 1}
    assert "aria-current" in page.split("To accept")[0].split("<a")[-1]


def test_the_csv_holds_exactly_the_filtered_list(lou: Client, crowd: list[Task]) -> None:
    answer = lou.get("/tasks/export.csv?state=dispatched,seen")
    rows = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))

    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"].endswith('.csv"')
    assert [row[1] for row in rows[1:]] == ["Task 0", "Task 1"]


def test_the_spreadsheet_holds_the_same(lou: Client, crowd: list[Task]) -> None:
    answer = lou.get("/tasks/export.xlsx?state=blocked")
    sheet = load_workbook(BytesIO(b"".join(answer))).active

    assert [cell.value for cell in sheet["B"]][1:] == ["Task 3"]


def test_no_other_file_is_written(lou: Client) -> None:
    assert lou.get("/tasks/export.exe").status_code == 404


def test_the_list_costs_the_same_however_long(lou: Client, cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            lou.get("/tasks")
        return len(captured)

    bring(cast, draft(cast), SENT)
    few = queries()
    for n in range(40):
        draft(cast, title=f"Draft {n}", due_at=AT + timedelta(hours=n + 2))

    assert queries() == few


def test_the_tab_of_an_incident_holds_its_tasks_alone(
    lou: Client, cast: Cast, incident: Incident
) -> None:
    bring(cast, draft(cast, title="Within", incident=incident), SENT)
    bring(cast, draft(cast, title="Without"), SENT)

    page = lou.get("/incidents/zj-2020/tasks").text

    assert "Within<" in page
    assert "Without<" not in page
    assert "/tasks/new?incident=zj-2020" in page
    assert "/tasks/export.csv?incident=zj-2020" in page


def test_the_panel_of_a_unit_holds_what_the_reader_may_see(
    ye: Client, cast: Cast, signed_in: Browser
) -> None:
    bring(cast, draft(cast, title="Visible"), SENT)
    bring(
        cast,
        draft(cast, title="Hidden", lead=cast.units["hz-health"], assisting=[], informed=[]),
        SENT,
    )

    page = ye.get("/units/hz-command/tasks", headers=HTMX).text

    assert page.startswith("<section")
    assert "Visible" in page
    assert "Hidden" not in page


def test_the_panel_of_an_area_holds_what_lies_below(ye: Client, task: Task) -> None:
    assert task.title in ye.get("/areas/3301/tasks").text
    assert task.title not in ye.get("/areas/3303/tasks").text


def test_panels_of_what_does_not_exist_are_not_there(ye: Client) -> None:
    assert ye.get("/units/nobody/tasks").status_code == 404
    assert ye.get("/areas/99/tasks").status_code == 404


def test_late_tasks_stand_on_their_day(lou: Client, cast: Cast) -> None:
    bring(cast, draft(cast, title="Due soon", due_at=AT + HOUR / 2), SENT)
    bring(cast, draft(cast, title="Due later", due_at=AT + 3 * DAY), SENT)

    page = lou.get("/tasks?view=timeline").text

    assert "Due soon<" in page
    assert "26 Jan 2020" in page


def timeline_at(
    browser: Client, monkeypatch: pytest.MonkeyPatch, now: datetime, query: str = ""
) -> str:
    monkeypatch.setattr(clock, "now", lambda: now)
    return browser.get(f"/tasks?view=timeline{query}").text


def test_a_day_on_which_all_was_done_in_time_is_not_red(
    lou: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(cast, draft(cast, due_at=AT + 3 * DAY), State.DONE)

    page = timeline_at(lou, monkeypatch, AT + 5 * DAY)

    assert "tk-bar tz-tone-green" in page
    assert "tk-day-late" not in page


def test_a_bar_that_begins_before_the_timeline_is_cut_and_says_since_when(
    lou: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(cast, draft(cast), SENT)

    page = timeline_at(lou, monkeypatch, AT + 13 * DAY)
    assert "tk-cut" not in page
    page = timeline_at(lou, monkeypatch, AT + 20 * DAY)

    assert 'class="tk-cut" title="since 23 Jan 2020, 10:00" style="left:0.00%' in page
    assert "tk-day-late" in page
    assert "<s style" not in page


def test_a_list_that_is_too_long_for_a_spreadsheet_is_told(
    lou: Client, crowd: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    too_few = partial(exporting.xlsx_file, most=2)
    monkeypatch.setattr(exporting, "xlsx_file", too_few)

    answer = lou.get("/tasks/export.xlsx")

    assert answer.status_code == 422
    assert "more than 2 tasks" in answer.text
    assert lou.get("/tasks/export.xlsx?state=blocked").status_code == 200


def test_a_line_names_priority_and_incident(lou: Client, cast: Cast, incident: Incident) -> None:
    bring(cast, draft(cast, incident=incident, priority=2), SENT)

    page = lou.get("/tasks").text

    assert '<b class="tk-flag-2">critical</b>' in page
    assert "Pneumonia of unknown cause</span>" in page


def test_the_tab_of_an_incident_is_refreshed_alone(lou: Client, incident: Incident) -> None:
    target = HTMX | {"HX-Target": "task-rows"}

    part = lou.get("/incidents/zj-2020/tasks", headers=target).text

    assert part.startswith('<div id="task-rows"')
    assert f"incident:{incident.id}" in part
