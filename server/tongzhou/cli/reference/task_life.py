"""``tasks.md``: the life of a task."""

from collections.abc import Iterable

from tongzhou.cli.reference.bilingual import both
from tongzhou.cli.reference.markdown import code, codes, page, table
from tongzhou.tasks.models import CLOSED, State
from tongzhou.tasks.transitions import TRANSITIONS


def text() -> str:
    """The page."""
    states = []
    for state in State:
        en, zh = both(state.label)
        states.append([code(state.value), en, zh, "closed" if state in CLOSED else ""])
    acts = []
    for verb, transition in TRANSITIONS.items():
        for relations, sources in _grouped(transition.sources.items()):
            acts.append(
                [
                    code(verb),
                    code(transition.word.name),
                    codes(relations),
                    _states(sources),
                    code(transition.to.value) if transition.to else "as it was",
                ]
            )
    return page(
        "The life of a task",
        "A task stands in one of these states.",
        table(["state", "name", "名称", ""], states),
        "Which act is open to a unit in which relation, from which states, and where it leads. "
        "The role of the post must hold the word as well (see [permissions](permissions.md)). "
        "When the lead sees a dispatched task, it becomes `seen`.",
        table(["act", "word", "unit is", "from", "to"], acts),
    )


def _grouped(
    sources: Iterable[tuple[str, frozenset[State]]],
) -> list[tuple[list[str], frozenset[State]]]:
    """Relations from which the same states are open, together."""
    groups: dict[frozenset[State], list[str]] = {}
    for relation, states in sources:
        groups.setdefault(states, []).append(relation)
    return [(relations, states) for states, relations in groups.items()]


def _states(states: frozenset[State]) -> str:
    missing = [state for state in State if state not in states]
    if not missing:
        return "any"
    if len(missing) <= 2:
        return "any but " + codes(state.value for state in missing)
    return codes(state.value for state in State if state in states)
