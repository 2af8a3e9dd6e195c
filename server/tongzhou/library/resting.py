"""What rests on a version of a template: the rooms above say it of their own objects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tongzhou.actors.models import Post


@dataclass(frozen=True)
class Resting:
    """Something that rests on a version: its name, address, and the item of the template that
    it cites ("" for the whole)."""

    label: str
    url: str
    version: UUID
    item: str = ""
    note: str = ""


@dataclass(frozen=True)
class Rests:
    """All of one sort: "Measures in force", with how many there are where not all are given."""

    title: str
    rows: Sequence[Resting]
    total: int


Finder = Callable[[Sequence[UUID], Post], Rests | None]
_FINDERS: list[Finder] = []


def rests_on_templates(find: Finder) -> Finder:
    """Registers who knows what rests on versions: given their ids and who is looking, it
    returns what that post may see, at most some dozens, or None."""
    _FINDERS.append(find)
    return find


def resting_on(versions: Sequence[UUID], *, visible_to: Post) -> list[Rests]:
    """Everything that rests on these versions, as far as the post may see it."""
    found = [find(versions, visible_to) for find in _FINDERS]
    return [rests for rests in found if rests is not None and rests.total]
