from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from inspect import Parameter, signature
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid, NotFound, Refusal
from tongzhou.tasks.actions.transition import held
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import Task
from tongzhou.tasks.queries import visible

#: Acts that make sense with the same arguments for many tasks.
BULK_VERBS = (
    "dispatch", "see", "accept", "refuse", "return", "forward", "take", "start", "block",
    "resume", "finish", "confirm", "reopen", "merge", "withdraw", "edit", "comment", "urge",
)  # fmt: skip
_COMMON = ("task", "by", "at")
_CHUNK = 200  # locked and read together, committed together


class NotInBulk(Invalid):
    """An act that needs something of its own for every task."""

    code = "not-in-bulk"
    message = _("“%(verb)s” cannot be done to many tasks at once.")


class ArgumentMissing(Invalid):
    """The act needs something that was not given."""

    code = "argument-missing"
    message = _("“%(verb)s” needs “%(name)s”.")


class ArgumentUnknown(Invalid):
    """The act knows nothing of what was given."""

    code = "argument-unknown"
    message = _("“%(verb)s” takes no “%(name)s”.")


@dataclass(frozen=True)
class Refused:
    """A task that was left as it was, and why."""

    number: int
    code: str
    sentence: str


@dataclass(frozen=True)
class BulkReport:
    """``done``: the numbers of the tasks that were changed, or in a dry run would be."""

    done: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class _DryRun(Exception):
    """Takes everything back that a dry run did."""


def bulk_act(
    *,
    verb: str,
    tasks: Sequence[Task],
    by: Post,
    at: datetime,
    dry_run: bool = False,
    **arguments: Any,
) -> BulkReport:
    """Does one act to many tasks, each by itself: what is refused for one does not hold up
    the others. Committed in chunks, so that nobody waits long for a lock. A dry run does
    everything and keeps nothing. Raises NotInBulk, ArgumentMissing, ArgumentUnknown."""
    _check(verb, arguments)
    report = BulkReport()
    for chunk in _chunks(tasks):
        try:
            with transaction.atomic(), held([task.id for task in chunk]) as locked:
                for task in chunk:
                    _one(verb, locked.get(task.id, task), report, by=by, at=at, **arguments)
                if dry_run:
                    raise _DryRun
        except _DryRun:
            continue
    return report


def bulk_by_number(
    *, verb: str, numbers: Sequence[int], by: Post, at: datetime, **rest: Any
) -> BulkReport:
    """``bulk_act`` for tasks by number; one that the post may not see is reported as not
    found. Raises what ``bulk_act`` raises."""
    wanted = list(dict.fromkeys(numbers))
    seen = visible(by).filter(number__in=wanted).only("id", "number")
    found = {task.number: task for task in seen}
    tasks = [found[number] for number in wanted if number in found]
    report = bulk_act(verb=verb, tasks=tasks, by=by, at=at, **rest)
    missing = NotFound()
    report.refused.extend(
        Refused(number, missing.code, str(missing)) for number in wanted if number not in found
    )
    return report


def _check(verb: str, arguments: Mapping[str, Any]) -> None:
    if verb not in BULK_VERBS:
        raise NotInBulk(field="verb", verb=verb)
    known = signature(VERBS[verb]).parameters
    for name in arguments:
        if name not in known:
            raise ArgumentUnknown(field=name, verb=verb, name=name)
    for name, parameter in known.items():
        given = name in arguments or name in _COMMON
        if not given and parameter.default is Parameter.empty:
            raise ArgumentMissing(field=name, verb=verb, name=name)


def _one(verb: str, task: Task, report: BulkReport, **arguments: Any) -> None:
    try:
        VERBS[verb](task=task, **arguments)
    except Refusal as refusal:
        report.refused.append(Refused(task.number, refusal.code, str(refusal)))
    else:
        report.done.append(task.number)


def _chunks(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    for start in range(0, len(tasks), _CHUNK):
        yield tasks[start : start + _CHUNK]
