"""Plays a plan: a few steps to a transaction, together with how far it has come, so that
whenever the process is killed, the next one goes on and nothing is lost or done twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.demo.models import Run
from tongzhou.demo.objects import Objects
from tongzhou.demo.performing import perform
from tongzhou.demo.steps import Ref, Step
from tongzhou.kernel.errors import Conflict
from tongzhou.tasks.actions.transition import held

#: Steps to a transaction: few enough to lose little, enough that commits cost little.
CHUNK: Final = 50
_PHASE: Final = "incidents.change_phase"
_READ_ALONE: Final = frozenset({"tasks.merge_tasks"})


class OtherDemoThere(Conflict):
    """The database holds a run of other steps: another seed, other data, another version."""

    code = "other-demo-there"
    message = _(
        "The database holds a demonstration with other steps (seed %(seed)s). Start over with "
        "“make demo-reset” (tongzhou demo --reset)."
    )


@dataclass(frozen=True)
class Progress:
    """How far a run has come: steps done, of how many, and the simulated time."""

    step: int
    steps: int
    at: datetime


Watcher = Callable[[Progress], None]


def start(name: str, *, seed: int, steps: int, data: str, at: datetime) -> Run:
    """The run of this name, begun now or earlier. Raises OtherDemoThere."""
    run, _made = Run.objects.get_or_create(
        scenario=name, defaults={"seed": seed, "steps": steps, "data": data, "started_at": at}
    )
    if (run.seed, run.steps, run.data) != (seed, steps, data):
        raise OtherDemoThere(seed=run.seed)
    return run


def play(run: Run, steps: Sequence[Step], *, watch: Watcher) -> None:
    """Does the steps that the run has not done yet; ``watch`` is told after each chunk.
    Raises what an act raises; the chunk in which that happened leaves nothing behind."""
    objects = Objects(run.scenario, run.seed)
    done = run.step
    while done < len(steps):
        chunk = _chunk(steps, done)
        with transaction.atomic():
            # Locked: a second player waits, and then finds that the chunk is done.
            locked = Run.objects.select_for_update().get(scenario=run.scenario)
            if locked.step != done:
                done = locked.step
                continue
            with held(_held(chunk, objects)):
                for step in chunk:
                    perform(step, objects)
            locked.step = done + len(chunk)
            locked.save(update_fields=["step"])
        done += len(chunk)
        watch(Progress(done, len(steps), chunk[-1].at))


def _chunk(steps: Sequence[Step], done: int) -> Sequence[Step]:
    """The steps of the next transaction. A change of phase ends it: acts on tasks that are
    held already would still be written down in the phase before."""
    chunk = steps[done : done + CHUNK]
    for place, step in enumerate(chunk, 1):
        if step.act == _PHASE:
            return chunk[:place]
    return chunk


def _held(chunk: Sequence[Step], objects: Objects) -> set[UUID]:
    """The tasks that are read and locked once for the whole chunk: all that its acts are
    about, but for acts that read for themselves what they change."""
    about = {step.args["task"] for step in chunk if "task" in step.args}
    alone = {
        value
        for step in chunk
        if step.act in _READ_ALONE
        for value in step.args.values()
        if isinstance(value, Ref)
    }
    return {
        objects.id_of("task", ref.key)
        for ref in about - alone
        if isinstance(ref, Ref) and ref.kind == "task"
    }
