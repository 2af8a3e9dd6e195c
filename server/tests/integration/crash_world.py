"""A caller of the API who does not give up, and what a node's database says afterwards."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

from .conftest import PATIENCE, Node

#: Makes the cast and a token for two posts; prints the tokens.
MAKE_CAST: Final = """
import json
from datetime import timedelta
from tongzhou.actors.actions.issue_token import issue_token
from tongzhou.actors.vocabulary import held_words
from tongzhou.demo.cast import assemble
from tongzhou.kernel import clock
at = clock.now()
cast = assemble(at=at - timedelta(days=1))
tokens = {
    name: issue_token(
        label="test", scopes=[w.name for w in held_words(cast.posts[name].role)],
        expires_at=at + timedelta(days=1), by=cast.posts[name], at=at,
    )[1]
    for name in ("shen", "lou")
}
print(json.dumps(tokens))
"""


_AT_REST: Final = """
SELECT NOT EXISTS (SELECT 1 FROM ledger_pending)
    AND (SELECT min(position) FROM ledger_follower) = (SELECT max(position) FROM ledger_seal)
"""


def shell(node: Node, code: str) -> Any:
    """Runs Python in the installation and returns the JSON that it prints last."""
    done = node.command("manage", "shell", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


@dataclass
class Caller:
    """Sends acts one after the other. What is not answered is sent again with the same key,
    until it is."""

    port: int
    token: str
    name: str
    #: Answers by key, of what was acknowledged.
    acknowledged: dict[str, Any] = field(default_factory=dict)
    #: Statuses that no caller should ever see.
    strange: list[tuple[int, str]] = field(default_factory=list)

    def post(self, path: str, body: dict[str, Any], *, key: str) -> Any:
        """The answer to an act. Fails after a while without any."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, answer = self._send(path, body, key)
            except (OSError, http.client.HTTPException):
                status, answer = 0, None
            if 200 <= status < 300:
                self.acknowledged[key] = answer
                return answer
            if status not in {0, 503}:
                self.strange.append((status, str(answer)))
                return answer
        raise AssertionError(f"no answer to {key} in {PATIENCE:.0f} s")

    def _send(self, path: str, body: dict[str, Any], key: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            }
            connection.request("POST", f"/api/v1{path}", json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        finally:
            connection.close()


@contextmanager
def working(*jobs: Any) -> Iterator[threading.Event]:
    """Runs jobs in threads until the block ends; each is given the event that says so. What
    one of them raises is raised here."""
    stop = threading.Event()
    raised: list[BaseException] = []

    def run(job: Any) -> None:
        try:
            job(stop)
        except BaseException as error:  # noqa: BLE001 – handed on to the test below
            raised.append(error)

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
    if raised:
        raise raised[0]


class Books:
    """What the database of a node says to its owner, once everything has come to rest."""

    def __init__(self, node: Node) -> None:
        self._address = node.command("database-url").stdout.strip()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with psycopg.connect(self._address) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def at_rest(self) -> bool:
        """True when every act is sealed and every follower has read them all."""
        return self.rows(_AT_REST) == [(True,)]
