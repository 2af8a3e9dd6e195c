"""The life of a task as data: which act is open to whom, from which states, to which state.

Pages, API, bulk acts and the tests of the whole matrix read this table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongzhou.actors import vocabulary as words
from tongzhou.actors.vocabulary import Word
from tongzhou.tasks.models import CLOSED, OWNED, Form, State

ASKER, LEAD, ASSISTING, INFORMED, LINE = "asker", "lead", "assisting", "informed", "line"
#: Whoever holds the number of a ticket; no post ever stands to a task like this.
REQUESTER = "requester"
#: Relations of units that have to do with the task themselves, as against seeing it from above.
ACTIVE = frozenset({ASKER, LEAD, ASSISTING})

AT_LEAD = frozenset({State.DISPATCHED, State.SEEN})
IN_HAND = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.BLOCKED})
#: The asker has to decide what becomes of it.
WITH_ASKER = frozenset({State.DRAFT, State.REFUSED, State.RETURNED})
#: The clock runs for the lead: past its due time such a task is late.
RUNNING = AT_LEAD | IN_HAND
_FINISHED = frozenset({State.DONE, State.CONFIRMED})
_UNFINISHED = RUNNING | WITH_ASKER
_ENDED_EARLY = frozenset({State.WITHDRAWN, State.MERGED})
_EVERY_FORM = frozenset(Form)
_TICKET = frozenset({Form.TICKET})
_WHISTLE = frozenset({Form.WHISTLE})


@dataclass(frozen=True)
class Transition:
    """``sources``: relation → the states from which a unit so related may do it. ``to`` is
    None where the act leaves the state as it is; ``forms`` are those of which it is an act."""

    word: Word
    sources: Mapping[str, frozenset[State]]
    to: State | None = None
    forms: frozenset[Form] = _EVERY_FORM

    def open_to(self, relations: Iterable[str]) -> frozenset[State]:
        """The states from which a unit with these relations may do it."""
        return frozenset().union(*(self.sources.get(r, frozenset()) for r in relations))


def _from(states: Iterable[State], *relations: str) -> dict[str, frozenset[State]]:
    return dict.fromkeys(relations, frozenset(states))


TRANSITIONS: dict[str, Transition] = {
    "dispatch": Transition(words.TASK_DISPATCH, _from(WITH_ASKER, ASKER), State.DISPATCHED),
    # Only the lead's look changes the state; the others' is noted beside it.
    "see": Transition(
        words.TASK_SEE,
        {
            LEAD: frozenset({State.DISPATCHED}),
            **_from(frozenset(State) - CLOSED - {State.DRAFT}, ASSISTING, INFORMED),
        },
    ),
    "accept": Transition(
        words.TASK_ACCEPT, _from(AT_LEAD | {State.OBJECTED}, LEAD), State.ACCEPTED
    ),
    "refuse": Transition(words.TASK_REFUSE, _from(AT_LEAD, LEAD), State.REFUSED),
    "return": Transition(words.TASK_RETURN, _from(RUNNING, LEAD), State.RETURNED),
    "forward": Transition(
        words.TASK_FORWARD,
        {ASKER: _UNFINISHED, LEAD: RUNNING},
        State.DISPATCHED,
    ),
    "take": Transition(words.TASK_TAKE, _from(RUNNING, LEAD)),
    "release": Transition(words.TASK_TAKE, _from(RUNNING, LEAD)),
    "start": Transition(
        words.TASK_WORK, _from({State.ACCEPTED}, LEAD, ASSISTING), State.IN_PROGRESS
    ),
    "block": Transition(
        words.TASK_WORK,
        _from({State.ACCEPTED, State.IN_PROGRESS}, LEAD, ASSISTING),
        State.BLOCKED,
    ),
    "resume": Transition(
        words.TASK_WORK, _from({State.BLOCKED}, LEAD, ASSISTING), State.IN_PROGRESS
    ),
    "finish": Transition(words.TASK_FINISH, _from(IN_HAND, LEAD), State.DONE),
    "confirm": Transition(words.TASK_CONFIRM, _from({State.DONE}, ASKER), State.CONFIRMED),
    "reopen": Transition(
        words.TASK_REOPEN,
        _from(_FINISHED, ASKER, LEAD, ASSISTING, INFORMED, LINE, REQUESTER),
        State.IN_PROGRESS,
    ),
    "split": Transition(words.TASK_SPLIT, {ASKER: _UNFINISHED, LEAD: RUNNING}),
    "merge": Transition(words.TASK_MERGE, {ASKER: _UNFINISHED, LEAD: RUNNING}, State.MERGED),
    "withdraw": Transition(
        words.TASK_WITHDRAW, _from(_UNFINISHED | {State.OBJECTED}, ASKER), State.WITHDRAWN
    ),
    "edit": Transition(words.TASK_EDIT, _from(_UNFINISHED | {State.OBJECTED}, ASKER)),
    "comment": Transition(
        words.TASK_COMMENT, _from(frozenset(State), ASKER, LEAD, ASSISTING, INFORMED, LINE)
    ),
    "attach": Transition(
        words.TASK_ATTACH,
        _from(frozenset(State) - _ENDED_EARLY, ASKER, LEAD, ASSISTING),
    ),
    # The class says by when there must be an answer.
    "reclassify": Transition(
        words.TASK_EDIT, _from(_UNFINISHED | {State.OBJECTED}, ASKER), forms=_TICKET
    ),
    "urge": Transition(words.TASK_URGE, _from(RUNNING, ASKER, LINE)),
    "object": Transition(words.TASK_OBJECT, _from(AT_LEAD, LEAD), State.OBJECTED, OWNED),
    "review": Transition(
        words.TASK_REVIEW, _from({State.OBJECTED}, ASKER, LINE), State.DISPATCHED, OWNED
    ),
    "decide": Transition(
        words.TASK_REVIEW,
        _from(RUNNING | {State.REFUSED, State.RETURNED, State.OBJECTED}, LINE),
        State.DISPATCHED,
        OWNED,
    ),
    "arrive": Transition(
        words.TASK_ACCEPT, _from(AT_LEAD | {State.ACCEPTED}, LEAD), State.IN_PROGRESS, _WHISTLE
    ),
    "call_back": Transition(words.TICKET_CLOSE, _from({State.CONFIRMED}, ASKER), forms=_TICKET),
    "evaluate": Transition(words.TICKET_CLOSE, _from(_FINISHED, ASKER, REQUESTER), forms=OWNED),
}


def fits(verb: str, *, state: str, relations: Iterable[str], form: str = Form.TASK) -> bool:
    """True where a unit with these relations may do ``verb`` with a task of this form in this
    state (whether the role of the post may do it at all is a question for
    ``permissions.holds``)."""
    transition = TRANSITIONS[verb]
    return form in transition.forms and state in transition.open_to(relations)
