import threading
from datetime import timedelta

import pytest
from django.db import connection

from tongzhou.kernel import rate
from tongzhou.kernel.models import RateCount
from tongzhou.kernel.rate import Rate, TooManyRequests

THREE = Rate("test", most=3, every=timedelta(minutes=10))


@pytest.mark.django_db
def test_it_refuses_from_the_one_after_the_last() -> None:
    for _number in range(3):
        THREE.count("a")

    with pytest.raises(TooManyRequests) as told:
        THREE.count("a")

    assert 0 < told.value.wait <= 600


@pytest.mark.django_db
def test_senders_and_rates_are_counted_apart() -> None:
    for _number in range(3):
        THREE.count("a")

    THREE.count("b")
    Rate("other", most=3, every=timedelta(minutes=10)).count("a")

    assert RateCount.objects.count() == 3


@pytest.mark.django_db
def test_after_its_time_it_counts_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(3):
        THREE.count("a")
    later = rate.clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(rate.clock, "now", lambda: later)

    THREE.count("a")

    assert RateCount.objects.get().count == 1


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_all_counted() -> None:
    start = threading.Barrier(5)

    def attempt() -> None:
        start.wait()
        try:
            Rate("test", most=99, every=timedelta(minutes=1)).count("a")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert RateCount.objects.get().count == 5
