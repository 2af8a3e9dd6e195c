import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tongzhou.actors.models import Invitation
from tongzhou.demo.cast import Cast
from tongzhou.kernel.api import idempotency
from tongzhou.kernel.models import KeptAnswer
from tongzhou.places.models import Area

Program = Callable[..., Client]
AREA = {"code": "3304", "name_zh": "嘉兴市", "level": "city", "parent": "33"}


def create(client: Client, key: str, **changes: str) -> Any:
    return client.post(
        "/api/v1/areas",
        data=AREA | changes,
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def test_the_same_request_is_done_once_and_answered_alike(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    first, second = create(client, "a"), create(client, "a")

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Area.objects.filter(code="3304").count() == 1


def test_another_body_with_the_same_key_is_refused(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)
    create(client, "a")

    answer = create(client, "a", code="3305")

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-key-reused")
    assert not Area.objects.filter(code="3305").exists()


def test_the_key_of_one_post_is_nothing_to_another(cast: Cast, api_client: Program) -> None:
    create(api_client(cast.an), "a")

    answer = create(api_client(cast.ou), "a")

    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_a_refused_request_leaves_the_key_free(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    assert create(client, "a", parent="99").status_code == 404
    assert create(client, "a").status_code == 201


def test_without_a_key_nothing_is_kept(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)

    client.post("/api/v1/areas", data=AREA, content_type="application/json")

    assert KeptAnswer.objects.count() == 0


@pytest.mark.parametrize("key", ["", "with blank", "x" * 201, "ümlaut"])
def test_a_key_has_a_form(cast: Cast, api_client: Program, key: str) -> None:
    answer = create(api_client(cast.an), key)

    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-malformed")


def test_a_secret_is_not_kept(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.an)
    address = "/api/v1/units/zj-health/invitations"
    given: dict[str, Any] = {
        "data": {"role": "supervisor"},
        "content_type": "application/json",
        "headers": {"Idempotency-Key": "a"},
    }

    made, again = client.post(address, **given), client.post(address, **given)

    token = made.json()["token"]
    assert (again.status_code, again.json()["code"]) == (409, "answer-not-kept")
    assert Invitation.objects.count() == 1
    assert token.encode() not in b"".join(bytes(k.body) for k in KeptAnswer.objects.all())


def test_old_answers_are_forgotten(cast: Cast, api_client: Program) -> None:
    create(api_client(cast.an), "a")
    now = timezone.now()

    assert idempotency.forget(at=now) == 0
    assert idempotency.forget(at=now + idempotency.KEPT_FOR + timedelta(minutes=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_does_it_and_the_other_waits(cast: Cast, api_client: Program) -> None:
    program = api_client(cast.an)
    header = program.defaults["HTTP_AUTHORIZATION"]
    start = threading.Barrier(4)
    answers: list[Any] = []

    def send() -> None:
        client = Client(headers={"Authorization": header})
        start.wait()
        try:
            answers.append(create(client, "a"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 3
    assert Area.objects.filter(code="3304").count() == 1
