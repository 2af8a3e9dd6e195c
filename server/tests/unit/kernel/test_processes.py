"""The supervisor with small parts of its own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tongzhou.kernel import processes
from tongzhou.kernel.processes import Part, Supervisor, Watched

READY = (
    "from tongzhou.kernel.processes import follow_parent, tell_ready; follow_parent(); tell_ready()"
)
STAYS = f"{READY}; import threading; threading.Event().wait()"


class Story:
    """What a supervisor reported, and what the test does about it."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.on: dict[str, Callable[[Part | None], None]] = {}

    def __call__(self, word: str, particulars: Mapping[str, object]) -> None:
        part = particulars.get("part")
        name = part.name if isinstance(part, Part) else str(particulars.get("name"))
        self.told.append((word, name))
        act = self.on.get(word)
        if act is not None:
            act(part if isinstance(part, Part) else None)

    @property
    def words(self) -> list[str]:
        return [word for word, _ in self.told]


def part(name: str, code: str) -> Part:
    return Part(name, [sys.executable, "-c", code], patience=10)


@pytest.fixture
def story() -> Story:
    return Story()


def run(supervisor: Supervisor) -> bool:
    """Runs it, with an end in any case."""
    alarm = threading.Timer(60, supervisor.stop)
    alarm.start()
    try:
        return supervisor.run()
    finally:
        alarm.cancel()


def test_it_stops_on_a_signal_and_leaves_no_process(story: Story) -> None:
    one = part("one", STAYS)
    seen: list[int | None] = []

    def ready(_: Part | None) -> None:
        seen.append(one.pid)
        os.kill(os.getpid(), signal.SIGTERM)

    story.on["ready"] = ready

    assert run(Supervisor([one], report=story)) is True
    assert story.told == [("ready", "one")]
    assert (one.pid, one.state) == (None, "stopped")
    assert seen[0] is not None
    with pytest.raises(ProcessLookupError):
        os.kill(seen[0], 0)


def test_a_part_that_ends_is_started_again(story: Story) -> None:
    one = part("one", STAYS)
    supervisor = Supervisor([one], report=story)

    def ready(ready_part: Part | None) -> None:
        if one.restarts:
            supervisor.stop()
        else:
            assert one.pid is not None
            os.kill(one.pid, signal.SIGKILL)

    story.on["ready"] = ready

    assert run(supervisor) is True
    assert story.words == ["ready", "ended", "ready"]
    assert one.restarts == 1


def test_one_that_never_gets_ready_is_given_up(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_TRIES", 3)
    monkeypatch.setattr(processes, "_FIRST_PAUSE", 0.01)
    broken = part("broken", "raise SystemExit(7)")
    good = part("good", STAYS)

    assert run(Supervisor([broken, good], report=story)) is False
    assert story.words.count("ended") == 3
    assert story.told[-1] == ("given-up", "broken")
    assert good.pid is None, "the others are stopped too"


def test_the_pause_doubles_and_has_an_end(story: Story) -> None:
    one = part("one", "pass")
    supervisor = Supervisor([], report=story)
    pauses = []
    for _ in range(12):
        pauses.append(one._pause)
        one._since = 100.0
        supervisor._ended(one, 100.1)

    assert pauses[:4] == [0.1, 0.2, 0.4, 0.8]
    assert pauses[-1] == 10.0
    one._since = 0.0
    supervisor._ended(one, 100.0)
    assert one._pause == 0.2, "after a calm life it starts small again"


def test_parts_stop_kind_by_kind_in_the_order_of_the_list(story: Story, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = (
        "import signal, sys\n"
        f"def end(*_): open({str(log)!r}, 'a').write(sys.argv[1] + ' '); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "from tongzhou.kernel.processes import tell_ready\n"
        "tell_ready()\n"
        "while True: signal.pause()\n"
    )
    names = ("web-1", "web-2", "worker", "sealer")
    parts = [Part(name, [sys.executable, "-c", code, name], patience=10) for name in names]
    supervisor = Supervisor(parts, report=story)
    story.on["ready"] = lambda _: (
        supervisor.stop() if all(p.state == "ready" for p in parts) else None
    )

    run(supervisor)

    ended = log.read_text(encoding="utf-8").split()
    assert set(ended[:2]) == {"web-1", "web-2"}
    assert ended[2:] == ["worker", "sealer"]


def test_one_that_does_not_listen_is_killed(story: Story) -> None:
    deaf = Part(
        "deaf",
        [sys.executable, "-c", f"import signal; signal.signal(15, signal.SIG_IGN); {STAYS}"],
        patience=0.2,
    )
    supervisor = Supervisor([deaf], report=story)
    story.on["ready"] = lambda _: supervisor.stop()

    run(supervisor)

    assert deaf.pid is None


def test_what_is_no_child_is_brought_back_too(story: Story) -> None:
    alive = [False]
    watched = Watched(
        "database", alive=lambda: alive[0], revive=lambda: alive.append(1), error=OSError
    )
    supervisor = Supervisor([part("one", STAYS)], report=story, watched=watched)

    def revived(_: Part | None) -> None:
        alive[0] = True
        supervisor.stop()

    story.on["revived"] = revived

    run(supervisor)

    assert ("revived", "database") in story.told


def test_when_it_cannot_be_brought_back_it_is_told_and_tried_later(story: Story) -> None:
    def revive() -> None:
        raise OSError("no disk")

    watched = Watched("database", alive=lambda: False, revive=revive, error=OSError)
    supervisor = Supervisor([part("one", STAYS)], report=story, watched=watched)
    # Two more looks fit in before the end.
    story.on["not-revived"] = lambda _: threading.Timer(1.2, supervisor.stop).start()

    run(supervisor)

    assert story.words.count("not-revived") == 1


def test_a_part_ends_when_its_supervisor_is_gone() -> None:
    reading, writing = os.pipe()
    code = f"{STAYS}"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, processes.PARENT: str(reading)},
        pass_fds=(reading,),
    ) as child:
        os.close(reading)

        os.close(writing)

        assert child.wait(20) == -signal.SIGTERM


def test_started_alone_it_follows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(processes.PARENT, raising=False)
    monkeypatch.delenv(processes.READY, raising=False)
    before = threading.active_count()

    processes.follow_parent()
    processes.tell_ready()

    assert threading.active_count() == before
