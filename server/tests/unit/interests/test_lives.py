"""Random lives of a mediation: in whatever order things are tried, terms hold only with both
consents to them, and no more is promised than was agreed."""

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.interests.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.decide_conflict import decide_conflict
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.promise_compensation import promise_compensation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.receive_compensation import receive_compensation
from tongzhou.interests.actions.waive_compensation import waive_compensation
from tongzhou.interests.models import Compensation, Conflict
from tongzhou.kernel.errors import Refusal

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["open", "propose", "agree", "agree", "refuse", "close", "fail", "decide", "promise",
             "promise", "receive", "waive"]
        ),
        st.integers(min_value=0, max_value=1),
        st.integers(min_value=1, max_value=60),
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


def _step(cast: Cast, conflict: Conflict, what: str, side: int, amount: int) -> None:
    sides = (cast.pan, cast.chu)
    by, other = sides[side], sides[1 - side]
    promised = Compensation.objects.order_by("-number").first()
    match what:
        case "open":
            open_mediation(conflict=conflict, mediator=cast.ye.unit, by=by, at=AT)
        case "propose":
            propose_terms(
                conflict=conflict, outcome="settled", terms="T", agreed=amount, by=cast.ye, at=AT
            )
        case "agree" | "refuse":
            answer_terms(conflict=conflict, agreed=what == "agree", reason="R", by=by, at=AT)
        case "close" | "fail":
            close_mediation(conflict=conflict, failed=what == "fail", reason="R", by=cast.ye, at=AT)
        case "decide":
            decide_conflict(conflict=conflict, terms="T", agreed=amount, by=cast.shen, at=AT)
        case "promise":
            promise_compensation(
                conflict=conflict, receiver=other.unit, means="goods", amount=amount,
                due_at=AT + DAY, by=by, at=AT,
            )  # fmt: skip
        case "receive" if promised is not None:
            receive_compensation(compensation=promised, by=by, at=AT)
        case "waive" if promised is not None:
            waive_compensation(compensation=promised, reason="R", by=by, at=AT)


def _holds(conflict: Conflict) -> None:
    conflict.refresh_from_db()
    living = Compensation.objects.exclude(state="waived").aggregate(all=Sum("amount"))["all"] or 0
    assert living <= conflict.agreed
    assert (conflict.ended_at is not None) == (conflict.state in ("settled", "decided"))
    assert conflict.mediations.filter(closed_at=None).count() == (conflict.state == "mediating")
    if conflict.state == "settled":
        last = conflict.mediations.get()
        agreed = last.consents.filter(round=last.round, agreed=True).values_list("unit", flat=True)
        assert set(agreed) == {unit.id for unit in conflict.units}
        assert (conflict.terms, conflict.agreed) == (last.terms, last.agreed)


@given(life=STEPS)
@settings(
    derandomize=True, max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_nothing_holds_without_both_and_nothing_is_promised_beyond(
    cast: Cast, conflict: Conflict, life: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        for what, side, amount in life:
            try:
                _step(cast, conflict, what, side, amount)
            except Refusal:
                continue
            finally:
                _holds(conflict)
        transaction.set_rollback(True)
    conflict.refresh_from_db()
