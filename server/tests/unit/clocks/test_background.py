"""What lives, what is late, what is dead: told plainly, and since when."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from tongzhou.actors.models import Post
from tongzhou.clocks.queries import Part, beats
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.kernel import clock
from tongzhou.kernel.beats import Pulse
from tongzhou.kernel.models import Beat
from tongzhou.ledger import follow

from .conftest import Works

Browser = Callable[[Post], Client]


def part(name: str) -> Part:
    """One part."""
    return next(found for found in beats() if found.name == name)


def age(name: str, seconds: int) -> None:
    """Its sign of life lies so far back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_beat SET at = clock_timestamp() - %s * interval '1 second' "
            "WHERE part = %s",
            [seconds, name],
        )


def test_a_part_that_never_beat_is_dead(db: None) -> None:
    assert (part("worker").health, part("worker").since) == ("dead", None)


def test_a_part_that_beats_lives(db: None) -> None:
    Pulse("worker", connection).beat()

    assert part("worker").health == "alive"


def test_a_part_that_fell_silent_is_dead_since_its_last_beat(db: None) -> None:
    Pulse("worker", connection).beat()
    age("worker", 60)

    assert part("worker").health == "dead"
    assert part("worker").since == Beat.objects.get().at


def test_a_second_process_keeps_the_part_alive(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Pulse("ticker", connection).beat()
    age("ticker", 60)
    monkeypatch.setattr("os.getpid", lambda: 7)
    Pulse("ticker", connection).beat()

    assert (part("ticker").health, part("ticker").processes) == ("alive", 1)


def test_a_beat_is_written_seldom(
    db: None, django_assert_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    pulse = Pulse("worker", connection)

    with django_assert_num_queries(1):
        for _ in range(50):
            pulse.beat()


def test_a_failure_stays_visible_by_its_class_alone(db: None) -> None:
    pulse = Pulse("followers", connection)

    with pytest.raises(LookupError), pulse.noting("follower:notices"):
        raise LookupError("of somebody by name")

    assert Beat.objects.get(part="follower:notices").failure == "LookupError"


def test_acts_that_wait_to_be_sealed_make_the_sealer_late(cast: Cast, works: Works) -> None:
    Pulse("sealer", connection).beat()

    assert part("sealer").waiting > 0
    works.seal()
    assert part("sealer").waiting == 0


def test_a_follower_that_does_not_read_is_behind(cast: Cast, works: Works) -> None:
    works.seal()
    works.follow()
    report_signal(text="Cough", area=cast.areas["330106002901"], at=clock.now())
    works.seal()

    assert part("clocks").waiting == 1
    assert part("clocks").health == "dead"  # nobody reads at all


def test_every_regular_job_is_there_with_its_schedule(db: None) -> None:
    jobs = {found.name: found for found in beats() if found.kind == "job"}

    assert jobs["kernel.forget"].cron
    assert jobs["kernel.forget"].health == "never"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reader_and_every_job_has_a_name_in_words(
    cast: Cast, works: Works, language: str
) -> None:
    works.seal()
    works.follow()
    for name, reader in follow.followers().items():
        follow.advance(name, reader)

    with translation.override(language):
        told = {found.name: str(found.title) for found in beats() if found.kind != "part"}

    assert told.keys() >= set(follow.followers())
    chinese = {name for name, title in told.items() if re.search(r"[\u4e00-\u9fff]", title)}
    assert chinese == (set() if language == "en" else told.keys())
    assert not [name for name, title in told.items() if title == name]


def test_the_number_of_queries_is_fixed(
    cast: Cast, django_assert_max_num_queries: Callable[..., AbstractContextManager[None]]
) -> None:
    with django_assert_max_num_queries(6):
        beats()


def test_the_page_says_it_in_words(cast: Cast, signed_in: Browser) -> None:
    page = signed_in(cast.shen).get("/background").text

    assert "parts are dead or behind" in page
    assert "Ticker: lets time limits end" in page
    assert 'hx-trigger="every 5s"' in page


def test_a_grid_worker_does_not_see_it(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.posts["ji"])

    assert browser.get("/background").status_code == 403
    assert "/background" not in browser.get("/today").text
