"""Every address, asked by everybody: an outsider finds nothing of others (404 by every
method), a visitor is sent to sign in, a member is answered; nobody ever gets a 5xx."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tongzhou.actors.models import Post
from tongzhou.config.api import api
from tongzhou.ledger.models import Act

from . import rooms
from .operation_rows import OPERATIONS
from .page_rows import PAGES
from .rows import HIDDEN, SIGN_IN, Ask, Row
from .world import SECRETS, World

ROOMS = rooms.modules()
ROWS: tuple[Row, ...] = (
    *PAGES,
    *OPERATIONS,
    *(row for room in ROOMS for row in getattr(room, "PAGES", ())),
    *(row for room in ROOMS for row in getattr(room, "OPERATIONS", ())),
)
HIDDEN_WORDS = SECRETS | {
    what: word for room in ROOMS for what, word in getattr(room, "SECRETS", {}).items()
}
CASES = [(row, asked) for row in ROWS for asked in row.asks]
#: What a form says of a field, or the API in its problem details.
FAULT = re.compile(r'invalid-feedback[^>]*>([^<]+)|"detail":"([^"]+)')
#: Shared by all clients: each would load the middleware again.
HANDLER = ClientHandler(enforce_csrf_checks=False)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SignedIn = Callable[[Post], Client]
Program = Callable[..., Client]
#: What is wrong, by row: the tests ask every row, and tell all that is wrong at once.
Wrong = dict[str, object]


@contextmanager
def undone() -> Iterator[None]:
    """Takes back whatever a request does."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def named(row: Row, asked: Ask) -> str:
    """A row in a report."""
    return " ".join(word for word in (row.name, row.note, asked.method) if word)


def listed(wrong: Wrong) -> str:
    """All that is wrong, a line each."""
    return "\n" + "\n".join(f"{name}: {what}" for name, what in wrong.items())


def address(row: Row, world: World) -> str:
    """The address with its query."""
    query = row.query.format(act=world.act, number=world.task.number)
    return reverse(row.name, kwargs=dict(row.args(world))) + query


def ask(client: Client, row: Row, asked: Ask, world: World, **headers: str) -> HttpResponseBase:
    """Sends one request, with the body of the row."""
    client.raise_request_exception = False
    client.handler = HANDLER
    body = dict(asked.body(world))
    for name in [name for name, value in body.items() if isinstance(value, bytes)]:
        body[name] = SimpleUploadedFile("counts.csv", body[name])
    given: dict[str, Any] = {"headers": {"Accept-Language": "en", **headers}}
    if asked.method != "GET":
        given["data"] = body
        if row.api and not row.files:
            given["content_type"] = "application/json"
    cookies = client.cookies.copy()
    response = getattr(client, asked.method.lower())(address(row, world), **given)
    # What signs out, or chooses a language, must not do so for the rows that follow.
    client.cookies = cookies
    return response


def text_of(response: HttpResponseBase) -> str:
    """All that was sent, headers too."""
    streamed = response.streaming
    content = b"".join(response) if streamed else response.content  # type: ignore[arg-type]
    return f"{dict(response.items())}\n{content.decode('utf-8', 'replace')}"


def leaks(text: str) -> list[str]:
    """What of the hidden things can be read in a text."""
    return [name for name, secret in HIDDEN_WORDS.items() if secret in text]


def outsider_wrongs(world: World, client: Client, cases: Sequence[tuple[Row, Ask]]) -> Wrong:
    """Rows that answer the outsider otherwise than they say, or tell something hidden, or
    refuse and yet write an act."""
    wrong: Wrong = {}
    before = Act.objects.count()
    for row, asked in cases:
        with undone():
            response = ask(client, row, asked, world)
            told = leaks(text_of(response))
            written = Act.objects.count() - before if response.status_code >= 400 else 0
        if response.status_code != asked.outsider or told or written:
            wrong[named(row, asked)] = (response.status_code, asked.outsider, told, written)
    return wrong


def test_an_outsider_finds_nothing_of_others(world: World, signed_in: SignedIn) -> None:
    wrong = outsider_wrongs(world, signed_in(world.cast.ou), CASES)

    assert not wrong, listed(wrong)


def test_an_outsiders_token_opens_nothing_more(world: World, api_client: Program) -> None:
    cases = [case for case in CASES if case[0].api]

    wrong = outsider_wrongs(world, api_client(world.cast.ou), cases)

    assert not wrong, listed(wrong)


def test_hidden_and_missing_answer_alike(world: World, api_client: Program) -> None:
    wrong: Wrong = {}
    outsider = api_client(world.cast.ou)
    for row, asked in CASES:
        if not row.api or asked.outsider != HIDDEN or asked.member == HIDDEN:
            continue
        with undone():
            answer = ask(outsider, row, asked, world).json()
        if answer["code"] != "not-found" or world.task.title in str(answer):
            wrong[named(row, asked)] = answer

    assert not wrong, listed(wrong)


def test_a_visitor_is_sent_to_sign_in(world: World) -> None:
    wrong: Wrong = {}
    for row, asked in CASES:
        with undone():
            response = ask(Client(), row, asked, world)
            told = leaks(text_of(response))
        signs_in = response.status_code == 302 and response["Location"].startswith(
            reverse("sign-in")
        )
        asks_for_it = (
            response.status_code == 401
            and response["Content-Type"] == "application/problem+json"
            and response["WWW-Authenticate"] == "Bearer"
        )
        right = (
            response.status_code == asked.visitor
            if asked.visitor != SIGN_IN
            else asks_for_it
            if row.api
            else signs_in
        )
        if not right or told:
            wrong[named(row, asked)] = (response.status_code, told)

    assert not wrong, listed(wrong)


def test_a_member_is_answered(world: World, signed_in: SignedIn, api_client: Program) -> None:
    wrong: Wrong = {}
    members = {asked.by for _row, asked in CASES}
    browsers = {name: signed_in(world.cast.posts[name]) for name in members}
    programs = {name: api_client(world.cast.posts[name]) for name in members}
    for row, asked in CASES:
        with undone():
            client = (programs if row.api else browsers)[asked.by]
            response = ask(client, row, asked, world)
            if response.status_code != asked.member:
                faults = FAULT.findall(text_of(response))
                wrong[named(row, asked)] = (response.status_code, asked.member, faults)

    assert not wrong, listed(wrong)


def test_other_methods_are_refused(world: World, signed_in: SignedIn) -> None:
    rows = {address(row, world).split("?")[0]: row for row in ROWS}
    taken: dict[str, set[str]] = {path: set() for path in rows}
    for row, asked in CASES:
        taken[address(row, world).split("?")[0]].add(asked.method)
    member = signed_in(world.cast.shen)
    wrong: Wrong = {}
    for path, row in rows.items():
        for method in set(METHODS) - taken[path]:
            with undone():
                response = ask(member, row, Ask(method, 405), world)
            if response.status_code != 405:
                wrong[f"{row.name} {method}"] = response.status_code

    assert not wrong, listed(wrong)


def resolved(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The names of all addresses below a resolver; one without a name by its pattern."""
    for pattern in resolver.url_patterns:
        inside = f"{prefix}{pattern.namespace}:" if getattr(pattern, "namespace", "") else prefix
        if isinstance(pattern, URLPattern):
            yield f"{inside}{pattern.name or pattern.pattern}"
        else:
            yield from resolved(pattern, inside)


def test_every_address_has_a_row() -> None:
    rows = {row.name for row in ROWS}
    addresses = set(resolved(get_resolver())) - {"api:nothing-here"}

    assert addresses - rows == set(), "write a row for the room, see rooms/"
    assert rows - addresses == set(), "no such address any more"


def test_every_operation_of_the_api_has_a_row_with_its_method() -> None:
    described = {
        (f"api:{operation['operationId']}", method.upper())
        for methods in api.get_openapi_schema()["paths"].values()
        for method, operation in methods.items()
    }
    rows = {(row.name, row.asks[0].method) for row in ROWS if row.api}
    own = {("api:openapi-json", "GET"), ("api:openapi-view", "GET"), ("api:api-root", "GET")}

    assert rows - own == described


def test_an_unknown_address_is_a_404_for_everybody(world: World, signed_in: SignedIn) -> None:
    for client in (Client(), signed_in(world.cast.ou), signed_in(world.cast.shen)):
        client.raise_request_exception = False

        assert client.get("/no/such/page").status_code == 404
        assert client.get("/api/v1/no/such").json()["code"] == "not-found"
