"""Every page without an argument, and every list of the API, walked in both worlds: what was
played in a drill stands on none of the real ones, and the other way round."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from unit.clocks.conftest import Works, works  # noqa: F401 – the background parts

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.change import NothingReal
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import SignalIsReal, open_incident
from tongzhou.incidents.actions.report_signal import SignalInExercise, report_signal
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.kernel import clock
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.ask_units import ask_units
from tongzhou.oversight.actions.change import ExerciseNeedsIncident
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.tasks.actions.send_task import send_task

DRILL, REAL = "Quokka", "Numbat"
DAY = timedelta(days=1)
Browser = Callable[[Post], Client]
#: Where both worlds stand beside each other: the way in.
_BOTH = {"exercise"}


def _played(cast: Cast, word: str, *, exercise: bool) -> None:
    """Something of everything, with the word in all its names."""
    at = clock.now()
    incident = open_incident(
        code=word.lower(), title_zh=word, title_en=word, area=cast.areas["33"],
        told=[cast.units["hz-command"]], exercise=exercise, by=cast.shen, at=at,
    )  # fmt: skip
    doing: dict[str, Any] = {"incident": incident, "by": cast.shen, "at": at}
    below = cast.units["hz-command"]
    form_group(name_zh=word, chair=below, **doing)
    start_measure(
        title_zh=word, area=cast.areas["33"], legal_basis=word, stop_rule=word,
        expires_at=at + DAY, **doing,
    )  # fmt: skip
    for lead in (below, cast.units["zj-command"]):
        send_task(
            title=word, lead=lead, area=cast.areas["3301"], due_at=at + DAY, basis="order", **doing
        )
    over: dict[str, Any] = {"incident": incident, "by": cast.gu, "at": at}
    record_finding(what=word, item=word, rule=word, owner=below, due_at=at + DAY, **over)
    send_letter(recipient=below, subject=word, body=word, due_at=at + DAY, **over)
    ask_units(
        kind="meeting", title=word, units=[below], purpose=word, legal_basis=word,
        first_on=at.date() + DAY, minutes=30, **doing,
    )  # fmt: skip


def _plain(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of every page that takes no argument."""
    for one in patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _plain(one.url_patterns, path)
        elif isinstance(one, URLPattern) and not {"<", "(", "^"} & set(path):
            yield one.name or "", "/" + path


def _pages() -> list[tuple[str, str]]:
    return [(n, p) for n, p in _plain(get_resolver().url_patterns) if n not in _BOTH]


def _leaks(browser: Client, word: str, **headers: str) -> list[str]:
    """The addresses on which the word stands."""
    found = []
    for _name, path in _pages():
        answer = browser.get(path, headers=headers)
        said = b"".join(answer) if getattr(answer, "streaming", False) else answer.content
        if word.encode() in said:
            found.append(path)
    return found


@pytest.fixture
def both(cast: Cast, works: Works) -> None:  # noqa: F811
    """A drill and something real, each with everything, and the background parts have run."""
    _played(cast, DRILL, exercise=True)
    _played(cast, REAL, exercise=False)
    works.at(clock.now())


@pytest.mark.parametrize("who", ["shen", "lou", "gu"])
def test_no_real_page_shows_anything_of_a_drill(
    cast: Cast, both: None, signed_in: Browser, who: str
) -> None:
    browser = signed_in(cast.posts[who])

    assert _leaks(browser, DRILL) == []
    assert len(_leaks(browser, REAL)) > 4


@pytest.mark.parametrize("who", ["shen", "lou"])
def test_no_page_of_a_drill_shows_anything_real(
    cast: Cast, both: None, signed_in: Browser, who: str
) -> None:
    browser = signed_in(cast.posts[who])
    browser.post("/exercise", {"code": DRILL.lower()})

    # What is told to the public is real, whoever reads it.
    assert [path for path in _leaks(browser, REAL) if "/public" not in path] == []


def test_every_act_in_the_drill_is_marked_and_no_other(cast: Cast, both: None) -> None:
    drill = {act.incident for act in Act.objects.filter(data__code=DRILL.lower())}
    marked = set(Act.objects.filter(data__exercise=True).values_list("id", flat=True))

    assert marked == set(Act.objects.filter(incident__in=drill).values_list("id", flat=True))
    assert len(marked) > 8


def test_whoever_is_in_an_exercise_asks_for_nothing_real(cast: Cast, both: None) -> None:
    at, post = clock.now(), cast.gu
    post.exercise = True
    given: dict[str, Any] = {"due_at": at + DAY, "by": post, "at": at}
    below = cast.units["hz-command"]

    with pytest.raises(ExerciseNeedsIncident):
        send_letter(recipient=below, subject="x", body="x", **given)
    with pytest.raises(ExerciseNeedsIncident):
        record_finding(what="x", item="x", rule="x", owner=below, **given)
    with pytest.raises(SignalInExercise):
        report_signal(text="x", area=cast.areas["33"], by=post, at=at)


def test_whoever_is_in_an_exercise_begins_nothing_real(cast: Cast) -> None:
    at, commander, community = clock.now(), cast.shen, cast.mei
    commander.exercise = community.exercise = True

    with pytest.raises(NothingReal):
        open_incident(code="x", title_zh="x", area=cast.areas["33"], by=commander, at=at)
    with pytest.raises(NothingReal):
        start_shift(
            unit=cast.units["baoshi-community"], area=cast.areas["330106002901"], people=1,
            every=timedelta(hours=1), by=community, at=at,
        )  # fmt: skip
    open_incident(code="y", title_zh="y", area=cast.areas["33"], exercise=True, by=commander, at=at)


def test_a_signal_is_never_taken_over_by_a_drill(cast: Cast) -> None:
    at = clock.now()
    signal = report_signal(text="Fever", area=cast.areas["33"], at=at)

    with pytest.raises(SignalIsReal):
        open_incident(
            code="x", title_zh="x", area=cast.areas["33"], exercise=True, signal=signal,
            by=cast.shen, at=at,
        )  # fmt: skip
