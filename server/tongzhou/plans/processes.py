"""Process charts, drawn from what runs: the life of a task from its table of transitions, report
chains and plans from the library, the line of command from the units. A chart holds what the
software enforces and nothing else; nobody keeps it up to date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from django.utils.translation import gettext as _

from tongzhou.actors.models import Unit
from tongzhou.library.kinds.clocks import ClockRule
from tongzhou.library.kinds.plan import Plan
from tongzhou.library.kinds.report_chain import ReportChainBody
from tongzhou.library.queries import Version
from tongzhou.tasks.models import CLOSED, Form, State
from tongzhou.tasks.pages.steps import STEPS
from tongzhou.tasks.transitions import LEAD, RUNNING, TRANSITIONS

#: Where everything begins.
START: Final = "start"
#: ``tasks.actions.see_task``: the lead's own look, and only that, changes the state.
LEAD_SEES: Final = ("see", State.DISPATCHED, State.SEEN)


@dataclass(frozen=True)
class Node:
    """A box. ``tone``: "start", "open", "running", "closed", "plain"; ``lines`` stand in it
    below the label, smaller."""

    key: str
    label: str
    tone: str = "plain"
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edge:
    """An arrow. ``act`` is the name of what leads along it; ``limits`` the titles of time
    limits that the act starts or stops."""

    source: str
    target: str
    act: str = ""
    label: str = ""
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A process as boxes and arrows, with the same as a table. ``ranks``: the column of each
    box, from the left, where the order is known."""

    key: str
    title: str
    note: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Move:
    """One act from one state to another (or the same)."""

    verb: str
    source: str
    target: str


def moves(form: str) -> Iterator[Move]:
    """Everything that the table of transitions allows for a form of task, and the look of the
    lead."""
    for verb, transition in TRANSITIONS.items():
        if form not in transition.forms:
            continue
        sources = {state for states in transition.sources.values() for state in states}
        for state in State:
            if state not in sources:
                continue
            if (verb, state) == LEAD_SEES[:2]:
                yield Move(verb, state.value, LEAD_SEES[2].value)
            else:
                yield Move(verb, state.value, (transition.to or state).value)


def life_of(form: str, rules: Sequence[ClockRule]) -> Chart:
    """The life of a task, a ticket or a whistle, with the time limits that run along it."""
    found = list(moves(form))
    reached = _reached(found)
    touched = [m for m in found if m.source in reached]
    limits = _limits(rules)
    edges = [Edge(START, State.DRAFT.value, "create", _("create"))]
    edges += [
        Edge(m.source, m.target, m.verb, _verb(m.verb), limits.get(m.verb, ())) for m in touched
    ]
    stays = _stays(touched)
    nodes = [Node(START, _("Start"), "start")]
    nodes += [
        Node(state.value, str(state.label), _tone(state), stays.get(state.value, ()))
        for state in State
        if state.value in reached
    ]
    rows = tuple(
        (
            str(State(m.source).label),
            _verb(m.verb),
            str(State(m.target).label) if m.target != m.source else _("stays as it is"),
            ", ".join(_relations(m)),
            "; ".join(limits.get(m.verb, ())),
        )
        for m in touched
    )
    return Chart(
        key=str(form),
        title=_("Life of a %(form)s") % {"form": Form(form).label},
        note=_("Drawn from the table that every act asks before anything is changed."),
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=(_("State"), _("Act"), _("Leads to"), _("Open to"), _("Time limits")),
        rows=rows,
    )


def _reached(found: Sequence[Move]) -> set[str]:
    """The states that a task of this form can come to."""
    reached: set[str] = set()
    waiting = [State.DRAFT.value]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [m.target for m in found if m.source == state]
    return reached


def _verb(verb: str) -> str:
    return str(STEPS[verb].label) if verb in STEPS else verb


def _tone(state: State) -> str:
    if state in CLOSED:
        return "closed"
    return "running" if state in RUNNING else "open"


def _stays(found: Iterable[Move]) -> dict[str, tuple[str, ...]]:
    """State → how many acts leave it as it is; they are named in the table."""
    counts: dict[str, int] = {}
    for move in found:
        if move.source == move.target:
            counts[move.source] = counts.get(move.source, 0) + 1
    return {
        state: (_("+ %(n)s acts that change nothing") % {"n": n},) for state, n in counts.items()
    }


def _relations(move: Move) -> list[str]:
    words = {
        "asker": _("asker"),
        "lead": _("lead"),
        "assisting": _("assisting units"),
        "informed": _("informed units"),
        "line": _("units above"),
    }
    if (move.verb, move.source) == LEAD_SEES[:2]:
        return [words[LEAD]]
    sources = TRANSITIONS[move.verb].sources
    return [words.get(r, r) for r, states in sources.items() if move.source in states]


def _limits(rules: Sequence[ClockRule]) -> dict[str, tuple[str, ...]]:
    """Verb → the limits that it starts or ends."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        starting = {when.act for when in (*rule.starts, *rule.restarts)}
        ending = {when.act for when in (*rule.stops, *rule.cancels)}
        for verb, act in ACTS.items():
            if act in starting:
                found.setdefault(verb, []).append(_("starts “%(limit)s”") % {"limit": rule.title})
            elif act in ending:
                found.setdefault(verb, []).append(_("ends “%(limit)s”") % {"limit": rule.title})
    return {verb: tuple(words) for verb, words in found.items()}


#: Verb → the act in the ledger.
ACTS: Final = {
    "dispatch": "task.dispatched.v1", "see": "task.seen.v1", "accept": "task.accepted.v1",
    "refuse": "task.refused.v1", "return": "task.returned.v1", "forward": "task.forwarded.v1",
    "take": "task.taken.v1", "release": "task.released.v1", "start": "task.started.v1",
    "block": "task.blocked.v1", "resume": "task.resumed.v1", "finish": "task.finished.v1",
    "confirm": "task.confirmed.v1", "reopen": "task.reopened.v1", "split": "task.split.v1",
    "merge": "task.merged.v1", "withdraw": "task.withdrawn.v1", "edit": "task.edited.v1",
    "urge": "task.urged.v1", "object": "task.objected.v1", "decide": "task.owner_decided.v1",
}  # fmt: skip


def chain(version: Version) -> Chart:
    """A report chain, level by level, with how long each may keep a report."""
    body = cast(ReportChainBody, version.body)
    nodes, edges, rows = [], [], []
    for place, level in enumerate(body.levels):
        within = _hours(level.within.total_seconds()) if level.within else ""
        if level.at_once:
            within = _("at once (looked after within %(time)s)") % {"time": within}
        tone = "start" if place == 0 else "closed" if level.outside else "running"
        nodes.append(Node(level.key, str(level.title), tone))
        if place:
            before = body.levels[place - 1]
            limit = _hours(before.within.total_seconds()) if before.within else ""
            edges.append(Edge(before.key, level.key, "report", limit))
        rows.append((str(level.title), within, _("outside") if level.outside else ""))
    return Chart(
        key=f"chain-{version.key}",
        title=str(version.title),
        note=_note(version),
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=(_("Level"), _("Passes on within"), ""),
        rows=tuple(rows),
        ranks={node.key: place for place, node in enumerate(nodes)},
    )


def _hours(seconds: float) -> str:
    hours = seconds / 3600
    if hours >= 48:
        return _("%(n)g days") % {"n": hours / 24}
    return _("%(n)g h") % {"n": hours} if hours >= 1 else _("%(n)g min") % {"n": seconds / 60}


def _note(version: Version) -> str:
    return f"{version.source.text} · {version.force_label} · {version.confidence_label}"


def structure(version: Version) -> Chart:
    """A plan: its groups and, below each, how many tasks; measures and stepping down."""
    plan = cast(Plan, version.body)
    top = "plan"
    nodes = [Node(top, str(version.title), "start")]
    edges, rows, ranks = [], [], {top: 0}
    for group in plan.groups:
        tasks = [task for task in plan.tasks if task.group == group.key]
        nodes.append(Node(group.key, str(group.name), "open"))
        edges.append(Edge(top, group.key))
        ranks[group.key] = 1
        for task in tasks:
            each = _(", one per %(level)s") % {"level": task.each.label} if task.each else ""
            rows.append((
                str(group.name), str(task.title) + each, task.duty,
                _hours(task.due.total_seconds()),
            ))  # fmt: skip
        if tasks:
            key = f"{group.key}-tasks"
            lines = tuple(str(task.title) for task in tasks[:3])
            more = (_("%(n)s further ones") % {"n": len(tasks) - 3},) if len(tasks) > 3 else ()
            nodes.append(
                Node(key, _("%(n)s kinds of task") % {"n": len(tasks)}, "running", (*lines, *more))
            )
            edges.append(Edge(group.key, key))
            ranks[key] = 2
    for key, label, titles in (
        ("measures", _("Measures by their rules"), [m.title for m in plan.measures]),
        ("step-down", _("Stepping down"), [t.title for t in plan.step_down.tasks]),
    ):
        if titles:
            nodes.append(Node(key, label, "closed", tuple(str(title) for title in titles[:4])))
            edges.append(Edge(top, key))
            ranks[key] = 1
            rows += [(label, str(title), "", "") for title in titles]
    loose = [task for task in plan.tasks if task.group is None]
    rows += [("", str(t.title), t.duty, _hours(t.due.total_seconds())) for t in loose]
    return Chart(
        key=f"plan-{version.key}",
        title=str(version.title),
        note=_note(version),
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=(_("Group"), _("Task or measure"), _("Duty"), _("Due within")),
        rows=tuple(rows),
        ranks=ranks,
    )


def command(units: Sequence[Unit], *, own: Unit) -> Chart:
    """The line of command through a unit: those above it, and those below."""
    shown = {unit.id: unit for unit in units}
    nodes = [
        Node(u.code, u.name, "start" if u.id == own.id else "open", (str(u.area.name),))
        for u in units
    ]
    edges = [
        Edge(shown[u.parent_id].code, u.code)
        for u in units
        if u.parent_id is not None and u.parent_id in shown
    ]
    rows = tuple(
        (u.name, shown[u.parent_id].name if u.parent_id in shown else "–", u.area.name)
        for u in units
    )
    depth = min((len(u.line) for u in units), default=0)
    return Chart(
        key="command",
        title=_("Line of command"),
        note=_("An order goes down this line; everybody else is asked."),
        nodes=tuple(nodes),
        edges=tuple(edges),
        headers=(_("Unit"), _("Below"), _("Area")),
        rows=rows,
        ranks={u.code: len(u.line) - depth for u in units},
    )
