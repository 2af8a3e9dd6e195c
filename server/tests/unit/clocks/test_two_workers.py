"""Several workers at once: each clock is in one hand at a time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tongzhou.clocks.firing import fire_due
from tongzhou.clocks.models import Clock, State
from tongzhou.clocks.rules import known_rules
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.models import Act
from tongzhou.library.actions.load_shipped import load_shipped

NUMBER = 300


@pytest.mark.django_db(transaction=True)
def test_four_tickers_tell_of_each_clock_once() -> None:
    now = timezone.now()
    load_shipped(at=now)
    known = next(k for k in known_rules(on=now.date()) if k.rule.key == "signal-assessment")
    Clock.objects.bulk_create(
        Clock(
            rule=known.rule.key, version=known.version, about_kind="signal", about_id=new_id(),
            owners=[new_id()], started_by=new_id(), started_at=now - timedelta(days=2, minutes=1),
            due_at=now - timedelta(minutes=1), next_at=now - timedelta(minutes=1), step=2,
        )
        for _ in range(NUMBER)
    )  # fmt: skip
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        for _ in range(40):
            fire_due(until=now, limit=20)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    missed = Act.objects.filter(type="clock.missed.v1").values_list("about_id", flat=True)
    assert len(missed) == len(set(missed)) == NUMBER
    assert Clock.objects.filter(state=State.MISSED).count() == NUMBER
