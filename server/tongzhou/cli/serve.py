"""``tongzhou serve``: every part of an installation in one process tree.

    tongzhou serve ─┬─ web-1, web-2   pages, API and live streams on one shared socket
                    ├─ worker         queued jobs, followers of the ledger
                    ├─ sealer         gives acts their place in the ledger
                    └┄ database       the embedded PostgreSQL, unless DATABASE_URL is set

The supervisor itself loads neither the framework nor the database driver.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import IO

from tongzhou.cli.columns import table
from tongzhou.cli.listening import DEFAULT_HOST, DEFAULT_PORT, address_of, listen
from tongzhou.cli.migrated import up_to_date
from tongzhou.cli.occupied import occupy
from tongzhou.kernel import embedded
from tongzhou.kernel.database_part import VARIABLE, is_embedded
from tongzhou.kernel.processes import Part, Supervisor, Watched
from tongzhou.kernel.terminal import Fault, words

_ = words("cli")

COMMAND = [sys.executable, "-m", "tongzhou.cli"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how many web processes."""
    parser.add_argument("--host", default=DEFAULT_HOST, help=_("address to listen on"))
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=_("port to listen on"))
    parser.add_argument("--web", type=int, default=2, metavar="N", help=_("web processes"))


def run(options: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM."""
    os.environ.pop(VARIABLE, None)  # every part says itself as whom it works
    with occupy() as state, listen(options.host, options.port) as listener:
        _say(_("Starting …"))
        holder = embedded.take_lease() if is_embedded() else None
        try:
            if not up_to_date():
                migrate()
            well = Serving(state, listener, web=max(1, options.web)).run()
        finally:
            if holder is not None:
                embedded.give_back(holder)
            state.truncate(0)
    print(_farewell(), flush=True)
    return 0 if well else 1


def _farewell() -> str:
    if is_embedded() and embedded.alive():
        return _(
            "All parts are stopped. The database stays up for whoever uses it; “tongzhou "
            "database-url --stop” ends it."
        )
    return _("Everything is stopped.")


def migrate() -> None:
    """Brings the tables up to date, in a process of its own, so that the supervisor stays
    small."""
    # The command says itself as whom it works; what this process works as is not for it.
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    done = subprocess.run(  # noqa: S603 – our own command
        [*COMMAND, "migrate", "--quiet"], check=False, process_group=0, env=environment
    )
    if done.returncode:
        raise Fault("not-migrated", _("The tables could not be brought up to date."))


class Serving:
    """One run of the supervisor: what it says on the terminal and in the state file."""

    def __init__(self, state: IO[str], listener: socket.socket, *, web: int) -> None:
        self._state = state
        self._address = address_of(listener)
        descriptor = listener.fileno()
        self.parts = [
            Part(
                f"web-{number}",
                [*COMMAND, "web", "--fd", str(descriptor)],
                where=self._address,
                descriptors=(descriptor,),
            )
            for number in range(1, web + 1)
        ]
        self.parts.append(Part("worker", [*COMMAND, "worker"], where=_("jobs, followers")))
        self.parts.append(Part("sealer", [*COMMAND, "sealer"], where=_("ledger")))
        self._told = False

    def run(self) -> bool:
        """Blocks until it is told to stop; False when a part could not be started."""
        return Supervisor(self.parts, report=self.report, watched=_watched()).run()

    def report(self, word: str, particulars: Mapping[str, object]) -> None:
        """Says on the terminal what happened, and keeps the state file true."""
        part, name = particulars.get("part"), particulars.get("name")
        if isinstance(part, Part):
            self._report_part(word, part, particulars)
        elif word == "revived":
            _say(_("%(name)s had ended and was started again.") % {"name": name})
        else:
            _say(str(particulars["error"]))
        self._write()

    def _report_part(self, word: str, part: Part, particulars: Mapping[str, object]) -> None:
        if word == "ended":
            _say(
                _("%(name)s ended (%(how)s); it is started again in %(pause).1f s.")
                % {
                    "name": part.name,
                    "how": _how(particulars["code"]),
                    "pause": particulars["pause"],
                }
            )
        elif word == "given-up":
            _say(_("%(name)s does not start; giving up.") % {"name": part.name})
        elif self._told:
            _say(
                _("%(name)s is ready again (process %(pid)s).")
                % {"name": part.name, "pid": part.pid}
            )
        elif all(p.state == "ready" for p in self.parts):
            self._told = True
            _say(table(self._rows()))
            _say(_("Open %(address)s – Ctrl-C stops everything.") % {"address": self._address})

    def _rows(self) -> Iterable[tuple[str, str, str]]:
        yield _("part"), _("process"), _("where")
        if is_embedded():
            yield "database", str(embedded.pid() or ""), str(embedded.socket_folder())
        else:
            yield "database", "–", "DATABASE_URL"
        for part in self.parts:
            yield part.name, str(part.pid), part.where

    def _write(self) -> None:
        parts = [
            {"name": p.name, "pid": p.pid, "state": p.state, "restarts": p.restarts}
            for p in self.parts
        ]
        known = {"pid": os.getpid(), "address": self._address, "parts": parts}
        if is_embedded():
            known["database"] = {"pid": embedded.pid(), "folder": str(embedded.folder())}
        self._state.truncate(0)
        self._state.write(json.dumps(known, indent=1) + "\n")
        self._state.flush()


def _watched() -> Watched | None:
    if not is_embedded():
        return None
    return Watched("database", alive=embedded.alive, revive=embedded.start, error=Fault)


def _how(code: object) -> str:
    if isinstance(code, int) and code < 0:
        return signal.Signals(-code).name
    return _("exit code %(code)s") % {"code": code}


def _say(text: str) -> None:
    print(text, flush=True)
