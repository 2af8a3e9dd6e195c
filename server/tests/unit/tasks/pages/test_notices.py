"""Notices: what others did, in sentences, until somebody of the unit has read them."""

from collections.abc import Callable

from django.test import Client
from django.utils import translation

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.ledger.queries import Line
from tongzhou.tasks import queries
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.see_task import see_task
from tongzhou.tasks.models import Task
from tongzhou.tasks.pages.notices import latest_news

from .conftest import AT, HTMX, Told


def test_they_say_who_did_what_and_lead_there(
    lou: Client, cast: Cast, task: Task, told: Told
) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    told()

    page = lou.get("/notices").text

    assert "Beishan Subdistrict Office accepted the task" in page
    assert f'href="/tasks/{task.number}"' in page
    assert "unread" in page


def test_reading_them_is_said_once_for_the_unit(
    lou: Client, cast: Cast, task: Task, told: Told
) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    told()

    answer = lou.post("/notices/read")

    assert answer["Location"] == "/notices"
    assert "Mark all as read" not in lou.get("/notices").text


def test_the_part_that_lives_is_served_alone(lou: Client, cast: Cast) -> None:
    part = lou.get("/notices", headers=HTMX | {"HX-Target": "notices"}).text

    assert part.startswith('<div id="notices"')
    assert "<html" not in part


def test_marking_as_read_answers_with_the_part(lou: Client, cast: Cast) -> None:
    assert lou.post("/notices/read", headers=HTMX).text.startswith('<div id="notices"')


def test_without_any_it_says_what_will_come(ou: Client) -> None:
    assert "No notices yet" in ou.get("/notices").text


def test_those_of_other_units_are_not_told(ou: Client, cast: Cast, task: Task, told: Told) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    told()

    assert "accepted the task" not in ou.get("/notices").text


def test_that_something_was_merely_seen_is_no_news(cast: Cast, task: Task, told: Told) -> None:
    told()
    before = len(latest_news(cast.lou, limit=10))
    see_task(task=task, by=cast.ye, at=AT)
    told()

    assert len(latest_news(cast.lou, limit=10)) == before


def test_looking_marks_nothing_as_read(lou: Client, cast: Cast, task: Task, told: Told) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    told()

    assert lou.get("/notices/read").status_code == 405
    lou.get("/notices")

    assert "unread" in lou.get("/notices").text


def test_a_forwarded_task_names_its_new_lead_and_nobody_who_was_only_told(
    cast: Cast, task: Task, told: Told
) -> None:
    forward_task(task=task, to=cast.units["xh-command"], reason="Closer", by=cast.ye, at=AT)
    told()

    words = "Beishan Subdistrict Office forwarded the task to Xihu District Command"
    (news, *_rest) = latest_news(cast.lou, limit=10)
    assert news.sentence.startswith(words)
    assert "Hangzhou" not in news.sentence


def test_a_dispatched_task_tells_the_lead_from_who_assists(
    cast: Cast, task: Task, told: Told
) -> None:
    told()

    (news,) = latest_news(cast.ye, limit=10)
    assert news.sentence == (
        "Hangzhou Command Headquarters dispatched the task to Beishan Subdistrict Office; "
        "to assist: Baoshi Property Management"
    )
    with translation.override("zh-hans"):
        (news,) = latest_news(cast.ye, limit=10)
    assert news.sentence == "杭州市指挥部向北山街道办事处派发任务，由宝石物业服务有限公司协办"


def test_an_act_that_does_not_say_who_leads_names_all_that_it_was_done_with(
    cast: Cast, task: Task, last_act: Callable[[], Act]
) -> None:
    line = Line(last_act(), type=None, position=None)
    del line.act.data["lead"]

    assert queries.recipients([line]) == set()
    assert queries.sent(line, by="Hangzhou", units={}) is None
