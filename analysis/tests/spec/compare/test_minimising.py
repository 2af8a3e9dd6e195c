"""The shortest expressions, on tables that can be minimised with a pencil."""

import numpy as np

from actscope.compare.minimising import (
    MOST_MODELS,
    Term,
    minimised,
    prime_implicants,
    shortest_covers,
)
from actscope.compare.solutions import easy_counterfactuals

A, B, C = 0b100, 0b010, 0b001


def test_two_neighbours_become_one_term() -> None:
    # AB + A~B = A
    assert minimised({0b11, 0b10}, {0b00, 0b01}, 2).models == ((Term(0b10, 0b10),),)


def test_two_opposites_stay_two_terms() -> None:
    found = minimised({0b11, 0b00}, {0b01, 0b10}, 2)

    assert found.models == ((Term(0b11, 0b11), Term(0b11, 0b00)),)
    assert found.complete


def test_the_consensus_term_is_prime_and_not_needed() -> None:
    # AB + ~AC has the third prime implicant BC, which covers nothing of its own.
    positive = {0b110, 0b111, 0b001, 0b011}

    primes = prime_implicants(sorted(positive), set(range(8)) - positive, 3)

    assert set(primes) == {Term(A | B, A | B), Term(A | C, C), Term(B | C, B | C)}
    assert minimised(positive, set(range(8)) - positive, 3).models == (
        (Term(A | B, A | B), Term(A | C, C)),
    )


def test_all_equally_short_models_are_given() -> None:
    # The cyclic chart: all but ~A~B~C and ABC; three of six primes do, in two ways.
    found = minimised(set(range(1, 7)), {0, 7}, 3)

    assert [len(model) for model in found.models] == [3, 3]
    assert found.complete


def test_what_is_not_excluded_may_be_used() -> None:
    # ABC has it, ~A~B~C does not: each condition alone would do.
    found = minimised({0b111}, {0b000}, 3)

    assert found.models == ((Term(A, A),), (Term(B, B),), (Term(C, C),))


def test_more_models_than_are_listed_are_owned_up_to() -> None:
    found = minimised({0b1111_1111_1111}, {0}, 12)

    assert len(found.models) == MOST_MODELS
    assert not found.complete


def test_the_smallest_cover_may_leave_out_the_largest_set() -> None:
    # The set of four first would take three; the two of three do.
    chart = np.array(
        [[0, 1, 0], [1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1], [0, 0, 1]], dtype=np.bool_
    )

    assert shortest_covers(chart) == ([[1, 2]], True)


def test_an_easy_counterfactual_drops_what_stands_against_expectation() -> None:
    # A~BC shows it, and A alone is the parsimonious term. B should help, so ABC is easy; C is
    # expected too and stays.
    narrow, wide = [Term(A | B | C, A | C)], [Term(A, A)]

    assert easy_counterfactuals(narrow, wide, 8, (1, 1, 1)) == {0b101, 0b111}
    assert easy_counterfactuals(narrow, wide, 8, (1, None, 1)) == {0b101}
    assert easy_counterfactuals(narrow, wide, 8, (1, 0, 0)) == {0b101, 0b100}
