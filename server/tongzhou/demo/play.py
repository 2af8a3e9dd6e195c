"""The demonstration "Zhejiang, spring 2020": played once, gone on with after an interruption,
left alone when it has been played."""

import time
from datetime import datetime
from pathlib import Path
from typing import TypedDict

import psycopg
from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.clocks import ticking
from tongzhou.delivery import notices
from tongzhou.demo import plan, player, present, public_data, scenario
from tongzhou.demo.asked import INCIDENT
from tongzhou.demo.bar import showing
from tongzhou.demo.cast import MEMBERS, PASSWORD
from tongzhou.demo.command import COMMANDER
from tongzhou.demo.models import Run
from tongzhou.demo.objects import Objects
from tongzhou.demo.player import Progress, Watcher
from tongzhou.demo.sealing import Sealing, sealer
from tongzhou.demo.steps import Step
from tongzhou.incidents.models import Incident
from tongzhou.insight.actions.ask_analysis import ask_analysis
from tongzhou.kernel import clock, database
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger import follow
from tongzhou.ledger import queries as ledger
from tongzhou.ledger.verify import verify
from tongzhou.places.models import Area
from tongzhou.tasks.models import Task

PRESENT = "present"


class NotEmpty(Conflict):
    """The database holds something that no demonstration made."""

    code = "database-not-empty"
    message = _(
        "This database holds units that the demonstration did not make. Play it in a database "
        "of its own."
    )


class Played(TypedDict):
    """What stands in the database now, how long this call took, and whether the chain of
    acts is whole."""

    acts: int
    units: int
    areas: int
    incidents: int
    tasks: int
    seconds: float
    verified: bool


class Account(TypedDict):
    """Somebody of the cast, to sign in as."""

    role: str
    username: str
    password: str
    unit: str


def play(
    *,
    data: Path | None = None,
    seed: int = 2020,
    progress: bool | Watcher = False,
    scale: float = 1.0,
) -> Played:
    """Plays what has not been played yet, as the web role, and seals it.

    ``data``: folder with the real daily counts of the cities. ``progress``: True for a bar
    on standard error, or a function that is told after each chunk. ``scale``: how much of
    the work. Raises NotEmpty, OtherDemoThere, CountsFileMissing.
    """
    begun = time.monotonic()
    run = Run.objects.filter(scenario=scenario.NAME).first()
    if run is None and Unit.objects.exists():
        raise NotEmpty()
    address = database.address("sealer", name=connection.settings_dict["NAME"])
    with sealer(address) as seal, showing(progress) as show:

        def watch(state: Progress) -> None:
            seal.after_chunk()
            show(state)

        story = _story(run, data=data, seed=seed, scale=scale, watch=watch)
        if story.finished_at is None:
            _catch_up(seal)
            _mark_read(story)
        today = _today(story, watch=watch)
        if today.finished_at is None:
            _catch_up(seal)
    if today.finished_at is None:
        _ask_for_insight(story)
        today.finished_at = clock.now()
        today.save(update_fields=["finished_at"])
    return _summary(time.monotonic() - begun)


def accounts() -> list[Account]:
    """One account for each role of the cast, in the order of the cast and in the active
    language."""
    found: dict[str, Account] = {}
    units = {unit.code: unit.name for unit in Unit.objects.all()}
    for member in MEMBERS:
        account = Account(
            role=str(member.role.label),
            username=member.username,
            password=PASSWORD,
            unit=units.get(member.unit, member.unit),
        )
        found.setdefault(member.role, account)
    return list(found.values())


def _story(run: Run | None, *, data: Path | None, seed: int, scale: float, watch: Watcher) -> Run:
    """The sixty-seven days. A finished run is left as it is, whatever is asked for now."""
    if run is not None and run.finished_at is not None:
        return run
    folder = data or (Path(run.data) if run is not None and run.data else None)
    where = str(folder.resolve()) if folder else ""
    rows = scenario.load()
    extra = public_data.read(folder, rows.areas) if folder else None
    steps = plan.steps(rows, seed, scale=scale, data=extra)
    run = player.start(scenario.NAME, seed=seed, steps=len(steps), data=where, at=clock.now())
    player.play(run, steps, watch=watch)
    return run


def _today(story: Run, *, watch: Watcher) -> Run:
    """What there is to do now: dated from the moment at which this part first began."""
    run = Run.objects.filter(scenario=PRESENT).first()
    if run is not None and run.finished_at is not None:
        return run
    at = run.started_at if run is not None else clock.now()
    steps: list[Step] = present.steps(scenario.load(), story.seed, now=at)
    run = player.start(PRESENT, seed=story.seed, steps=len(steps), data="", at=at)
    player.play(run, steps, watch=watch)
    return run


def _catch_up(seal: Sealing) -> None:
    """Lets the followers of the ledger read everything, and the clocks run to the present:
    what they write is sealed and read in turn."""
    waiting = True
    while waiting:
        seal.all()
        for name, handler in follow.followers().items():
            while follow.advance(name, handler):
                pass
        fired = ticking.catch_up(at=clock.now())
        unsealed, _since = ledger.waiting()
        waiting = bool(fired or unsealed)


def _mark_read(story: Run) -> None:
    """The news of 2020 are old; the story is finished with that."""
    at: datetime = clock.now()
    for unit in Unit.objects.values_list("id", flat=True):
        notices.mark_read(unit=unit, at=at)
    story.finished_at = at
    story.save(update_fields=["finished_at"])


def _ask_for_insight(story: Run) -> None:
    objects = Objects(story.scenario, story.seed)
    incident: Incident = objects.get(INCIDENT)
    commander: Post = objects.post(COMMANDER)
    ask_analysis(incident=incident, by=commander, at=clock.now())


def _summary(seconds: float) -> Played:
    address = database.address("web", name=connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as raw:
        verification = verify(raw)
    return Played(
        acts=verification.acts,
        units=Unit.objects.count(),
        areas=Area.objects.count(),
        incidents=Incident.objects.count(),
        tasks=Task.objects.count(),
        seconds=round(seconds, 1),
        verified=verification.verified,
    )
