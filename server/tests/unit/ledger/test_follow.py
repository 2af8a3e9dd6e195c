"""Followers: in order, from where they were, repeating nothing that matters."""

from collections.abc import Sequence

import pytest
from unit.ledger.conftest import Seal, Write

from tongzhou.ledger import follow
from tongzhou.ledger.follow import Sealed
from tongzhou.ledger.models import Follower


class Reader:
    """Notes what it was given; breaks at a position when told to."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.break_at: int | None = None

    def __call__(self, acts: Sequence[Sealed]) -> None:
        for act in acts:
            if act.position == self.break_at:
                raise ZeroDivisionError
            self.seen.append(act.position)


def test_it_reads_sealed_acts_once_and_in_order(write: Write, seal: Seal) -> None:
    reader = Reader()
    for _ in range(5):
        write()
    seal()
    write()  # not sealed yet

    while follow.advance("reader", reader, limit=2):
        pass

    assert reader.seen == [1, 2, 3, 4, 5]
    assert Follower.objects.get(name="reader").position == 5


def test_it_goes_on_after_a_crash_where_it_was(write: Write, seal: Seal) -> None:
    reader = Reader()
    for _ in range(4):
        write()
    seal()
    follow.advance("reader", reader, limit=2)
    reader.break_at = 4

    with pytest.raises(ZeroDivisionError):
        follow.advance("reader", reader)
    reader.break_at = None
    reader.seen.clear()
    follow.advance("reader", reader)

    assert reader.seen == [3, 4]


def test_two_followers_do_not_disturb_each_other(write: Write, seal: Seal) -> None:
    one, two = Reader(), Reader()
    write()
    seal()

    follow.advance("one", one)
    write()
    seal()
    follow.advance("two", two)

    assert (one.seen, two.seen) == ([1], [1, 2])


def test_a_name_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "_FOLLOWERS", {"notices": lambda acts: None})

    with pytest.raises(ValueError, match="twice"):
        follow.follower("notices", title="Notices")(lambda acts: None)


def test_the_head_is_the_last_position(write: Write, seal: Seal) -> None:
    assert follow.head() == 0
    write()
    seal()

    assert follow.head() == 1
    assert [act.position for act in follow.after(0)] == [1]
