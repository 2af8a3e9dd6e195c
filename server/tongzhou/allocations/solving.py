"""Asking the engine: a process of its own, which is ended when nobody wants the answer."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from threading import Timer
from typing import Any, Final

import orjson
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Refusal

LIMIT: Final = 600.0
"""Seconds that one plan may take."""
Plain = dict[str, Any]


class EngineFailed(Refusal):
    """The process that computes ended with an error; what it said is in ``said``."""

    code = "allocation-engine-failed"
    status = 500
    message = _("The plan could not be computed. Please try again.")

    @property
    def said(self) -> str:
        """The end of what the process wrote."""
        return str(self.params.get("said", ""))


def solve(problem: Plain, objective: str, *, wanted: Callable[[int], bool]) -> Plain | None:
    """The best plan. ``wanted`` is told the percentage that is done and says whether anybody
    still waits; None when nobody does. Raises EngineFailed."""
    return _asked({"problem": problem, "objective": objective}, wanted=wanted)


def judge(problem: Plain, objective: str, lines: list[list[Any]]) -> Plain:
    """The figures of a plan that people made. Raises EngineFailed."""
    question = {"problem": problem, "objective": objective, "lines": lines}
    found = _asked(question, wanted=lambda share: True)
    assert found is not None
    return found


def _asked(question: Plain, *, wanted: Callable[[int], bool]) -> Plain | None:
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said:
        asked.write(orjson.dumps(question))
        asked.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "tongzhou.allocations.engine"],
            stdin=asked, stdout=subprocess.PIPE, stderr=said,
        )  # fmt: skip
        watch = Timer(LIMIT, process.kill)
        watch.start()
        answer: Plain | None = None
        try:
            assert process.stdout is not None
            for line in process.stdout:
                message = orjson.loads(line)
                if "progress" not in message:
                    answer = message
                elif not wanted(message["progress"]):
                    return None
        finally:
            watch.cancel()
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        if answer is None:
            said.seek(0)
            raise EngineFailed(said=said.read().decode(errors="replace").strip()[-2000:])
        return answer
