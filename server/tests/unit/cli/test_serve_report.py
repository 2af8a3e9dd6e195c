"""What ``tongzhou serve`` says on the terminal and in the state file."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongzhou.cli.occupied import nobody_serves, occupy
from tongzhou.cli.serve import Serving
from tongzhou.kernel.processes import Part
from tongzhou.kernel.terminal import Fault


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path))
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def serving(home: Path) -> Iterator[Serving]:
    """A run of one web process; nothing is really started."""
    with occupy() as state, socket.create_server(("127.0.0.1", 0)) as listener:
        yield Serving(state, listener, web=1)


def part(serving: Serving, name: str) -> Part:
    return next(p for p in serving.parts if p.name == name)


def ready(serving: Serving) -> None:
    for one in serving.parts:
        one.state = "ready"
        serving.report("ready", {"part": one})


def test_when_all_are_ready_the_address_is_told(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    ready(serving)

    told = capsys.readouterr().out
    assert [p.name for p in serving.parts] == ["web-1", "worker", "sealer"]
    assert all(p.name in told for p in serving.parts)
    assert "Open http://127.0.0.1:" in told


@pytest.mark.parametrize(("code", "how"), [(-9, "SIGKILL"), (3, "exit code 3")])
def test_how_a_part_ended_is_told(
    serving: Serving, capsys: pytest.CaptureFixture[str], code: int, how: str
) -> None:
    serving.report("ended", {"part": part(serving, "worker"), "code": code, "pause": 0.4})

    assert f"worker ended ({how}); it is started again in 0.4 s." in capsys.readouterr().out


def test_what_comes_later_is_told_by_name(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    ready(serving)
    capsys.readouterr()

    serving.report("ready", {"part": part(serving, "sealer")})
    serving.report("revived", {"name": "database"})
    serving.report("not-revived", {"name": "database", "error": Fault("x", "No disk.")})
    serving.report("given-up", {"part": part(serving, "web-1")})

    assert capsys.readouterr().out.splitlines() == [
        "sealer is ready again (process None).",
        "database had ended and was started again.",
        "No disk.",
        "web-1 does not start; giving up.",
    ]


def test_the_state_file_says_the_same(serving: Serving, home: Path) -> None:
    ready(serving)

    state = json.loads((home / "serving.json").read_text(encoding="utf-8"))
    assert {p["name"]: p["state"] for p in state["parts"]} == {
        "web-1": "ready",
        "worker": "ready",
        "sealer": "ready",
    }
    assert state["database"]["folder"] == str(home / "postgres")


def test_one_serves_at_a_time(home: Path) -> None:
    with nobody_serves(), pytest.raises(Fault) as told:
        occupy()

    assert told.value.code == "already-serving"
    with nobody_serves():
        pass
