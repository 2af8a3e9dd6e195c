from collections.abc import Callable
from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tongzhou.actors.jobs import forget_sessions
from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel.jobs import forget
from tongzhou.kernel.models import RateCount
from tongzhou.kernel.rate import Rate


def test_ended_sessions_and_old_failures_are_cleared_away(
    cast: Cast, client: Client, signed_in: Callable[[Post], Client]
) -> None:
    ended, running = signed_in(cast.tang), signed_in(cast.xia)
    Session.objects.filter(session_key=ended.session.session_key).update(expire_date=timezone.now())
    for name in ("tang", "xia"):
        client.post("/sign-in", {"username": name, "password": "wrong"})
    AccessAttempt.objects.filter(username="tang").update(
        attempt_time=timezone.now() - timedelta(hours=1)
    )

    forget_sessions()

    keys = set(Session.objects.values_list("session_key", flat=True))
    assert ended.session.session_key not in keys
    assert running.session.session_key in keys
    assert [a.username for a in AccessAttempt.objects.all()] == ["xia"]


def test_counts_that_no_longer_count_are_cleared_away(cast: Cast) -> None:
    Rate("test", most=3, every=timedelta(minutes=1)).count("new")
    Rate("test", most=3, every=timedelta(minutes=1)).count("old")
    RateCount.objects.filter(sender="test:old").update(until=timezone.now())

    forget()

    assert [c.sender for c in RateCount.objects.all()] == ["test:new"]
