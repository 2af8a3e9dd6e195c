"""The command line: every command explains itself, and says plainly what failed."""

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tongzhou.cli import main as command_line
from tongzhou.cli.commands import COMMANDS, Command, summary
from tongzhou.cli.main import main, overview, parser_of
from tongzhou.kernel.database_part import VARIABLE
from tongzhou.kernel.processes import PARENT
from tongzhou.kernel.terminal import Fault


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path))
    # Nothing here needs the server: a supervisor would see to it.
    monkeypatch.setenv(PARENT, "0")
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv(VARIABLE, os.environ.get(VARIABLE, "web"))
    yield
    signal.signal(signal.SIGTERM, before)


def having(monkeypatch: pytest.MonkeyPatch, run: object) -> None:
    """A command ``try`` that does ``run``."""
    module = SimpleNamespace(
        arguments=lambda parser: parser.add_argument("--number", type=int), run=run
    )
    monkeypatch.setitem(COMMANDS, "try", Command("a.module", "Try.", django=False))
    monkeypatch.setattr(command_line.importlib, "import_module", lambda name: module)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: tongzhou {name}" in told
    assert summary(name) in told


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    def silent(parser: argparse.ArgumentParser) -> list[str]:
        found = [a.dest for a in parser._actions if not a.help and a.option_strings]
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                found += [name for child in action.choices.values() for name in silent(child)]
        return found

    assert silent(parser_of(name)) == []


def test_the_overview_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0

    told = capsys.readouterr().out
    assert all(f"  {name} " in told for name in COMMANDS)


def test_the_overview_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "zh-hans")

    assert "启动并守护全部部件" in overview()


def test_without_a_command_it_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "serve" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fly"]) == 2
    assert "“fly”" in capsys.readouterr().err


def test_a_wrong_option_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    having(monkeypatch, lambda options: 0)

    with pytest.raises(SystemExit) as ended:
        main(["try", "--number", "many"])

    assert ended.value.code == 2


def test_the_exit_code_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    having(monkeypatch, lambda options: options.number)

    assert main(["try", "--number", "1"]) == 1
    assert main(["try", "--number", "0"]) == 0


def test_a_fault_is_one_line_with_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: argparse.Namespace) -> int:
        raise Fault("no-luck", "It did not work.")

    having(monkeypatch, fail)

    assert main(["try"]) == 1
    assert capsys.readouterr().err == "no-luck: It did not work.\n"


def test_ctrl_c_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(options: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    having(monkeypatch, interrupt)

    assert main(["try"]) == 130
    assert capsys.readouterr().err == ""


def test_the_polite_end_lets_a_command_clean_up(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaned = []

    def work(options: argparse.Namespace) -> int:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            cleaned.append(True)
        return 0

    having(monkeypatch, work)

    with pytest.raises(SystemExit) as ended:
        main(["try"])

    assert ended.value.code == 128 + signal.SIGTERM
    assert cleaned == [True]


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m tongzhou.cli --help | head -1"],
        capture_output=True,
        text=True,
        env={**os.environ, "TONGZHOU_HOME": str(tmp_path)},
        check=False,
    )

    assert done.stdout.startswith("Usage")
    assert "Traceback" not in done.stderr


def test_help_needs_no_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tongzhou.cli", "import", "areas", "--help"],
        capture_output=True,
        text=True,
        env={n: v for n, v in os.environ.items() if n not in {PARENT, "DJANGO_SETTINGS_MODULE"}}
        | {"TONGZHOU_HOME": str(tmp_path)},
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "postgres").exists()


def test_the_supervisor_is_small(tmp_path: Path) -> None:
    code = (
        "import json, sys, tongzhou.cli.main, tongzhou.cli.serve\n"
        "heavy = [m for m in ('django', 'psycopg', 'pydantic', 'rich') if m in sys.modules]\n"
        "import psutil\n"
        "print(json.dumps([heavy, psutil.Process().memory_info().rss]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy, resident = json.loads(done.stdout)
    assert heavy == []
    assert resident < 30e6, "bytes"
