"""What must not be shown."""

from actscope.disclosure import Suppressed, suppressed_cells


def units(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def test_few_units_are_suppressed_and_none_tell_nothing() -> None:
    cells = {"a": units(1, 2), "b": units(), "c": units(1, 2, 3), "d": units(3, 4)}

    assert suppressed_cells(cells) == {"a": Suppressed.FEW, "d": Suppressed.FEW}


def test_a_single_suppressed_cell_takes_the_smallest_other_with_it() -> None:
    cells = {"a": units(1, 2), "b": units(1, 2, 3, 4), "c": units(1, 2, 3)}

    assert suppressed_cells(cells) == {"a": Suppressed.FEW, "c": Suppressed.PAIRED}


def test_what_is_not_shown_at_all_must_not_come_out_by_subtraction() -> None:
    cells = {"a": units(1, 2, 3)}

    assert suppressed_cells(cells, unshown=units(1, 2)) == {"a": Suppressed.PAIRED}
    assert suppressed_cells(cells, unshown=units(1, 2, 3)) == {}


def test_the_limit_is_the_callers() -> None:
    assert suppressed_cells({"a": units(1)}, at_least=1) == {}
