"""What holds for every truth table."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from actscope.compare.minimising import Term, minimised, prime_implicants

TABLES = (
    st.integers(1, 4)
    .flatmap(
        lambda k: st.tuples(
            st.just(k), st.lists(st.sampled_from([0, 1, None]), min_size=2**k, max_size=2**k)
        )
    )
    .filter(lambda table: 1 in table[1])
)


def configurations(term: Term, conditions: int) -> set[int]:
    return {c for c in range(1 << conditions) if c & term.mask == term.value}


@given(table=TABLES)
def test_models_hold_all_positives_and_nothing_excluded(
    table: tuple[int, list[int | None]],
) -> None:
    conditions, out = table
    positive = {i for i, value in enumerate(out) if value == 1}
    excluded = {i for i, value in enumerate(out) if value == 0}

    for model in minimised(positive, excluded, conditions).models:
        held = set().union(*(configurations(term, conditions) for term in model))
        assert positive <= held
        assert not held & excluded


@given(table=TABLES)
def test_no_cover_has_fewer_terms_and_no_term_can_lose_a_condition(
    table: tuple[int, list[int | None]],
) -> None:
    conditions, out = table
    positive = {i for i, value in enumerate(out) if value == 1}
    excluded = {i for i, value in enumerate(out) if value == 0}

    model = minimised(positive, excluded, conditions).models[0]
    primes = prime_implicants(sorted(positive), excluded, conditions)

    for fewer in combinations(primes, len(model) - 1):
        held = set().union(*(configurations(term, conditions) for term in fewer))
        assert not positive <= held
    for term in primes:
        for bit in (1 << i for i in range(conditions)):
            if term.mask & bit:
                wider = Term(term.mask & ~bit, term.value & ~bit)
                assert configurations(wider, conditions) & excluded
