"""Notices: what others did, in sentences, until somebody of the unit has read them."""

from django.test import Client
from django.utils import translation

from tongzhou.actors import sentences
from tongzhou.demo.cast import Cast
from tongzhou.ledger import queries as ledger
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


def test_the_ledger_of_the_incident_says_the_same(cast: Cast, task: Task, told: Told) -> None:
    told()

    *_, last = sentences.tell(ledger.about("task", task.id, limit=10))
    assert last.sentence == latest_news(cast.ye, limit=10)[0].sentence
