"""Random lives of tasks: whatever is tried, by whomever, in whatever order, the promises of
the room hold."""

from collections import Counter
from itertools import product
from random import Random
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tongzhou.actors.models import Post, Unit
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger.models import Act
from tongzhou.tasks import queries
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.evaluate import evaluate_ticket
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.actions.reopen_ticket import reopen_ticket
from tongzhou.tasks.actions.split_task import Part
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import CLOSED, Basis, Channel, Form, State, Task

from .conftest import AT, DAY, HOUR
from .matrix import AFTER, LETTERS, MATRIX, OUTSIDE, TYPES, allowed, text_file
from .rebuilding import from_table, rebuild

UNITS = (
    "zj-command", "hz-command", "wz-command", "beishan-street", "baoshi-community",
    "baoshi-property", "lvyuan-volunteers", "xh-command",
)  # fmt: skip
ACTORS = ("shen", "lou", "ye", "mei", "pan", "chu", "he", "gu", "ou")
# What is done follows from these; unlike sampled_from they favour nothing.
#: What ends a life or leads nowhere is done less often.
WEIGHTS = {
    **dict.fromkeys(("accept", "start", "finish", "block", "resume"), 3.0),
    **dict.fromkeys(("review", "call_back", "arrive", "object"), 4.0),
    **{"withdraw": 0.05, "merge": 0.2, "edit": 0.2, "split": 0.3, "forward": 0.5},
    **{"reclassify": 0.3, "return": 0.6, "decide": 0.5, "dispatch": 0.7},
}
seeds = st.integers(0, 2**32 - 1)
DONE: Counter[str] = Counter()
OUTSIDE_DONE: Counter[str] = Counter()


class Undo(Exception):
    """Takes an example back."""


class Lives(RuleBasedStateMachine):
    """A few tasks, and everybody doing to them what they like. ``cast`` is set by the test."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = AT
        self.step = 0
        self.tasks: list[Task] = []
        self.states: dict[Any, str] = {}
        self.done: Counter[str] = Counter()

    def teardown(self) -> None:
        """Nothing of the example stays."""
        self.block.__exit__(Undo, Undo(), None)

    @initialize(seed=seeds)
    def first(self, seed: int) -> None:
        self.drafted(seed)
        self.went_on(seed)

    @rule(seed=seeds)
    def drafted(self, seed: int) -> None:
        """A new task, ticket or whistle of a command for anybody, while there are few. What is
        drawn may not depend on how many there are: that depends on the lives before."""
        chance = self.chance(seed)
        if len(self.tasks) >= 5:
            return
        self.now += HOUR
        makers = {
            Form.TASK: self.new_task, Form.TICKET: self.new_ticket, Form.WHISTLE: self.new_whistle,
        }  # fmt: skip
        # Each life has some of each: first what there is least of.
        there = Counter(task.form for task in self.tasks)
        form = min(chance.sample(list(makers), len(makers)), key=lambda form: there[form])
        for task in makers[form](chance):
            self.noticed(task)

    def new_ticket(self, chance: Random) -> list[Task]:
        """At the desk of a command, or without an account."""
        by = self.cast.posts[chance.choice(("shen", "lou"))]
        ticket = register_ticket(
            text="Ticket",
            area=self.cast.areas["330106002"],
            channel=Channel.PHONE,
            by=chance.choice((by, None)),
            at=self.now,
        )
        return [ticket.task]

    def new_whistle(self, chance: Random) -> list[Task]:
        """Of the street for some that do not stand below it."""
        units = [self.cast.units[code] for code in chance.sample(UNITS[:3], 2)]
        whistle = blow_whistle(
            kind="daily",
            ground="beyond-power",
            text="Whistle",
            place="Gate",
            area=self.cast.areas["330106002"],
            units=units,
            by=self.cast.ye,
            at=self.now,
        )
        return [call.task for call in whistle.calls.select_related("task")]

    def new_task(self, chance: Random) -> list[Task]:
        """Of a command for anybody."""
        lead = self.unit(chance)
        task = create_task(
            title="Task",
            lead=lead,
            area=lead.area,
            due_at=self.now + 3 * DAY,
            basis=chance.choice(Basis.values),
            assisting=self.some_units(chance),
            informed=self.some_units(chance),
            by=self.cast.posts[chance.choice(("shen", "lou", "he"))],
            at=self.now,
        )
        return [task]

    def asked_again(self, chance: Random) -> None:
        """Whoever holds the number of a ticket judges the answer or says it is not solved."""
        tickets = [task for task in self.tasks if task.form == Form.TICKET]
        if not tickets:
            return
        task = chance.choice(tickets)
        for verb in ("dispatch", "accept", "start", "finish"):  # on its way to an answer
            for name in self.fitting(task).get(verb, ())[:1]:
                self.act(verb, task, self.cast.posts[name], chance)
        self.now += HOUR
        state = self.states[task.id]
        verb = min(OUTSIDE, key=lambda name: self.done[name])
        try:
            if verb == "reopen":
                reopen_ticket(ticket=task.ticket, reason="r", at=self.now)
            else:
                evaluate_ticket(ticket=task.ticket, solved=True, satisfied=False, at=self.now)
        except Refusal:
            assert state not in {LETTERS[letter] for letter in OUTSIDE[verb]}
            return
        assert state in {LETTERS[letter] for letter in OUTSIDE[verb]}
        self.states[task.id] = AFTER[verb] or state
        OUTSIDE_DONE[verb] += 1
        self.done[verb] += 1

    @rule(seed=seeds)
    def tried(self, seed: int) -> None:
        """Anything by anybody: it follows the matrix, or nothing happens."""
        chance = self.chance(seed)
        by = self.cast.posts[chance.choice(ACTORS)]
        self.act(chance.choice(sorted(MATRIX)), chance.choice(self.tasks), by, chance)

    @rule(seed=seeds)
    def and_on(self, seed: int) -> None:
        """As ``went_on``: twice as often as anything else."""
        self.went_on(seed)

    @rule(seed=seeds)
    def went_on(self, seed: int) -> None:
        """Something that fits, by somebody who may: so that lives get somewhere."""
        chance = self.chance(seed)
        task = chance.choice(self.tasks)
        fitting = self.fitting(task)
        verbs = sorted(set(fitting) - {"comment", "attach", "urge"})
        if verbs:
            # What was done seldom is done sooner: every act gets its turn.
            weights = [WEIGHTS.get(verb, 1) / (1 + DONE[verb]) ** 3 for verb in verbs]
            (verb,) = chance.choices(verbs, weights)
            by = chance.choice(fitting[verb])
            self.act(verb, task, self.cast.posts[by], chance)

    @rule(seed=seeds)
    def time_passed(self, seed: int) -> None:
        """Up to five days; and who asked from outside looks how far it is."""
        chance = self.chance(seed)
        self.asked_again(chance)
        self.now += chance.randrange(6) * DAY

    def fitting(self, task: Task) -> dict[str, list[str]]:
        """What may be done with the task now, and by whom."""
        relations = Task.objects.get(id=task.id).relations
        found: dict[str, list[str]] = {}
        for verb, name in product(sorted(MATRIX), ACTORS):
            for relation in relations.get(self.cast.posts[name].unit_id, ()):
                if allowed(verb, relation, self.states[task.id], task.form):
                    found.setdefault(verb, []).append(name)
        return found

    def chance(self, seed: int) -> Random:
        """The same seed at the same step gives the same; hypothesis likes small seeds, so the
        step is mixed in."""
        self.step += 1
        return Random(seed * 1_000_003 + self.step)

    def unit(self, chance: Random) -> Unit:
        return self.cast.units[chance.choice(UNITS)]

    def some_units(self, chance: Random) -> list[Unit]:
        return [self.cast.units[code] for code in chance.sample(UNITS, chance.randrange(3))]

    def arguments(self, verb: str, task: Task, chance: Random) -> dict[str, Any]:
        unit = self.unit(chance)
        others = [other for other in self.tasks if other.id != task.id]
        made: dict[str, dict[str, Any]] = {
            "refuse": {"reason": "r", "better_owner": unit},
            "forward": {"reason": "r", "to": unit},
            "return": {"reason": "r", "better_owner": unit},
            "finish": {"result": "r"},
            "object": {"reason": "r"},
            "review": {"upheld": chance.choice((True, False)), "to": unit, "reason": "r"},
            "decide": {"reason": "r", "to": unit},
            "reclassify": {"class_code": chance.choice(("hard", "life")), "reason": "r"},
            "arrive": {"place": "p", "who": "w"},
            "call_back": {"reached": True, "solved": False},
            "evaluate": {"solved": True, "satisfied": True},
            "split": {
                "parts": [
                    Part("Part", unit, self.now + DAY, basis=chance.choice(["", *Basis.values]))
                ]
            },
            "merge": {"into": chance.choice(others or [task])},
            "edit": {
                "reason": "r",
                "due_at": chance.choice([None, self.now + 5 * DAY]),
                "priority": chance.choice([None, 0, 2]),
                "assisting": chance.choice([None, self.some_units(chance)]),
                "informed": chance.choice([None, self.some_units(chance)]),
            },
            "comment": {"text": "t"},
            "urge": {"text": "t"},
            "attach": {"file": text_file()},
            **{key: {"reason": "r"} for key in ("block", "reopen", "withdraw")},
        }
        return made.get(verb, {})

    def act(self, verb: str, task: Task, by: Post, chance: Random) -> None:
        """Does it and holds what happened against the matrix."""
        self.now += HOUR
        state = self.states[task.id]
        relations = Task.objects.get(id=task.id).relations_of(by)
        before = set(Act.objects.values_list("id", flat=True))
        try:
            done = VERBS[verb](task=task, by=by, at=self.now, **self.arguments(verb, task, chance))
        except Refusal:
            assert set(Act.objects.values_list("id", flat=True)) == before
            return
        assert any(allowed(verb, relation, state, task.form) for relation in relations)
        fresh = Act.objects.exclude(id__in=before).filter(about_id=task.id)
        (written,) = fresh.exclude(type="whistle.called.v1")
        assert written.type in {TYPES[verb], "task.objection_upheld.v1"}
        assert (written.type == "task.objection_upheld.v1") <= (verb == "review")
        leads = verb == "see" and "lead" in relations and state == State.DISPATCHED
        self.states[task.id] = State.SEEN if leads else AFTER[verb] or state
        DONE[verb] += 1
        self.done[verb] += 1
        for part in done if verb == "split" else ():
            self.noticed(part)

    def noticed(self, task: Task) -> None:
        self.tasks.append(task)
        self.states[task.id] = task.state

    @invariant()
    def every_promise_holds(self) -> None:
        """State, parties, ledger, and that nobody outside sees anything."""
        tasks = list(Task.objects.prefetch_related("parties"))
        for task in tasks:
            self.require_parties(task)
            self.require_owner(task)
        assert {task.id: task.state for task in tasks} == self.states
        told = rebuild(Act.objects.order_by("at", "recorded_at"))
        assert told == {task.id: from_table(task) for task in tasks}
        everything = queries.TaskFilters(show="all")
        seen = queries.list_tasks(visible_to=self.cast.ou, filters=everything, at=self.now)
        assert seen.rows == []

    def require_owner(self, task: Task) -> None:
        """Somebody has it at every moment: its asker, and once it was sent its lead. A ticket
        or a call that was given back names who is better placed, and is never without."""
        owner = {relation for relations in task.relations.values() for relation in relations}
        assert "asker" in owner
        assert (task.dispatched_at is None) or "lead" in owner
        if task.form != Form.TASK and task.state in {State.REFUSED, State.RETURNED}:
            assert task.better_owner_id not in {None, task.lead_id, task.asker_id}
            assert not task.binding
        if task.form == Form.TASK:
            assert (task.bounces, task.came_from, task.binding) == (0, [], False)

    def require_parties(self, task: Task) -> None:
        """Those who have to do with it, those above them, and what lists read of it."""
        wanted: dict[Any, set[str]] = {task.asker_id: {"asker"}}
        if task.dispatched_at is not None:
            wanted.setdefault(task.lead_id, set()).add("lead")
            for name in ("assisting", "informed"):
                for unit in getattr(task, name):
                    wanted.setdefault(unit, set()).add(name)
        above = {unit.id: unit.above for unit in self.cast.units.values()}
        for unit in list(wanted):
            for superior in above[unit]:
                wanted.setdefault(superior, set()).add("line")
        assert task.relations == wanted
        closed = task.state in CLOSED
        assert closed == (task.closed_at is not None)
        for party in task.parties.all():
            repeated = (party.state, party.due_at, party.number, party.open)
            assert repeated == (task.state, task.due_at, task.number, not closed)


def test_random_lives_keep_every_promise(cast: Cast) -> None:
    Lives.cast = cast
    DONE.clear()
    OUTSIDE_DONE.clear()

    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    # The lives were no idle ones.
    assert len(DONE) >= len(MATRIX) - 3, DONE
    assert set(OUTSIDE_DONE) == set(OUTSIDE), OUTSIDE_DONE
