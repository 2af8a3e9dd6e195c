"""Whatever is promised, taken back and received in whatever order: sums and states follow from
the commitments, nothing is received twice, and nobody gives more than the maximum unasked."""

from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.models import Commitment

from .conftest import AT, DAY, Asking, Giving, line

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "give", "receive", "short", "back"]),
        st.integers(1, 70),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=7,
)


class _Undo(Exception):
    pass


@settings(
    derandomize=True, max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(steps=STEPS)
def test_states_follow_from_lines(
    cast: Cast, ask: Asking, give: Giving, steps: list[tuple[str, int, int]]
) -> None:
    try:
        with transaction.atomic():
            _play(cast, ask, give, steps)
            raise _Undo
    except _Undo:
        pass


def _play(cast: Cast, ask: Asking, give: Giving, steps: list[tuple[str, int, int]]) -> None:
    need = ask(("mask-n95", 100))
    made: list[Commitment] = []
    for verb, amount, which in steps:
        one = made[which % len(made)] if made else None
        received = line(need).received
        try:
            with transaction.atomic():
                if verb == "give":
                    made.append(give(need, amount))
                elif one is not None and verb == "back":
                    withdraw_commitment(commitment=one, reason="x", by=cast.ye, at=AT + DAY)
                elif one is not None:
                    confirm_received(
                        commitment=one, quantity=None if verb == "receive" else amount,
                        difference_reason="x", by=cast.mei, at=AT + DAY,
                    )  # fmt: skip
        except Refusal:
            assert line(need).received == received
        _check(need)


def _check(need: object) -> None:
    held = line(need)  # type: ignore[arg-type]
    given = list(Commitment.objects.filter(line=held, withdrawn_at=None))
    came = sum((one.received or Decimal(0) for one in given), Decimal(0))
    promised = sum(
        (one.quantity if one.received_at is None else one.received or 0 for one in given),
        Decimal(0),
    )
    asked = Decimal(100)
    expected = (
        "met" if came >= asked
        else "partly_met" if came
        else "committed" if promised >= asked
        else "partly_committed" if promised
        else "open"
    )  # fmt: skip
    assert (held.received, held.committed) == (came, promised)
    assert (held.state, held.unmet) == (expected, max(asked - promised, Decimal(0)))
    over = sum((one.quantity for one in given if one.received_at is None), Decimal(0))
    assert over <= asked
