"""Whatever happens in whatever order: no clock tells twice, none is forgotten, order holds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongzhou.actors.models import Post
from tongzhou.clocks import ticking
from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import Task

from .conftest import AT, HOUR, Works

RUNNING = {"dispatched", "seen", "accepted", "in_progress", "blocked"}
STARTS = {"task.dispatched.v1", "task.forwarded.v1", "task.reopened.v1"}
STOPS = {"task.finished.v1", "task.confirmed.v1"}
ENDS = {"task.refused.v1", "task.returned.v1", "task.merged.v1", "task.withdrawn.v1"}
DEEDS = (
    "send", "work", "work", "work", "confirm", "reopen", "reopen", "return", "forward", "edit",
    "withdraw", "later", "later", "later",
)  # fmt: skip
MACHINERY = ("tick", "tick", "all", "seal", "follow", "crash-follow", "crash-tick", "back")
Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, *MACHINERY)), st.integers(0, 1), st.integers(1, 40)
    ),
    min_size=8,
    max_size=30,
)  # fmt: skip


class Killed(Exception):
    """The worker ended before its transaction did."""


@dataclass
class World:
    """Tasks, the time, and the machinery in unreliable hands."""

    cast: Cast
    works: Works
    send: Callable[..., Task]
    now: datetime = AT
    #: What the machine's own clock says.
    shown: datetime = AT
    tasks: list[Task] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Does one step; what is refused is no harm."""
        what, which, hours = step
        self.now += timedelta(minutes=1)
        if what in MACHINERY:
            self._machinery(what, hours)
        elif what == "later":
            self.now += hours * HOUR
        elif what == "send" or not self.tasks:
            self.tasks.append(self.send(self.now, due_at=self.now + hours * HOUR))
        else:
            try:
                self._deed(what, self.tasks[which % len(self.tasks)], hours)
            except Refusal:
                return

    def _deed(self, what: str, task: Task, hours: int) -> None:
        cast, at = self.cast, self.now
        task.refresh_from_db()
        lead = self._of_lead(task)
        match what:
            case "work":
                if task.state in {"dispatched", "seen"}:
                    accept_task(task=task, by=lead, at=at)
                finish_task(task=task, result="Done", by=lead, at=at)
            case "return":
                return_task(task=task, reason="No masks", by=lead, at=at)
            case "forward":
                to = "baoshi-community" if hours % 2 else "beishan-street"
                forward_task(task=task, to=cast.units[to], reason="Nearer", by=cast.lou, at=at)
            case "confirm":
                confirm_task(task=task, by=cast.lou, at=at)
            case "reopen":
                reopen_task(task=task, reason="Not all", by=cast.lou, at=at)
            case "edit":
                due = at + hours * HOUR
                edit_task(task=task, reason="Other time", due_at=due, by=cast.lou, at=at)
            case _:
                withdraw_task(task=task, reason="Over", by=cast.lou, at=at)

    def _of_lead(self, task: Task) -> Post:
        return self.cast.mei if task.lead.code == "baoshi-community" else self.cast.ye

    def _machinery(self, what: str, hours: int) -> None:
        self.shown = max(self.now, self.shown) if what != "back" else self.now - hours * HOUR
        self.works.set(self.shown)
        match what:
            case "seal":
                self.works.seal()
            case "follow":
                self.works.follow()
            case "tick" | "back":
                # Two workers, one after the other.
                ticking.tick(at=self.shown)
                ticking.tick(at=self.shown)
            case "all":
                self.works.at(self.shown)
            case _:
                self._crash(self.works.follow if what == "crash-follow" else self._tick)

    def _tick(self) -> None:
        ticking.catch_up(at=self.shown)

    def _crash(self, work: Callable[[], None]) -> None:
        try:
            with transaction.atomic():
                work()
                raise Killed
        except Killed:
            return

    def end(self) -> None:
        """Long afterwards, everything works again."""
        self.works.at(self.now + timedelta(days=99))


def expected(task: Task) -> list[datetime]:
    """When the task was missed, told from its acts alone."""
    due: datetime | None = None
    open_, told, missed = False, False, []

    def pass_to(at: datetime | None) -> None:
        nonlocal told
        if open_ and not told and due is not None and (at is None or due < at):
            missed.append(due)
            told = True

    for act in Act.objects.filter(about_id=task.id, by_unit__isnull=False).order_by("at", "id"):
        pass_to(act.at)
        edited = act.type == "task.edited.v1" and act.data["state"] in RUNNING
        if act.type in STARTS or edited:
            if open_ and act.due_at != due:
                due, told = act.due_at, False
            elif not open_ and act.due_at > act.at:
                due, told, open_ = act.due_at, False, True
        elif act.type in STOPS | ENDS:
            open_ = False
    pass_to(None)
    return missed


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(taken=steps)
def test_no_clock_tells_twice_none_is_forgotten_order_holds(
    cast: Cast, works: Works, send: Callable[..., Task], taken: list[Step]
) -> None:
    with transaction.atomic():
        world = World(cast, works, send)
        for step in taken:
            world.take(step)
        world.end()

        told = list(Act.objects.filter(type__startswith="clock.").order_by("id"))
        twice = [(act.data["clock"], act.type, act.at, act.due_at) for act in told]
        assert len(twice) == len(set(twice)), "told twice"
        for task in world.tasks:
            missed = [a.at for a in told if a.about_id == task.id and a.type == "clock.missed.v1"]
            assert missed == expected(task), "forgotten, or out of order"
        for clock in Clock.objects.all():
            own = [act.at for act in told if act.data["clock"] == str(clock.id)]
            assert own == sorted(own), "out of order"
            assert clock.next_at is None
            assert clock.state != State.RUNNING
        transaction.set_rollback(True)
