"""The list, one clock, the file; who sees what; queries do not grow with lines."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tongzhou.actors.models import Post
from tongzhou.clocks import queries
from tongzhou.clocks.models import Clock
from tongzhou.clocks.queries import Filters
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks.models import Task

from .conftest import AT, DAY, HOUR, Works, of

Browser = Callable[[Post], Client]
Send = Callable[..., Task]


def listed(post: Post, **filters: str) -> list[str]:
    """What a post sees, by what it is about."""
    found = queries.listed(visible_to=post, filters=Filters(**filters), at=AT + 25 * HOUR)  # type: ignore[arg-type]
    return [row.subject.label for row in found.rows]


def test_the_missed_come_first_and_every_party_sees_its_own(
    cast: Cast, works: Works, send: Send
) -> None:
    send(AT, title="Late")
    send(AT, title="Later", due_at=AT + 3 * DAY)
    works.at(AT + 25 * HOUR)

    for post in (cast.ye, cast.lou, cast.shen):
        assert [label.split(" ", 1)[1] for label in listed(post)] == ["Late", "Later"]
    assert listed(cast.ou) == []
    assert len(listed(cast.ye, whose="owner")) == 2
    assert listed(cast.ye, whose="watcher") == []
    assert len(listed(cast.lou, whose="watcher")) == 2
    assert len(listed(cast.shen, whose="line")) == 2
    assert len(listed(cast.shen, state="missed")) == 1
    assert listed(cast.shen, rule="decision-due") == []


def test_in_an_exercise_only_its_clocks_are_seen(cast: Cast, works: Works, send: Send) -> None:
    send()
    works.at(AT + HOUR)
    Clock.objects.update(exercise=True)

    assert listed(cast.shen) == []
    cast.shen.exercise = True
    assert len(listed(cast.shen)) == 1


def test_an_outsider_does_not_find_a_clock(cast: Cast, works: Works, send: Send) -> None:
    task = send()
    works.at(AT + HOUR)

    with pytest.raises(NotFound):
        queries.find(of(task).id, visible_to=cast.ou)


def test_the_queries_do_not_grow_with_the_lines(cast: Cast, works: Works, send: Send) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert listed(cast.shen)
        return len(captured)

    send()
    works.at(AT + HOUR)
    few = asked()
    for _ in range(12):
        send()
    works.at(AT + 2 * HOUR)

    assert asked() == few


def test_pages_go_on_where_the_last_one_ended(cast: Cast, works: Works, send: Send) -> None:
    for number in range(5):
        send(title=f"Task {number}", due_at=AT + (1 + number) * DAY)
    works.at(AT + HOUR)

    first = queries.listed(visible_to=cast.shen, at=AT, limit=3)
    second = queries.listed(visible_to=cast.shen, at=AT, limit=3, cursor=first.next)

    ids = [row.clock.id for row in (*first.rows, *second.rows)]
    assert (len(set(ids)), second.next) == (5, "")


def test_applying_many_acts_takes_as_many_statements_as_applying_few(
    works: Works, send: Send, cast: Cast
) -> None:
    def asked(number: int) -> int:
        for _ in range(number):
            send()
        works.seal()
        with CaptureQueriesContext(connection) as captured:
            works.follow()
        return len(captured)

    works.at(AT + HOUR)
    asked(1)
    few = asked(2)

    assert asked(40) == few


@pytest.fixture
def clock(cast: Cast, works: Works) -> Clock:
    """Of a signal; its text would be a script if it could."""
    signal = report_signal(text="<script>alert(1)</script>", area=cast.areas["330106002901"], at=AT)
    works.at(AT + HOUR)
    return Clock.objects.get(about_id=signal.id, rule="signal-assessment")


def test_a_clock_tells_its_moments_and_where_its_limit_comes_from(
    cast: Cast, signed_in: Browser, clock: Clock
) -> None:
    page = signed_in(cast.shen).get(f"/clocks/{clock.id}").text

    assert "Signal to be assessed" in page
    assert "International Health Regulations" in page
    assert "official source" in page
    assert "Reported up the line" in page
    assert "data-countdown" in page


def test_more_time_is_given_on_a_page(
    cast: Cast, signed_in: Browser, clock: Clock, works: Works
) -> None:
    browser = signed_in(cast.shen)
    address = f"/clocks/{clock.id}/extend"

    refused = browser.post(address, {"due_at": "2020-01-20T00:00", "reason": "More"})
    done = browser.post(address, {"due_at": "2020-02-01T10:00", "reason": "<b>Laboratory</b>"})
    page = browser.get(f"/clocks/{clock.id}").text

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "later than the present one" in refused.text
    assert "&lt;b&gt;Laboratory" in page


def test_the_file_holds_what_the_list_holds_and_no_formula(
    cast: Cast, signed_in: Browser, works: Works, send: Send
) -> None:
    send(title="=1+1")
    send(title="Another")
    works.at(AT + HOUR)

    answer = signed_in(cast.shen).get("/clocks/export.csv?state=running")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]

    assert len(lines) == 3
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))


def test_a_task_shows_its_clock(cast: Cast, signed_in: Browser, works: Works, send: Send) -> None:
    task = send()
    works.at(AT + HOUR)

    page = signed_in(cast.ye).get(f"/tasks/{task.number}").text

    assert f"/clocks/{of(task).id}" in page
    assert "Task due" in page


def test_the_unknown_is_refused_by_name(
    cast: Cast, signed_in: Browser, api_client: Callable[[Post], Client]
) -> None:
    page = signed_in(cast.shen).get("/clocks?state=nonsense")
    answer = api_client(cast.shen).get("/api/v1/clocks?state=nonsense")

    assert (page.status_code, answer.status_code) == (422, 422)
    assert "nonsense" in page.text


def test_the_api_tells_the_same(
    cast: Cast, api_client: Callable[[Post], Client], clock: Clock,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[None]],
) -> None:  # fmt: skip
    client = api_client(cast.shen)

    found = client.get("/api/v1/clocks?rule=signal-assessment").json()["items"]

    assert [one["id"] for one in found] == [str(clock.id)]
    assert (found[0]["state"], found[0]["title"]) == ("running", "Signal to be assessed")
    assert client.get("/api/v1/background").json()[0]["name"] == "sealer"


def test_the_page_of_a_unit_leads_to_its_duties_and_its_limits(
    cast: Cast, signed_in: Browser, works: Works, send: Send
) -> None:
    clock = str(of_sent(works, send).id)
    browser = signed_in(cast.ye)
    page = browser.get("/units/beishan-street").text

    assert 'href="/units/beishan-street/duties"' in page
    assert 'href="/clocks?unit=beishan-street"' in page
    assert clock in browser.get("/clocks?unit=beishan-street").text
    assert clock not in browser.get("/clocks?unit=baoshi-community").text
    assert browser.get("/clocks?unit=nobody").status_code == 404


def of_sent(works: Works, send: Send) -> Clock:
    """The clock of a task that was just sent."""
    task = send()
    works.at(AT + HOUR)
    return of(task)
