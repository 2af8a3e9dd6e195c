"""A node of its own in an empty folder: played, served, measured, and taken away again."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from tongzhou.kernel import database

_READY = 60.0  # seconds in which a node must answer
_PAUSE = 0.02


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Node:
    """One installation in ``home``, served on ``port`` of the loopback address."""

    home: Path
    port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """What every command of this node is given."""
        return {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "TONGZHOU_HOME": str(self.home),
        }

    def run(self, *arguments: str) -> str:
        """A command of this node, to its end; what it printed. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-m", "tongzhou.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.stderr.write(done.stderr)
            done.check_returncode()
        return done.stdout

    def database(self) -> psycopg.Connection[Any]:
        """A connection with the owner's rights."""
        return psycopg.connect(database.address("owner"), autocommit=True)

    @contextmanager
    def served(self) -> Iterator[float]:
        """The node, served; gives the seconds from the command to the first page."""
        began = time.perf_counter()
        with (self.home / "bench.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tongzhou.cli", "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
            try:
                self._until_it_answers(process, began)
                yield time.perf_counter() - began
            finally:
                process.terminate()
                process.wait(timeout=30)

    def _until_it_answers(self, process: "subprocess.Popen[bytes]", began: float) -> None:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    connection.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                    if connection.recv(12).startswith(b"HTTP/1."):
                        return
            except OSError:
                if process.poll() is not None or time.perf_counter() - began > _READY:
                    raise
            time.sleep(_PAUSE)  # nothing tells when a port is opened: it is tried again

    def parts(self) -> Mapping[str, psutil.Process]:
        """The processes of the node by name (web-1, web-2, worker, sealer, supervisor)."""
        state = json.loads((self.home / "serving.json").read_text(encoding="utf-8"))
        found = {part["name"]: psutil.Process(part["pid"]) for part in state["parts"]}
        return {**found, "supervisor": psutil.Process(state["pid"])}

    def web_seconds(self) -> float:
        """CPU seconds that the web processes have used since they began."""
        return sum(
            sum(process.cpu_times()[:2])
            for name, process in self.parts().items()
            if name.startswith("web")
        )
