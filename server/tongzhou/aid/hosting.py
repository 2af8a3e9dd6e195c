"""How many people from outside a region lodges, day by day, against how many it can."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Stay:
    """So many people from a first to a last day, both included; ``sure``: they are here or on the
    way, not only agreed."""

    first: date
    last: date
    people: int
    sure: bool = True


@dataclass(frozen=True)
class Day:
    """A day: who is here or on the way, who else is agreed, and how many can be lodged (None:
    nobody said)."""

    day: date
    here: int
    agreed: int
    room: int | None

    @property
    def hosted(self) -> int:
        """All of them."""
        return self.here + self.agreed

    @property
    def beyond(self) -> int:
        """How many more than can be lodged."""
        return 0 if self.room is None else max(0, self.hosted - self.room)


def load(
    stays: Iterable[Stay], room: Sequence[tuple[date, int]], *, first: date, days: int
) -> list[Day]:
    """The load of each day from ``first`` on. ``room``: since when how many can be lodged, by
    day; each holds until the next."""
    known = list(stays)
    found = []
    for n in range(days):
        day = first + timedelta(days=n)
        there = [stay for stay in known if stay.first <= day <= stay.last]
        said = [people for since, people in room if since <= day]
        found.append(
            Day(
                day,
                here=sum(stay.people for stay in there if stay.sure),
                agreed=sum(stay.people for stay in there if not stay.sure),
                room=said[-1] if said else None,
            )
        )
    return found
