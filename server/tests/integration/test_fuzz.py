"""Whatever is sent to the API, it answers by its own description and never with a 5xx."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import product
from typing import Any, Final

import pytest
import schemathesis
from contract.rows import Row
from contract.world import World, make
from django.core.servers.basehttp import get_internal_wsgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tongzhou.kernel import clock

from .api_requests import DESCRIBED, undone

Program = Callable[..., Client]
#: Requests for each operation and mode; raise it for a long night.
EXAMPLES: Final = 6
SEED: Final = 2020
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def world(db: None) -> World:
    """The small world of the address tests."""
    return make(now=clock.now())


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The requests share the connection of the test, as with Django's own test client."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def operation_id(row: Row) -> str:
    """The operation as the description names it."""
    return row.name.removeprefix("api:")


def fuzz(row: Row, world: World, headers: Mapping[str, str]) -> list[str]:
    """Sends generated requests to an operation, right ones and wrong ones, to the object of
    the world and to made-up ones; returns what did not answer as described."""
    wrong: list[str] = []
    real = {name: str(value) for name, value in row.args(world).items()}
    operation = _schema().find_operation_by_id(operation_id(row))

    def send(case: Case) -> None:
        with undone():
            response = case.call(headers=dict(headers))
        try:
            case.validate_response(response, checks=CHECKS, headers=dict(headers))
        except FailureGroup as failures:
            wrong.extend(
                f"{case.method} {case.formatted_path!r} {failure}"[:900]
                for failure in failures.exceptions
            )

    places = (real, None) if real else (None,)
    for mode, place in product((GenerationMode.POSITIVE, GenerationMode.NEGATIVE), places):
        strategy = operation.as_strategy(generation_mode=mode, path_parameters=place)
        run = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )(seed(SEED)(given(strategy)(send)))
        # An operation that takes nothing cannot be asked wrongly.
        with suppress(Unsatisfiable):
            run()
    return wrong


@cache
def _schema() -> Any:
    """Read once: for each new one the constants of the whole code base are looked up again."""
    wsgi = get_internal_wsgi_application()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", wsgi)


@pytest.mark.parametrize("part", range(4))
def test_generated_requests_are_answered_as_described(
    world: World, api_client: Program, part: int
) -> None:
    client = api_client(world.cast.shen)
    headers = {"Authorization": client.defaults["HTTP_AUTHORIZATION"]}
    wrong: dict[str, list[str]] = {}

    for row in DESCRIBED[part::4]:
        found = fuzz(row, world, headers)
        if found:
            wrong[row.name] = found[:2]

    report = "\n".join(f"{name}: {fault}" for name, faults in wrong.items() for fault in faults)
    assert not wrong, f"\n{report}"
