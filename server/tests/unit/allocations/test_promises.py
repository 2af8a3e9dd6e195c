"""Whatever is changed by hand before: what is approved is there, and is needed."""

from contextlib import suppress
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongzhou.allocations.actions.approve_allocation import approve_allocation
from tongzhou.allocations.actions.change_line import change_line
from tongzhou.allocations.models import Allocation
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.needs.models import Commitment, NeedLine
from tongzhou.shipments.models import ShipmentLine
from tongzhou.stock.models import Balance

from .conftest import AT, DAY, HOUR

CHANGES = st.lists(st.tuples(st.integers(0, 2), st.integers(-5, 400)), max_size=4)


@given(changes=CHANGES)
@settings(
    derandomize=True, max_examples=5, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
def test_never_more_is_promised_than_is_free_or_needed(
    cast: Cast, ready: Allocation, changes: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        lines = list(ready.lines.select_related("item").order_by("computed"))
        for place, quantity in changes:
            line = lines[place]
            with suppress(Refusal):
                change_line(
                    allocation=ready, site=line.site_id, need_line=line.need_line_id,
                    item=line.item, quantity=quantity, reason="As it came", by=cast.lou, at=AT,
                )  # fmt: skip
        planned = ready.lines.aggregate(all=Sum("quantity"))["all"]
        if planned:
            approve_allocation(allocation=ready, due_at=AT + DAY, by=cast.lou, at=AT + HOUR)
        promised = Commitment.objects.aggregate(all=Sum("quantity"))["all"] or Decimal(0)
        shipped = ShipmentLine.objects.aggregate(all=Sum("planned"))["all"] or Decimal(0)
        kept = Balance.objects.aggregate(there=Sum("on_hand"), kept=Sum("reserved"))
        assert promised == planned == shipped == kept["kept"]
        assert promised <= 300
        assert not NeedLine.objects.filter(committed__gt=F("asked")).exists()
        # The next example begins as this one did.
        transaction.set_rollback(True)
