"""What lines of shipments can be for. It lies in rooms above, which say so when they start::

@purpose("commitment")
def _commitments(ids, post):
    return {c.id: Purpose(str(c), c.address) for c in visible(post).filter(id__in=ids)}
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from tongzhou.actors.models import Post


@dataclass(frozen=True)
class Purpose:
    """One thing that goods are for, as a line names it; ``item`` is what alone may be sent for
    it (None: anything), ``receiver`` the only unit that may get it."""

    label: str
    url: str = ""
    item: UUID | None = None
    receiver: UUID | None = None


#: Finds the things of these ids that the post may see; others are left out.
Find = Callable[[Collection[UUID], Post], Mapping[UUID, Purpose]]
_KINDS: dict[str, Find] = {}
#: Is told, inside the transaction of the act, of which things more or less is on the way or was
#: received now.
Moved = Callable[[Collection[UUID]], None]
_MOVED: dict[str, Moved] = {}


def purpose(kind: str) -> Callable[[Find], Find]:
    """Registers how the things of a kind are found. Raises ValueError for a kind that is
    taken."""

    def register(find: Find) -> Find:
        if kind in _KINDS:
            raise ValueError(f"the purpose {kind!r} is registered twice")
        _KINDS[kind] = find
        return find

    return register


def known(kind: str) -> bool:
    """True when some room registered the kind."""
    return kind in _KINDS


def found(wanted: Collection[tuple[str, UUID]], post: Post) -> dict[tuple[str, UUID], Purpose]:
    """Those of the things (kind, id) that there are and the post may see; one look-up for
    each kind."""
    kinds: dict[str, set[UUID]] = {}
    for kind, named in wanted:
        kinds.setdefault(kind, set()).add(named)
    return {
        (kind, named): each
        for kind, ids in kinds.items()
        if kind in _KINDS
        for named, each in _KINDS[kind](ids, post).items()
    }


def moved(kind: str) -> Callable[[Moved], Moved]:
    """Registers who is told when goods for things of a kind leave, come, or turn back. Raises
    ValueError for a kind that is taken."""

    def register(tell: Moved) -> Moved:
        if kind in _MOVED:
            raise ValueError(f"two want to be told of {kind!r}")
        _MOVED[kind] = tell
        return tell

    return register


def tell_moved(lines: Collection[tuple[str, UUID]]) -> None:
    """Tells of the things (kind, id); whoever is told raises what undoes the act."""
    for kind, tell in _MOVED.items():
        named = {one for of, one in lines if of == kind}
        if named:
            tell(named)
