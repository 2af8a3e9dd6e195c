"""Figures of the analysis library for pages: kept by their question, worked out by the worker.
A page never waits: it shows what is there and asks for what is not."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tongzhou.interests.models import Reckoning
from tongzhou.kernel import clock

JOB: Final = "interests.reckon"
_LIMIT: Final = 120  # seconds that one question may take
_KEPT: Final = timedelta(days=30)


class ReckoningFailed(RuntimeError):
    """The process ended with an error; what it said is the message."""


@dataclass(frozen=True)
class Answer:
    """What is known: ``found`` None while it is being worked out, or where it ``failed``."""

    found: Mapping[str, Any] | None
    failed: bool = False

    @property
    def pending(self) -> bool:
        """True while the worker is at it."""
        return self.found is None and not self.failed


def of(question: Mapping[str, Any], *, at: datetime) -> Answer:
    """The answer, if it is kept; else it is asked for."""
    digest = hashlib.sha256(orjson.dumps(question, option=orjson.OPT_SORT_KEYS)).hexdigest()
    kept = Reckoning.objects.filter(digest=digest).first()
    if kept is None:
        _ask(digest, question, at=at)
        return Answer(None)
    return Answer(kept.answer, failed=bool(kept.error))


def _ask(digest: str, question: Mapping[str, Any], *, at: datetime) -> None:
    job = app.configure_task(JOB, queueing_lock=f"reckon-{digest}")
    try:
        with transaction.atomic():
            Reckoning.objects.get_or_create(
                digest=digest, defaults={"question": question, "asked_at": at}
            )
            job.defer(digest=digest)
    except AlreadyEnqueued:
        return


def work_out(digest: str) -> None:
    """Answers a question that was kept, and forgets old ones. Raises ReckoningFailed."""
    Reckoning.objects.filter(asked_at__lt=clock.now() - _KEPT).delete()
    kept = Reckoning.objects.filter(digest=digest, answer__isnull=True).first()
    if kept is None:
        return
    done = subprocess.run(
        [sys.executable, "-m", "tongzhou.interests.engine"],
        input=orjson.dumps(kept.question),
        capture_output=True,
        timeout=_LIMIT,
        check=False,
    )
    kept.made_at = clock.now()
    if done.returncode:
        kept.error = done.stderr.decode(errors="replace").strip()[-2000:]
        kept.save(update_fields=["made_at", "error"])
        raise ReckoningFailed(kept.error)
    kept.answer = orjson.loads(done.stdout)
    kept.save(update_fields=["made_at", "answer"])
