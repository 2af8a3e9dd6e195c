"""Random lives of agreements: whatever is tried in whatever order, nobody is sent without both
signatures, everybody who was sent is somewhere, and nothing is paid beyond what was agreed."""

import contextlib
from collections.abc import Callable

from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.aid.conftest import AT, DAY, HOUR, TODAY, called, offered

from tongzhou.aid.actions.amend_agreement import amend_agreement
from tongzhou.aid.actions.ask_payment import ask_payment
from tongzhou.aid.actions.cancel_agreement import cancel_agreement
from tongzhou.aid.actions.claim_cost import CostItem, claim_cost
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.give_cost import give_cost
from tongzhou.aid.actions.refuse_cost import refuse_cost
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.aid.models import Agreement, Cost, Deployment
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.models import Fund
from tongzhou.kernel.errors import Refusal

LATER = AT + DAY
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["asker", "offerer", "send", "arrive", "release", "home", "claim", "pay", "refuse",
             "give", "amend", "cancel"]
        ),
        st.integers(min_value=1, max_value=3),
    ),
    min_size=6,
    max_size=22,
)  # fmt: skip
Life = list[tuple[str, int]]


def lived(cast: Cast, fund: Fund, life: Life) -> None:
    """Does what it can of a life; what is refused leaves nothing."""
    call = called(cast)
    agreement = draft_agreement(offer=offered(cast, call, cost=600), by=cast.he, at=AT + 2 * HOUR)

    def stay(n: int) -> Deployment:
        return Deployment.objects.order_by("position")[n % max(1, Deployment.objects.count())]

    def cost(n: int) -> Cost:
        return Cost.objects.order_by("number")[n % max(1, Cost.objects.count())]

    def pay(n: int) -> None:
        spending = ask_payment(cost=cost(n), fund=fund, by=cast.he, at=LATER).spending
        assert spending is not None
        approved = max(1, spending.amount // n)
        approve_spending(spending=spending, amount=approved, by=cast.shen, at=LATER)
        pay_spending(spending=spending, by=cast.he, at=LATER)

    doing: dict[str, Callable[[int], object]] = {
        "asker": lambda n: sign_agreement(agreement=agreement, by=cast.he, at=LATER),
        "offerer": lambda n: sign_agreement(agreement=agreement, by=cast.lou, at=LATER),
        "send": lambda n: deploy(agreement=agreement, count=n, by=cast.xia, at=LATER),
        "arrive": lambda n: confirm_arrival(deployment=stay(n), count=n, by=cast.he, at=LATER),
        "release": lambda n: release(deployment=stay(n), count=n, by=cast.he, at=LATER),
        "home": lambda n: confirm_home(deployment=stay(n), count=n, by=cast.xia, at=LATER),
        "claim": lambda n: claim_cost(
            agreement=agreement, lines=[CostItem("Fuel", 250 * n)], by=cast.xia, at=LATER
        ),
        "pay": pay,
        "refuse": lambda n: refuse_cost(cost=cost(n), reason="R", by=cast.he, at=LATER),
        "give": lambda n: give_cost(cost=cost(n), reason="R", by=cast.xia, at=LATER),
        "amend": lambda n: amend_agreement(
            agreement=agreement, count=n, cost=300 * n, ends_on=TODAY + (12 + n) * DAY,
            reason="R", by=cast.xia, at=LATER,
        ),
        "cancel": lambda n: cancel_agreement(
            agreement=agreement, reason="R", by=cast.he, at=LATER
        ),
    }  # fmt: skip
    for step, n in [("asker", 1), *life]:
        needs = {"arrive": Deployment, "release": Deployment, "home": Deployment,
                 "pay": Cost, "refuse": Cost, "give": Cost}.get(step)  # fmt: skip
        if needs is not None and not needs._default_manager.exists():
            continue
        with contextlib.suppress(Refusal):
            doing[step](n)
        assert wrongs(agreement) == []


def wrongs(agreement: Agreement) -> list[str]:
    """What does not hold."""
    agreement.refresh_from_db()
    stays = list(Deployment.objects.all())
    both = agreement.versions.filter(
        number=agreement.version, asker_signed_at__isnull=False, offerer_signed_at__isnull=False
    ).exists()
    found = []
    if stays and not both:
        found.append("sent without both signatures")
    if agreement.sent != sum(one.sent for one in stays) or agreement.sent > agreement.count:
        found.append("more were sent than agreed")
    for one in stays:
        if one.sent != one.on_the_way + one.here + one.released:
            found.append("somebody is nowhere")
        if min(one.on_the_way, one.here, one.going_home) < 0:
            found.append("somebody came who never left")
    living = Cost.objects.filter(state__in=("claimed", "asked"))
    paid = Cost.objects.filter(state="paid").aggregate(sum=Sum("paid"))["sum"] or 0
    claimed = living.aggregate(sum=Sum("total"))["sum"] or 0
    if agreement.paid != paid or agreement.claimed != claimed + paid:
        found.append("the sums are not those of the claims")
    if not paid <= agreement.claimed <= agreement.cost:
        found.append("more was claimed or paid than agreed")
    return found


def test_random_lives_keep_the_agreement(cast: Cast, fund: Fund) -> None:
    @settings(
        derandomize=True,
        max_examples=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(STEPS)
    def lives(life: Life) -> None:
        point = transaction.savepoint()
        try:
            lived(cast, fund, life)
        finally:
            transaction.savepoint_rollback(point)

    lives()
