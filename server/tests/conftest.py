"""What every test stands on: a database with real rights, and the real public data.

The schema is made once per worker by the owner. Every test then works as the web role, so
that a missing right fails a test and a forbidden change is really forbidden. A test that
must act behind the application's back asks for ``as_owner``; one that seals, ``as_sealer``.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NoReturn
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from tongzhou.actors import keys
from tongzhou.actors.models import ApiToken, Post
from tongzhou.actors.vocabulary import held_words
from tongzhou.demo.cast import Cast, assemble
from tongzhou.kernel import clock, database_part, embedded, grants
from tongzhou.ledger.rights import RIGHTS
from tongzhou.library import profile
from tongzhou.library.shipped_files import shipped

Acting = Callable[[], AbstractContextManager[None]]
REPOSITORY = Path(__file__).resolve().parents[2]
_LEASE = pytest.StashKey[IO[bytes]]()
#: The rows of a test are never committed: an automatic ANALYZE would find full tables empty, and
#: what is played long enough would be planned as if there were nothing, a minute for one query.
_NO_STATISTICS = """
DO $$ DECLARE t regclass; BEGIN
  FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', t); END LOOP;
END $$
"""


def pytest_configure(config: pytest.Config) -> None:
    """The embedded server runs while the tests do; the last run to end stops it."""
    if database_part.is_embedded():
        config.stash[_LEASE] = embedded.take_lease()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Gives the server back."""
    holder = config.stash.get(_LEASE, None)
    if holder is not None:
        embedded.give_back(holder)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The test database, with the roles' rights as an installation has them. From here on
    every new connection works as the web role."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.ensure_connection()
        raw = connection.connection
        grants.make_roles(raw, sign_in=database_part.is_embedded())
        grants.apply(raw, RIGHTS, protected="ledger_")
        connection.cursor().execute(_NO_STATISTICS)
        connection.settings_dict["OPTIONS"]["assume_role"] = database_part.ROLES["web"]
        connection.close()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        del connection.settings_dict["OPTIONS"]["assume_role"]


@pytest.fixture(autouse=True)
def _owner_cleans_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test with committed rows the tables are emptied, which only the owner may."""
    uses = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    marked = request.node.get_closest_marker("django_db") is not None
    if not uses and not marked:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    if not connection.needs_rollback:
        connection.ensure_connection()
        _set_role("")


@pytest.fixture(autouse=True)
def _country_profile() -> None:
    """Every test begins under the Chinese profile, without asking the database which."""
    words = next(r.body for r in shipped() if r.document.key == profile.KEY)
    profile.keep(profile.InUse(profile.DEFAULT, words), seconds=1e9)


def _set_role(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}" if role else "RESET ROLE")


@contextmanager
def _acting_as(role: str) -> Iterator[None]:
    _set_role(role)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _set_role(database_part.ROLES["web"])


@pytest.fixture
def as_owner(db: None) -> Acting:
    """``with as_owner():`` – what is done inside is done by the owner of the tables."""
    return lambda: _acting_as("")


@pytest.fixture
def as_sealer(db: None) -> Acting:
    """``with as_sealer():`` – what is done inside is done with the sealer's rights."""
    return lambda: _acting_as(database_part.ROLES["sealer"])


@pytest.fixture
def cast(db: None) -> Cast:
    """The named people, units and places of ``tongzhou.demo.cast``, in office since
    20 January 2020, nine o'clock in Zhejiang."""
    return assemble(at=datetime(2020, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")))


@pytest.fixture
def broken_ledger(monkeypatch: pytest.MonkeyPatch) -> Acting:
    """``with broken_ledger():`` – an act inside must fail because it cannot be written
    down; what it did before that must be gone afterwards."""

    class LedgerBroken(Exception):
        pass

    def fail() -> NoReturn:
        raise LedgerBroken

    @contextmanager
    def broken() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr("tongzhou.ledger.append.new_id", fail)
            with pytest.raises(LedgerBroken):
                yield

    return broken


@pytest.fixture
def signed_in() -> Callable[[Post], Client]:
    """``signed_in(cast.shen)`` – a browser in which this person works under this post."""

    def browser(post: Post) -> Client:
        client = Client()
        client.force_login(post.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["post"] = str(post.id)
        session.save()
        return client

    return browser


@pytest.fixture
def api_client() -> Callable[..., Client]:
    """``api_client(cast.shen)`` – a program with a token of this post, for all that its role
    may do, or for the ``scopes`` given."""

    def program(post: Post, *, scopes: Sequence[str] | None = None) -> Client:
        at = clock.now()
        text = keys.TOKEN_PREFIX + keys.new_key()
        ApiToken.objects.create(
            token_hash=keys.digest(text),
            hint=text[:8],
            label="test",
            post=post,
            scopes=[w.name for w in held_words(post.role)] if scopes is None else list(scopes),
            created_at=at,
            expires_at=at + timedelta(days=1),
        )
        return Client(headers={"Authorization": f"Bearer {text}"})

    return program


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data: ``TONGZHOU_DATA``, else ``shared/data`` beside the
    repository. A test that needs it is skipped only where the folder is absent."""
    folder = Path(os.environ.get("TONGZHOU_DATA") or REPOSITORY.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the public data are not here: {folder}")
    return folder
