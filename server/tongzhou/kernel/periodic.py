"""Jobs that the clock starts, each with a name that people understand."""

from collections.abc import Callable
from typing import Any, Final

from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from tongzhou.kernel.errors import Sentence

_TITLES: Final[dict[str, Sentence]] = {}


def periodic(
    name: str, *, cron: str, title: Sentence, pass_context: bool = False
) -> Callable[[Callable[..., Any]], Task[..., Any, Any]]:
    """Registers a function as the job ``name``, queued at each moment of ``cron`` unless it
    waits already. ``title`` says in both languages what it does."""

    def register(job: Callable[..., Any]) -> Task[..., Any, Any]:
        task: Task[..., Any, Any]
        if pass_context:
            task = app.task(name=name, queueing_lock=name, pass_context=True)(job)
        else:
            task = app.task(name=name, queueing_lock=name)(job)
        app.periodic(cron=cron)(task)
        _TITLES[name] = title
        return task

    return register


def title_of(name: str) -> Sentence:
    """What the job does, in words; its name where nobody said."""
    return _TITLES.get(name, name)
