"""The computing as a job, so that no page waits for it."""

from uuid import UUID

from procrastinate.contrib.django import app

from tongzhou.allocations.actions.compute_allocation import TASK
from tongzhou.allocations.actions.store_plan import store_failure, store_plan, tell_progress
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation
from tongzhou.allocations.solving import EngineFailed, solve
from tongzhou.kernel import clock


@app.task(name=TASK)
def compute(*, allocation: str, run: int, **_: object) -> None:
    """Computes one allocation; forgets it when it is gone, cancelled, or asked for anew."""
    wanted_id = UUID(allocation)
    found = Allocation.objects.filter(id=wanted_id, run=run, state=State.COMPUTING).first()
    if found is None:
        return

    def wanted(percent: int) -> bool:
        return tell_progress(allocation=wanted_id, run=run, percent=percent)

    try:
        result = solve(found.problem, found.objective, wanted=wanted)
    except EngineFailed as failed:
        store_failure(allocation=wanted_id, run=run, error=failed.said, at=clock.now())
        raise
    if result is not None:
        store_plan(allocation=wanted_id, run=run, result=result, at=clock.now())
