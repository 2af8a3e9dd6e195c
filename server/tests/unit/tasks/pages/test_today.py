"""Today: what waits for each role, in one tap, and what a commander sees first."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tongzhou.clocks.reactions import move_clocks
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Incident
from tongzhou.ledger import follow, sealing
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, HOUR, HTMX, NOW, Browser, Told, bring, draft

Acting = Callable[[], AbstractContextManager[None]]
TODAY = HTMX | {"HX-Target": "today"}


def test_what_is_to_be_accepted_waits_with_its_buttons(ye: Client, task: Task) -> None:
    page = ye.get("/today").text

    assert "To accept" in page
    assert task.title in page
    assert f'action="/tasks/{task.number}/accept"' in page
    assert f'hx-get="/tasks/{task.number}/refuse?from=today"' in page


def test_one_tap_accepts_and_shows_today_as_it_is_then(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/accept", headers=TODAY)

    assert answer.text.startswith('<div id="today"')
    assert f"You accepted T-{task.number}" in answer.text
    assert "In hand" in answer.text
    assert f'action="/tasks/{task.number}/start"' in answer.text


def test_one_tap_reports_as_done(ye: Client, cast: Cast) -> None:
    found = bring(cast, draft(cast), State.IN_PROGRESS)

    page = ye.get("/today").text
    ye.post(f"/tasks/{found.number}/finish", {"result": "Done as asked."}, headers=TODAY)

    found.refresh_from_db()
    assert 'name="result" value="Done as asked."' in page
    assert found.state == State.DONE


def test_without_script_a_tap_leads_back_here(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/accept", {"next": "today"})

    assert answer["Location"] == "/today"


def test_a_tap_that_comes_too_late_is_told_in_place(ye: Client, cast: Cast, task: Task) -> None:
    accept_task(task=task, by=cast.ye, at=AT)

    answer = ye.post(f"/tasks/{task.number}/accept", headers=TODAY)

    assert answer.status_code == 409
    assert answer["Tongzhou-In-Place"] == "1"
    assert answer.text.startswith('<div id="today"')
    assert "Somebody may have been faster" in answer.text


def test_a_form_from_here_answers_here(ye: Client, task: Task) -> None:
    form = ye.get(f"/tasks/{task.number}/refuse?from=today", headers=HTMX).text

    assert 'hx-target="#today"' in form
    assert f'hx-post="/tasks/{task.number}/refuse?from=today"' in form


def test_a_refused_task_waits_for_its_asker_with_the_better_owner(lou: Client, cast: Cast) -> None:
    bring(cast, draft(cast), State.REFUSED)

    page = lou.get("/today").text

    assert "To decide" in page
    assert "Not here" in page
    assert "Better placed: Wenzhou Command Headquarters" in page


def test_a_returned_task_whose_time_has_passed_is_to_be_changed_first(
    lou: Client, cast: Cast
) -> None:
    late = bring(cast, draft(cast, due_at=AT + HOUR / 2), State.RETURNED)

    page = lou.get("/today").text

    assert f'hx-get="/tasks/{late.number}/edit?from=today"' in page
    assert f'action="/tasks/{late.number}/dispatch"' not in page


def test_a_done_task_waits_for_confirmation(lou: Client, cast: Cast) -> None:
    done = bring(cast, draft(cast), State.DONE)

    page = lou.get("/today").text

    assert "To confirm" in page
    assert f'action="/tasks/{done.number}/confirm"' in page


def test_what_was_asked_of_others_is_followed(lou: Client, cast: Cast) -> None:
    bring(cast, draft(cast, title="Overdue", due_at=AT + HOUR / 2), State.SEEN)
    bring(cast, draft(cast, title="Running"), State.ACCEPTED)

    asked = lou.get("/today").text.split('id="asked"')[1]

    assert asked.index("Overdue<") < asked.index("Running<")
    assert "1 late" in asked
    assert "/urge?from=today" in asked


def test_the_commander_sees_incidents_and_silent_partners_first(
    cast: Cast, signed_in: Browser, incident: Incident
) -> None:
    set_grade(incident=incident, grade="I", criterion="Several cities", legal_basis="Plan",
              expires_at=NOW + DAY, by=cast.shen, at=AT)  # fmt: skip
    bring(cast, draft(cast, incident=incident, due_at=AT + HOUR / 2), State.DISPATCHED)

    page = signed_in(cast.shen).get("/today").text
    glance = page.split('class="tk-glance"')[1].split("tz-split")[0]

    assert "Pneumonia of unknown cause" in glance
    assert "Level I" in glance
    assert "Beishan Subdistrict Office" in glance
    assert "1 late" in glance
    assert "1 not seen" in glance


def test_a_quiet_incident_says_so(cast: Cast, signed_in: Browser, incident: Incident) -> None:
    page = signed_in(cast.shen).get("/today").text

    assert "Every partner has seen its tasks, and nothing is late." in page


def test_a_street_coordinator_sees_who_is_silent_below(ye: Client, cast: Cast) -> None:
    found = draft(cast, lead=cast.units["baoshi-community"], by=cast.ye, due_at=AT + HOUR / 2)
    dispatch_task(task=found, by=cast.ye, at=AT)

    page = ye.get("/today").text

    assert "Silent units" in page
    assert "Baoshi Residents&#x27; Committee" in page.split("Silent units")[1]


def test_decisions_levels_and_measures_run_as_clocks(
    cast: Cast, lou: Client, signed_in: Browser, incident: Incident, as_sealer: Acting
) -> None:
    set_grade(incident=incident, grade="I", criterion="Several cities", legal_basis="Plan",
              expires_at=NOW + DAY, by=cast.shen, at=AT)  # fmt: skip
    record_decision(incident=incident, text="Open a fever clinic", owner=cast.units["hz-command"],
                    due_at=NOW + HOUR, by=cast.shen, at=AT)  # fmt: skip
    start_measure(incident=incident, title_zh="口罩", title_en="Masks", area=cast.areas["3301"],
                  legal_basis="Law", stop_rule="14 days", expires_at=NOW + DAY,
                  by=cast.shen, at=AT)  # fmt: skip
    with as_sealer():
        sealing.seal_once(connection.connection, at=NOW)
    follow.advance("clocks", move_clocks)

    ours, theirs = signed_in(cast.shen).get("/today").text, lou.get("/today").text

    assert "Open a fever clinic" in theirs
    assert all(said in ours for said in ("Response level expires", "Masks", "Open a fever clinic"))


def test_signals_wait_for_those_who_may_assess_them_alone(
    cast: Cast, ye: Client, signed_in: Browser
) -> None:
    area = cast.units["beishan-street"].area
    report_signal(text="Four neighbours with fever", area=area, at=AT)

    assert "Four neighbours with fever" in ye.get("/today").text
    assert "Four neighbours with fever" not in signed_in(cast.mei).get("/today").text


def test_an_empty_day_says_what_to_do_next(ou: Client) -> None:
    page = ou.get("/today").text

    assert "Nothing waits for your unit" in page
    assert 'href="/tasks/new"' in page


@pytest.mark.parametrize(
    "name",
    ["shen", "tang", "qiu", "ruan", "xia", "ye", "mei", "ji", "pan", "chu", "ren", "bai", "gu",
     "an"],
)  # fmt: skip
def test_every_role_has_its_day(cast: Cast, signed_in: Browser, task: Task, name: str) -> None:
    assert signed_in(cast.posts[name]).get("/today").status_code == 200


def test_a_resident_is_offered_no_button(cast: Cast, signed_in: Browser) -> None:
    found = draft(cast, lead=cast.units["baoshi-community"], by=cast.ye)
    dispatch_task(task=found, by=cast.ye, at=AT)

    assert f"/tasks/{found.number}/accept" not in signed_in(cast.ren).get("/today").text
    assert f"/tasks/{found.number}/accept" in signed_in(cast.mei).get("/today").text


def test_it_costs_the_same_however_much_waits(lou: Client, cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            lou.get("/today")
        return len(captured)

    bring(cast, draft(cast), State.DONE)
    bring(cast, draft(cast), State.DISPATCHED)
    few = queries()
    for n in range(12):
        bring(cast, draft(cast, due_at=AT + timedelta(hours=n + 2)), State.DONE)

    assert queries() == few


def test_news_of_others_stand_beside(
    lou: Client,
    cast: Cast,
    task: Task,
    told: Told,
) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    told()

    page = lou.get("/today").text

    assert "Beishan Subdistrict Office accepted the task" in page
