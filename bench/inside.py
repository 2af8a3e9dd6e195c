"""What the measurements need from inside the application: keys, sessions, and the statements
that one act sends.

The application is imported inside the functions: it can be only after ``set_up``.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django
import psycopg
from django.conf import settings
from django.db import connection as django_connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pgbench import script


def set_up() -> None:
    """Loads the application, as the web role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongzhou.config.settings")
    django.setup()


def token(username: str) -> str:
    """A new API token of somebody's first post, with all permissions of it."""
    from tongzhou.actors.actions.issue_token import issue_token  # noqa: PLC0415 – after set-up
    from tongzhou.actors.models import Post  # noqa: PLC0415 – after set-up
    from tongzhou.actors.vocabulary import ROLES, Role  # noqa: PLC0415 – after set-up
    from tongzhou.kernel import clock  # noqa: PLC0415 – after set-up

    at = clock.now()
    post = Post.objects.filter(person__username=username).order_by("unit__code").first()
    held = sorted(word.name for word in ROLES[Role(post.role)])
    _key, text = issue_token(
        label="bench", scopes=held, expires_at=at + timedelta(hours=2), by=post, at=at
    )
    return str(text)


def session(username: str) -> str:
    """The cookie of a session in which somebody is signed in."""
    from tongzhou.actors.models import Person  # noqa: PLC0415 – after set-up

    client = Client()
    client.force_login(
        Person.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def prepare_targets(connection: psycopg.Connection[Any], tasks: Sequence[tuple[int, str]]) -> None:
    """The table from which pgbench draws its tasks."""
    connection.execute("DROP TABLE IF EXISTS bench_target")
    connection.execute("CREATE TABLE bench_target (row int PRIMARY KEY, number bigint, task uuid)")
    with connection.cursor().copy("COPY bench_target FROM STDIN") as copy:
        for row, (number, task) in enumerate(tasks, start=1):
            copy.write_row((row, number, task))
    connection.execute("GRANT SELECT ON bench_target TO tongzhou_web")


def script_of_one_act(target: tuple[int, str], key: str) -> str:
    """Accepts one task in this process and turns what it sent into a pgbench script."""
    number, task = target
    client = Client(headers={"authorization": f"Bearer {key}", "host": "127.0.0.1"})
    # Once a day a key notes that it was used; that is no part of an act.
    client.get("/api/v1/me")
    with CaptureQueriesContext(django_connection) as captured:
        answer = client.post(
            f"/api/v1/tasks/{number}/accept", data="{}", content_type="application/json"
        )
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} {answer.content[:300]!r}")
    statements = [query["sql"] for query in captured.captured_queries]
    with django_connection.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM ledger_act WHERE about_id = %s ORDER BY id DESC LIMIT 1", [task]
        )
        act = cursor.fetchone()[0]
    return script(statements, task=task, number=number, act=act)
