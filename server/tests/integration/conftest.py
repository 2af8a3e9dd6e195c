"""A whole installation of its own, started and stopped for a test."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "tongzhou.cli"]
PATIENCE = 90.0  # seconds; a loaded machine is slow, a broken one never gets there


def until(condition: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """The first true value of ``condition``; fails the test when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    pytest.fail(f"not in {seconds:.0f} s: {what}")


def alive(pid: int) -> bool:
    """True while a process lives (one that has ended and waits to be noticed does not)."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


class Node:
    """One installation: its folder, its port, its supervisor."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("TONGZHOU_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        self.environment = {**kept, "TONGZHOU_HOME": str(home), "TONGZHOU_LANGUAGE": "en"}
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str, **extra: Any) -> "subprocess.CompletedProcess[str]":
        """Runs ``tongzhou`` with these arguments."""
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **extra,
        )

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Starts ``tongzhou`` with these arguments and does not wait."""
        log = (self.home / "output.log").open("a", encoding="utf-8")
        return subprocess.Popen(
            [*COMMAND, *arguments], env=self.environment, stdout=log, stderr=log, text=True
        )

    def serve(self) -> None:
        """Starts the supervisor and waits until every part is ready."""
        self.process = self.begin("serve", "--port", str(self.port))
        try:
            until(lambda: self.all_ready() or self.ended(), what="all parts ready")
        except pytest.fail.Exception as failure:
            pytest.fail(f"{failure.msg}\n{self.output()}")
        assert not self.ended(), self.output()

    def ended(self) -> bool:
        """True when the supervisor has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def output(self) -> str:
        """What was printed so far."""
        log = self.home / "output.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def state(self) -> dict[str, Any]:
        """The supervisor's state file; empty when nobody serves."""
        try:
            return json.loads((self.home / "serving.json").read_text(encoding="utf-8") or "{}")
        except (FileNotFoundError, ValueError):
            return {}

    def parts(self) -> dict[str, dict[str, Any]]:
        """The parts by name."""
        return {part["name"]: part for part in self.state().get("parts", [])}

    def all_ready(self) -> bool:
        """True when every part of the supervisor that was started here is ready."""
        parts = self.parts()
        ours = self.process is not None and self.state().get("pid") == self.process.pid
        return ours and all(p["state"] == "ready" for p in parts.values())

    def answers(self, path: str = "/") -> int:
        """HTTP status of a request."""
        address = f"http://127.0.0.1:{self.port}{path}"
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self, number: int = signal.SIGINT) -> int:
        """Sends the supervisor a signal and returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.process = None
        return code

    def clean_up(self) -> None:
        """Leaves nothing behind, whatever the test did."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self.process = None
        self.command("database-url", "--stop")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder that the tests of one module share; its path is short enough for a
    socket only by luck, as in life."""
    return tmp_path_factory.mktemp("node")


@pytest.fixture
def node(home: Path) -> Iterator[Node]:
    """An installation that is not running."""
    made = Node(home)
    yield made
    made.clean_up()
