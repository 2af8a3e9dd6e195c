"""Whatever can be done, tried from the other world: whoever is in an exercise does nothing
real, and whoever is not does nothing in one. The acts that a request writes show which it was."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.test import Client

from tongzhou.actors.session import EXERCISE
from tongzhou.clocks.models import Clock
from tongzhou.incidents.models import Incident
from tongzhou.ledger.models import Act
from tongzhou.tasks.models import Task, TaskParty

from .rows import Ask, Row
from .test_urls import (
    CASES,
    Program,
    SignedIn,
    Wrong,
    ask,
    listed,
    named,
    undone,
)
from .world import World

#: What belongs to no world: one's own account and posts, and what one can do. What real work and
#: exercises share otherwise (areas, units, templates, powers and duties, the catalogue) is not
#: changed from an exercise.
SHARED: Final = frozenset({"person", "post", "token", "session", "invitation", "field", "resource"})
#: Who sends a message does not know that the gateway's token takes part in an exercise.
GATEWAY: Final = "api:tasks_sms"
_DRILL: Final = {"code": "drill", "zh": "演练", "en": "Drill"}


def _asked(
    world: World,
    signed_in: SignedIn,
    api_client: Program,
    *,
    exercise: bool,
) -> Iterator[tuple[Row, Ask, list[Act]]]:
    """Every row that does something, asked by its member inside or outside of an exercise, with
    the acts that it wrote."""
    cases = [case for case in CASES if case[1].method != "GET"]
    members = {asked.by for _row, asked in cases}
    browsers = {name: signed_in(world.cast.posts[name]) for name in members}
    programs = {name: api_client(world.cast.posts[name]) for name in members}
    if exercise:
        for browser in browsers.values():
            _enter(browser)
    headers = {"Tongzhou-Exercise": "1"} if exercise else {}
    known = set(Act.objects.values_list("id", flat=True))
    for row, asked in cases:
        with undone():
            client = (programs if row.api else browsers)[asked.by]
            ask(client, row, asked, world, **(headers if row.api else {}))
            yield row, asked, list(Act.objects.exclude(id__in=known))


def _enter(browser: Client) -> None:
    session = browser.session
    session[EXERCISE] = _DRILL
    session.save()


def test_from_an_exercise_nothing_real_is_done(
    world: World,
    signed_in: SignedIn,
    api_client: Program,
) -> None:
    wrong: Wrong = {}
    for row, asked, acts in _asked(world, signed_in, api_client, exercise=True):
        real = [
            act.type
            for act in acts
            if act.data.get("exercise") is not True and act.about_kind not in SHARED
        ]
        if real and row.name != GATEWAY:
            wrong[named(row, asked)] = real

    assert not wrong, listed(wrong)


def test_from_outside_nothing_is_done_in_an_exercise(
    world: World,
    signed_in: SignedIn,
    api_client: Program,
) -> None:
    drills = _all_a_drill()
    wrong: Wrong = {}
    for row, asked, acts in _asked(world, signed_in, api_client, exercise=False):
        played = [
            act.type for act in acts if act.data.get("exercise") is True or act.incident in drills
        ]
        if played:
            wrong[named(row, asked)] = played

    assert not wrong, listed(wrong)


def _all_a_drill() -> set[UUID]:
    """Makes one great exercise of the small world."""
    Incident.objects.update(exercise=True)
    incidents = set(Incident.objects.values_list("id", flat=True))
    Task.objects.filter(incident__in=incidents).update(exercise=True)
    TaskParty.objects.filter(task__exercise=True).update(exercise=True)
    Clock.objects.filter(incident__in=incidents).update(exercise=True)
    return incidents
