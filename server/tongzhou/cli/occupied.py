"""One at a time: who serves an installation, or replaces its tables, holds a lock."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, words

_ = words("cli")

STATE_FILE = "serving.json"


def occupy() -> IO[str]:
    """The locked state file of the supervisor. Raises Fault when somebody holds it."""
    file = (home() / STATE_FILE).open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise Fault(
            "already-serving",
            _("“tongzhou serve” runs on this installation (see %(file)s). Stop it first.")
            % {"file": home() / STATE_FILE},
        ) from None
    file.truncate(0)  # what a killed supervisor said is true no longer
    return file


@contextmanager
def nobody_serves() -> Iterator[None]:
    """Inside, nobody serves this installation. Raises Fault when somebody does already."""
    with occupy():
        yield
