"""``acts.md``: every act type that a room declares."""

from tongzhou.cli.reference.markdown import code, page, table
from tongzhou.cli.reference.rooms import load_all, modules_named
from tongzhou.ledger.types import BASES, KINDS, ActType, declared


class DeclaredElsewhere(Exception):
    """An act type that stands in no room's ``acts`` module."""


def by_room() -> dict[str, list[ActType]]:
    """The act types of each room, in the order of its ``acts`` module. Raises
    DeclaredElsewhere."""
    load_all()
    found = {
        room: [value for value in vars(module).values() if isinstance(value, ActType)]
        for room, module in modules_named("acts").items()
    }
    placed = {act.name for types in found.values() for act in types}
    if strays := sorted(declared().keys() - placed):
        raise DeclaredElsewhere(", ".join(strays))
    return found


def text() -> str:
    """The page."""
    rooms = by_room()
    total = sum(len(types) for types in rooms.values())
    parts = [
        f"What can stand in the ledger: {total} types of act. A type is past tense, dotted, "
        "versioned, and never reused for another meaning. `{by}` is the unit that acted, "
        "`{with_units}` the units it acted with; other places are units in the act's data, and "
        "what stands in brackets is said where the act has them. An act without a kind is no "
        "collaboration (somebody looked, or kept the books).",
        "Kinds of collaboration: " + ", ".join(code(kind) for kind in KINDS) + ". "
        "Bases: " + ", ".join(code(basis) for basis in BASES) + ".",
    ]
    for room, types in rooms.items():
        rows = [[code(act.name), code(act.kind), act.en, act.zh] for act in types]
        parts += [f"## {room}", table(["type", "kind", "sentence", "句子"], rows)]
    return page("Act types", *parts)
