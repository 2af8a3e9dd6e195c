"""The process tree of one installation: parts, started and watched by one supervisor.

A part is a child process. It is told the supervisor's end of a pipe, so that it ends when
the supervisor is gone in whatever way, and another pipe on which it says that it is ready.
A part that ends by itself is started again, after a pause that doubles while it keeps
ending. This module is all that a supervisor needs, and loads no framework.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

PARENT: Final = "TONGZHOU_PARENT_FD"
READY: Final = "TONGZHOU_READY_FD"
State = Literal["starting", "ready", "waiting", "stopped"]

#: For glibc: few pools of memory, and what was large goes back to the system when it is freed.
#: A web process stays at 130 MB where it grew past 150.
_FRUGAL: Final = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0  # seconds
_CALM = 30.0  # seconds of life after which the pause starts small again
_TRIES = 6  # starts of a part that was never ready, before it is given up
_LOOK = 0.5  # seconds between looks at what is not a child


def follow_parent(*, grace: float = 8.0) -> None:
    """Ends this process when its supervisor is gone: politely by SIGTERM, and after
    ``grace`` seconds in any case. Does nothing for a process that was started alone."""
    given = os.environ.pop(PARENT, None)
    if given is None:
        return
    descriptor = int(given)
    os.set_inheritable(descriptor, False)

    def wait() -> None:
        while os.read(descriptor, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(grace)
        os._exit(1)

    threading.Thread(target=wait, name="follow-parent", daemon=True).start()


def tell_ready() -> None:
    """Tells the supervisor that this part does its work from now on."""
    given = os.environ.pop(READY, None)
    if given is not None:
        with os.fdopen(int(given), "wb") as pipe:
            pipe.write(b"ready")


@dataclass
class Part:
    """One child process: its name, its command, what it is reached at (for the table), the
    sockets that it inherits, and how long it may take to stop (seconds)."""

    name: str
    command: list[str]
    where: str = ""
    descriptors: tuple[int, ...] = ()
    patience: float = 6.0
    state: State = "stopped"
    restarts: int = 0
    was_ready: bool = False
    _process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _ready: int | None = field(default=None, repr=False)
    _since: float = 0.0
    _pause: float = _FIRST_PAUSE
    _again_at: float = 0.0

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None


@dataclass
class Watched:
    """Something that is no child but must live too (the embedded server): ``alive`` is asked
    about twice a second, ``revive`` brings it back and may raise ``error``."""

    name: str
    alive: Callable[[], bool]
    revive: Callable[[], object]
    error: type[Exception]


Report = Callable[[str, Mapping[str, object]], None]


class Supervisor:
    """Starts parts, keeps them alive, stops them in order. ``report`` is told what happens:
    a word (``ready``, ``ended``, ``given-up``, ``revived``, ``not-revived``) and its
    particulars."""

    def __init__(
        self, parts: Iterable[Part], *, report: Report, watched: Watched | None = None
    ) -> None:
        self.parts = list(parts)
        self._report = report
        self._watched = watched
        self._revive_at = 0.0
        self._stopping = self._gave_up = False
        self._selector = selectors.DefaultSelector()
        # Children hold the reading end; the writing end is never inherited and closes with
        # this process, even when it is killed.
        self._parent_end, self._own_end = os.pipe()
        self._wake_read, self._wake_write = os.pipe()
        for end in (self._wake_read, self._wake_write):
            os.set_blocking(end, False)
        self._selector.register(self._wake_read, selectors.EVENT_READ)

    def run(self) -> bool:
        """Starts all parts and watches them until SIGINT or SIGTERM; then stops them, the
        first of the list first. Returns False when it gave up, because a part never became
        ready in ``_TRIES`` attempts. Must be called in the main thread."""
        before = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
        }
        woken = signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        try:
            for part in self.parts:
                self._start(part)
            while not self._stopping:
                self._turn()
        finally:
            self._stop_all()
            signal.set_wakeup_fd(woken)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._selector.close()
            os.close(self._wake_read)
            os.close(self._wake_write)
        return not self._gave_up

    def stop(self) -> None:
        """Lets ``run`` come to its end."""
        self._stopping = True

    def _on_signal(self, number: int, _frame: object) -> None:
        if number != signal.SIGCHLD:
            self._stopping = True

    def _turn(self) -> None:
        for key, _ in self._selector.select(timeout=_LOOK):
            if key.fd == self._wake_read:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wake_read, 4096)
            else:
                self._heard(key.data)
        now = time.monotonic()
        self._look_after_watched(now)
        for part in self.parts:
            if part._process is not None and part._process.poll() is not None:
                self._ended(part, now)
            elif part.state == "waiting" and now >= part._again_at and not self._stopping:
                part.restarts += 1
                self._start(part)

    def _start(self, part: Part) -> None:
        ours, theirs = os.pipe()
        environment = {
            **_FRUGAL,
            **os.environ,
            PARENT: str(self._parent_end),
            READY: str(theirs),
        }
        part._process = subprocess.Popen(  # noqa: S603 – our own commands
            part.command,
            stdin=subprocess.DEVNULL,
            env=environment,
            pass_fds=(self._parent_end, theirs, *part.descriptors),
            process_group=0,  # Ctrl-C reaches the supervisor alone, which stops in order
        )
        os.close(theirs)
        part._ready, part._since, part.state = ours, time.monotonic(), "starting"
        self._selector.register(ours, selectors.EVENT_READ, part)

    def _heard(self, part: Part) -> None:
        """The ready pipe of a part can be read: it is ready, or it has closed it."""
        if part._ready is None:
            return
        ready = os.read(part._ready, 16) == b"ready"
        self._forget(part)
        if ready:
            part.state, part.was_ready = "ready", True
            self._report("ready", {"part": part})

    def _forget(self, part: Part) -> None:
        if part._ready is not None:
            self._selector.unregister(part._ready)
            os.close(part._ready)
            part._ready = None

    def _ended(self, part: Part, now: float) -> None:
        process = part._process
        self._forget(part)
        if now - part._since > _CALM:
            part._pause = _FIRST_PAUSE
        part._process, part.state = None, "waiting"
        part._again_at = now + part._pause
        if not self._stopping:
            code = process.returncode if process else None
            self._report("ended", {"part": part, "code": code, "pause": part._pause})
            if not part.was_ready and part.restarts + 1 >= _TRIES:
                self._report("given-up", {"part": part})
                self._stopping = self._gave_up = True
        part._pause = min(part._pause * 2, _LONGEST_PAUSE)

    def _look_after_watched(self, now: float) -> None:
        watched = self._watched
        if watched is None or self._stopping or now < self._revive_at or watched.alive():
            return
        try:
            watched.revive()
        except watched.error as error:
            self._revive_at = time.monotonic() + _LONGEST_PAUSE
            self._report("not-revived", {"name": watched.name, "error": error})
        else:
            self._report("revived", {"name": watched.name})

    def _stop_all(self) -> None:
        """One after the other by name, parts of one kind (``web-1``, ``web-2``) together."""
        self._stopping = True
        kinds = dict.fromkeys(part.name.partition("-")[0] for part in self.parts)
        for kind in kinds:
            group = [p for p in self.parts if p.name.partition("-")[0] == kind]
            for part in group:
                if part._process is not None and part._process.poll() is None:
                    part._process.terminate()
            for part in group:
                self._see_off(part)
        os.close(self._own_end)
        os.close(self._parent_end)

    def _see_off(self, part: Part) -> None:
        if part._process is not None:
            try:
                part._process.wait(part.patience)
            except subprocess.TimeoutExpired:
                part._process.kill()
                part._process.wait()
        self._forget(part)
        part._process, part.state = None, "stopped"
