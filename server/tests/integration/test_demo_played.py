"""The demonstration from start to end, on a hundredth of the work: committed, sealed, told
to the followers, and left alone when it is there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from tongzhou.actors.models import Unit
from tongzhou.clocks.models import Clock, State
from tongzhou.delivery.models import Notice
from tongzhou.demo import play, player, scenario
from tongzhou.demo.cast import MEMBERS, PASSWORD, Cast
from tongzhou.demo.models import Run
from tongzhou.demo.objects import Objects
from tongzhou.demo.play import NotEmpty
from tongzhou.demo.player import Progress
from tongzhou.demo.steps import Step
from tongzhou.incidents.models import Citation, DailyCount, Incident, Measure
from tongzhou.kernel import clock
from tongzhou.ledger import follow
from tongzhou.library.actions.load_shipped import load_shipped
from tongzhou.tasks.models import CLOSED, Task

pytestmark = pytest.mark.django_db(transaction=True)
SCALE = 0.01


def test_it_is_played_once_sealed_and_whole() -> None:
    """One play for all that it must leave behind; a second one finds nothing to do."""
    heard: list[Progress] = []

    played = play.play(scale=SCALE, progress=heard.append)

    assert played["verified"]
    assert played["acts"] == follow.head() == acts()
    assert pending() == 0
    assert (played["units"], played["incidents"]) == (112, 4)
    assert heard[-1].step == heard[-1].steps
    the_story_has_ended()
    clocks_of_the_spring_have_stopped_and_those_of_the_present_run()
    again = play.play(scale=1.0, seed=9)
    assert again == played | {"seconds": again["seconds"]}


def the_story_has_ended() -> None:
    incident = Incident.objects.get(code=scenario.NAME)
    assert (incident.phase, incident.grade, incident.is_open) == ("recover", "III", False)
    assert not Measure.objects.filter(incident=incident, lifted_at=None).exists()
    assert not Task.objects.filter(incident=incident).exclude(state__in=CLOSED).exists()
    assert DailyCount.objects.filter(incident=incident).count() == 67
    news = Notice.objects.filter(read_at=None)
    assert news.exists()
    assert not news.filter(at__year=2020).exists()
    # Jobs outlive the emptying of the tables between tests: one is there, from now or before.
    waiting = ProcrastinateJob.objects.filter(task_name="insight.analyse", status="todo")
    assert [job.args for job in waiting] == [{"incident": str(incident.id)}]


def clocks_of_the_spring_have_stopped_and_those_of_the_present_run() -> None:
    still = Clock.objects.filter(stopped_at=None)
    assert not still.filter(started_at__year=2020).exists()
    now = clock.now()
    assert still.filter(due_at__gt=now).count() > 30
    assert still.filter(due_at__range=(now, now + timedelta(days=1))).count() >= 5
    missed = still.filter(state=State.MISSED)
    assert {"charge-answer", "finding-answer", "whistle-arrival"} <= {c.rule for c in missed}
    assert 8 <= missed.count() <= 25
    assert missed.filter(level__gte=1).exists()
    assert escalated() >= 5
    # Some were missed in 2020, when they would have been, and met late.
    assert Clock.objects.filter(missed_at__year=2020, stopped_at__year=2020).exists()
    # A guidance took the place of another, and whoever has a measure that rests on it knows.
    assert Citation.objects.filter(superseded_at__isnull=False).count() == 1


def test_a_demo_that_was_killed_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """At whatever stage: twice in the story, behind it, and in the present."""
    whole = play.play(scale=SCALE)
    forget()
    for name, dying in (
        ("perform", dying_after(333)),
        ("perform", dying_after(600)),
        ("start", _dying_start),
        ("perform", dying_after(60)),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(player, name, dying)
            with pytest.raises(Killed):
                play.play(scale=SCALE)

    again = play.play(scale=SCALE)

    assert again == whole | {"seconds": again["seconds"]}


def test_a_database_with_something_else_in_it_is_left_alone(cast: Cast) -> None:
    before = Unit.objects.count()

    with pytest.raises(NotEmpty):
        play.play(scale=SCALE)

    assert Unit.objects.count() == before
    assert not Run.objects.exists()


def test_with_real_data_the_cities_have_their_figures(shared_data: Path) -> None:
    played = play.play(scale=SCALE, data=shared_data)

    assert played["verified"]
    wenzhou = DailyCount.objects.filter(area__code="3303", date="2020-02-25", current=True)
    assert wenzhou.get().confirmed == 504
    assert DailyCount.objects.values("area").distinct().count() == 12
    assert played["areas"] > 1000


def test_there_is_an_account_for_every_role() -> None:
    accounts = play.accounts()

    assert len(accounts) == len({member.role for member in MEMBERS})
    assert {account["username"] for account in accounts} <= {m.username for m in MEMBERS}
    assert {account["password"] for account in accounts} == {PASSWORD}


class Killed(BaseException):
    """The process ends here."""


_start = player.start


def _dying_start(name: str, **run: Any) -> Run:
    """``start`` that dies where the present would begin: the story is told to the end."""
    if name == play.PRESENT:
        raise Killed
    return _start(name, **run)


def dying_after(number: int) -> object:
    """``perform`` that dies before the step behind this number."""
    left = number
    perform = player.perform

    def dying(step: Step, objects: Objects) -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        perform(step, objects)

    return dying


def acts() -> int:
    return _number("SELECT count(*) FROM ledger_act")


def escalated() -> int:
    return _number(
        "SELECT count(*) FROM ledger_act"
        " WHERE type = 'clock.escalated.v1' AND at > now() - interval '14 days'"
    )


def pending() -> int:
    return _number("SELECT count(*) FROM ledger_pending")


def _number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def forget() -> None:
    """Empties the database, as its owner; what came with the software comes back."""
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("SET ROLE tongzhou_web")
    load_shipped(at=clock.now(), furniture=True)
