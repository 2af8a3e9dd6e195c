"""How far long work is, on a terminal; silent where nobody looks."""

import sys


class Progress:
    """``with Progress("reading") as told: told(done, total)`` – one line that is rewritten."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._last = -1

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are done."""
        percent = 100 * done // max(total, 1)
        if self._shown and percent != self._last:
            self._last = percent
            print(f"\r{self._what} {percent} %", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown and self._last >= 0:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
