"""The life of a task as data: which act leads from which states to which state."""

from dataclasses import dataclass

from tongzhou.tasks.models import State

_AT_LEAD = frozenset({State.DISPATCHED, State.SEEN})
_IN_HAND = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.BLOCKED})
_WITH_ASKER = frozenset({State.DRAFT, State.REFUSED, State.RETURNED})


@dataclass(frozen=True)
class Transition:
    """``to`` is None where the act leaves the state as it is."""

    sources: frozenset[State]
    to: State | None


TRANSITIONS: dict[str, Transition] = {
    "dispatch": Transition(_WITH_ASKER, State.DISPATCHED),
    "see": Transition(frozenset({State.DISPATCHED}), State.SEEN),
    "accept": Transition(_AT_LEAD, State.ACCEPTED),
    "refuse": Transition(_AT_LEAD, State.REFUSED),
    "return": Transition(_AT_LEAD | _IN_HAND, State.RETURNED),
    "forward": Transition(_AT_LEAD | _IN_HAND | _WITH_ASKER, State.DISPATCHED),
    "start": Transition(frozenset({State.ACCEPTED}), State.IN_PROGRESS),
    "block": Transition(frozenset({State.ACCEPTED, State.IN_PROGRESS}), State.BLOCKED),
    "resume": Transition(frozenset({State.BLOCKED}), State.IN_PROGRESS),
    "finish": Transition(_IN_HAND, State.DONE),
    "confirm": Transition(frozenset({State.DONE}), State.CONFIRMED),
    "reopen": Transition(frozenset({State.DONE, State.CONFIRMED}), State.IN_PROGRESS),
    "withdraw": Transition(_WITH_ASKER | _AT_LEAD | _IN_HAND, State.WITHDRAWN),
    "merge": Transition(_WITH_ASKER | _AT_LEAD | _IN_HAND, State.MERGED),
    "split": Transition(_AT_LEAD | _IN_HAND | _WITH_ASKER, None),
    "take": Transition(_AT_LEAD | _IN_HAND, None),
    "urge": Transition(_AT_LEAD | _IN_HAND, None),
    "edit": Transition(_WITH_ASKER | _AT_LEAD | _IN_HAND, None),
    "comment": Transition(frozenset(State), None),
    "attach": Transition(frozenset(State) - {State.WITHDRAWN, State.MERGED}, None),
}
