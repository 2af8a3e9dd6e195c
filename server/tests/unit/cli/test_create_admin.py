"""``tongzhou create-admin``: the first way in."""

import io

import pytest

from tongzhou.actors.models import Person, Post, Unit
from tongzhou.actors.vocabulary import Role
from tongzhou.cli import create_admin
from tongzhou.cli.main import parser_of
from tongzhou.kernel.terminal import Fault
from tongzhou.ledger.models import Act

pytestmark = pytest.mark.django_db
PASSWORD = "a boat for all of us"


def run(*arguments: str) -> int:
    return create_admin.run(parser_of("create-admin").parse_args(arguments))


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def test_an_empty_installation_gets_a_unit_and_an_administrator(
    typed: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--username", "keeper", "--password-stdin") == 0

    post = Post.objects.get(person__username="keeper")
    assert post.role == Role.ADMINISTRATOR
    assert post.unit == Unit.objects.get()
    assert Person.objects.get().check_password(PASSWORD)
    assert Act.objects.exists()
    assert "keeper" in capsys.readouterr().out


def test_the_unit_can_be_named(typed: None, cast) -> None:  # type: ignore[no-untyped-def]
    assert run("--username", "keeper", "--password-stdin", "--unit", "hz-command") == 0

    assert Post.objects.get(person__username="keeper").unit.code == "hz-command"


@pytest.mark.parametrize(("option", "code"), [("--unit", "nowhere"), ("--area", "99")])
def test_an_unknown_code_is_told(typed: None, option: str, code: str) -> None:
    with pytest.raises(Fault) as told:
        run("--username", "keeper", "--password-stdin", option, code)

    assert told.value.code == "unknown-code"
    assert code in str(told.value)
    assert not Person.objects.exists()


def test_a_weak_password_is_refused_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    with pytest.raises(Fault) as told:
        run("--username", "keeper", "--password-stdin")

    assert told.value.code == "password-weak"
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((), "no-username"), (("--username", "keeper"), "no-password")],
)
def test_where_nobody_can_be_asked_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    with pytest.raises(Fault) as told:
        run(*arguments)

    assert told.value.code == code


class Somebody(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Somebody("keeper\n"))
    monkeypatch.setattr("getpass.getpass", lambda question: PASSWORD)

    assert run() == 0
    assert Person.objects.get().username == "keeper"


def test_two_passwords_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "something else entirely"])
    monkeypatch.setattr("sys.stdin", Somebody(""))
    monkeypatch.setattr("getpass.getpass", lambda question: next(answers))

    with pytest.raises(Fault) as told:
        run("--username", "keeper")

    assert told.value.code == "passwords-differ"
    assert not Person.objects.exists()
