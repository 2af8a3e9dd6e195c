"""A task in words: where it stands in its life, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from tongzhou.tasks.models import CLOSED, Basis, Form, Priority, State, Task

#: The way of a task that goes well; the others leave it at some stage.
WAY: Final = (
    State.DRAFT,
    State.DISPATCHED,
    State.SEEN,
    State.ACCEPTED,
    State.IN_PROGRESS,
    State.DONE,
    State.CONFIRMED,
)
#: Where a state off the way stands in it, and in which tone.
_OFF: Final[Mapping[str, tuple[State, str]]] = {
    State.REFUSED: (State.ACCEPTED, "red"),
    State.RETURNED: (State.ACCEPTED, "orange"),
    State.OBJECTED: (State.ACCEPTED, "orange"),
    State.BLOCKED: (State.IN_PROGRESS, "red"),
    State.WITHDRAWN: (State.CONFIRMED, "grey"),
    State.MERGED: (State.CONFIRMED, "grey"),
}
_PRIORITIES: Final[Mapping[int, str]] = {Priority.URGENT: "orange", Priority.CRITICAL: "red"}
#: States in which the task's present reason is worth reading at once.
REASONED: Final = frozenset(
    {State.REFUSED, State.RETURNED, State.OBJECTED, State.BLOCKED, State.WITHDRAWN}
)
_BASES: Final[Mapping[str, str | Promise]] = {
    Basis.ORDER: gettext_lazy("By order"),
    Basis.AGREEMENT: gettext_lazy("On agreement"),
    Basis.VOLUNTARY: gettext_lazy("Voluntary"),
    Basis.LAW: gettext_lazy("By law"),
}


#: What a state is called where the word for tasks would mislead.
_STATES: Final[Mapping[tuple[str, str], str | Promise]] = {
    (Form.TICKET, State.DRAFT): gettext_lazy("received"),
    (Form.TICKET, State.DONE): gettext_lazy("answered"),
    (Form.TICKET, State.CONFIRMED): pgettext_lazy("ticket", "closed"),
    (Form.WHISTLE, State.DISPATCHED): gettext_lazy("called"),
    (Form.WHISTLE, State.ACCEPTED): gettext_lazy("on the way"),
    (Form.WHISTLE, State.IN_PROGRESS): gettext_lazy("on site"),
    (Form.WHISTLE, State.CONFIRMED): pgettext_lazy("ticket", "closed"),
}


def state_of(form: str, state: str) -> str:
    """The state in words, as this form of task has it."""
    return str(_STATES.get((form, state)) or State(state).label)


def basis_label(basis: str) -> str:
    """The authority that a task rests on, in words."""
    return str(_BASES.get(basis, basis))


def priority_tone(priority: int) -> str:
    """The tone in which a priority is shown."""
    return _PRIORITIES.get(priority, "grey")


@dataclass(frozen=True)
class Stage:
    """One stage of a task's life; ``kind`` is past, here, off, ahead or (left out by a task
    that ended early) missed."""

    name: str
    kind: str
    tone: str = ""
    at: datetime | None = None

    @property
    def here(self) -> bool:
        """Where the task stands now."""
        return self.kind in {"here", "off"}


def life(task: Task, *, begun: bool = False) -> list[Stage]:
    """The stages of the task with the moments that are known. ``begun``: work on it has
    begun since it was sent, which no moment of the task itself says."""
    place, tone = _OFF.get(task.state, (State(task.state), ""))
    at = WAY.index(place)
    known = {
        State.DRAFT: task.created_at,
        State.DISPATCHED: task.dispatched_at,
        State.SEEN: task.seen_at,
        State.ACCEPTED: task.accepted_at,
        State.DONE: task.done_at,
        State.CONFIRMED: task.closed_at,
    }
    reached = _reached(task, begun=begun)
    stages = []
    for index, state in enumerate(WAY):
        moment = known.get(state) if index <= at else None
        if index == at and tone:
            label = state_of(task.form, task.state)
            moment = task.closed_at if task.state in CLOSED else None
            stages.append(Stage(label, "off", tone, moment))
        elif index == at:
            kind = "past" if state == State.CONFIRMED else "here"
            stages.append(Stage(state_of(task.form, state), kind, at=moment))
        elif index > at:
            stages.append(Stage(state_of(task.form, state), "ahead"))
        else:
            kind = "past" if state in reached else "missed"
            stages.append(Stage(state_of(task.form, state), kind, at=moment))
    return stages


def _reached(task: Task, *, begun: bool) -> frozenset[State]:
    """The stages that lie behind the task. One that goes on has been through all before its
    own; one that was withdrawn or merged may have ended at any of them."""
    if task.state not in {State.WITHDRAWN, State.MERGED}:
        return frozenset(WAY)
    reached = {
        State.DRAFT: True,
        State.DISPATCHED: task.dispatched_at,
        State.SEEN: task.seen_at,
        State.ACCEPTED: task.accepted_at,
        State.IN_PROGRESS: begun,
    }
    return frozenset(state for state, known in reached.items() if known)


#: Of tickets and whistles the sentences that differ.
_TURNS: Final[Mapping[tuple[str, str], str | Promise]] = {
    (Form.TICKET, State.DRAFT): gettext_lazy(
        "Received. %(asker)s has to dispatch it or to answer it itself."
    ),
    (Form.TICKET, State.DONE): gettext_lazy(
        "%(lead)s has answered; whoever asked can read it. %(asker)s has to close it."
    ),
    (Form.TICKET, State.CONFIRMED): gettext_lazy(
        "Closed. %(asker)s may call back; whoever asked may evaluate or reopen it."
    ),
    (Form.WHISTLE, State.DISPATCHED): gettext_lazy("%(asker)s called %(lead)s to the place."),
    (Form.WHISTLE, State.SEEN): gettext_lazy("%(lead)s has seen the call and has to come."),
    (Form.WHISTLE, State.ACCEPTED): gettext_lazy("%(lead)s is on the way."),
    (Form.WHISTLE, State.IN_PROGRESS): gettext_lazy(
        "%(lead)s is on site and works under %(asker)s. Not done, not leaving."
    ),
    (Form.WHISTLE, State.DONE): gettext_lazy(
        "%(lead)s reports it as done; %(asker)s closes the call."
    ),
    (Form.WHISTLE, State.CONFIRMED): gettext_lazy(
        "%(asker)s closed the call and evaluates the help."
    ),
}


def turn(task: Task) -> str:
    """Whose turn it is, in one sentence."""
    names = {"asker": task.asker.name, "lead": task.lead.name}
    special = _TURNS.get((task.form, task.state))
    if special is not None:
        return str(special) % names
    match task.state:
        case State.DRAFT:
            said = gettext("A draft: only %(asker)s sees it until it is dispatched to %(lead)s.")
        case State.DISPATCHED:
            said = gettext("%(lead)s has not opened it yet.")
        case State.SEEN:
            said = gettext("%(lead)s has seen it and has to accept or refuse.")
        case State.ACCEPTED:
            said = gettext("%(lead)s has accepted and will begin.")
        case State.IN_PROGRESS:
            said = gettext("%(lead)s is working on it.")
        case State.BLOCKED:
            said = gettext("%(lead)s cannot go on:")
        case State.DONE:
            said = gettext("%(lead)s reports it as done; %(asker)s has to confirm.")
        case State.CONFIRMED:
            said = gettext("%(asker)s has confirmed the result. The task is closed.")
        case State.REFUSED:
            said = gettext("%(lead)s refused; %(asker)s decides what follows. The reason:")
        case State.RETURNED:
            said = gettext("%(lead)s returned it; %(asker)s decides what follows. The reason:")
        case State.OBJECTED:
            said = gettext("%(lead)s objected; %(asker)s or a unit above reviews it. The reason:")
        case State.WITHDRAWN:
            said = gettext("%(asker)s withdrew it. The reason:")
        case _:
            said = gettext("It repeats another task, which goes on for both.")
    return said % names
