from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.actions.change import begin, record
from tongzhou.allocations.actions.draft_allocation import take_up
from tongzhou.allocations.acts import ALLOCATION_ASKED
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation
from tongzhou.kernel.errors import Conflict

TASK = "allocations.compute"


class AlreadyComputing(Conflict):
    """It is being computed."""

    code = "allocation-computing"
    message = _("%(reference)s is being computed already.")


def compute_allocation(*, allocation: Allocation, by: Post, at: datetime) -> Allocation:
    """Takes up anew what is needed and free now and asks the worker for the best plan; a plan
    that was there, with the lines that people changed, is given up.

    Raises NotFound, NotAllowed, AllocationOver, AlreadyComputing, NothingNeeded, NothingToGive,
    TooMuchChosen.
    """
    with transaction.atomic():
        held = begin(allocation, by=by, word=ALLOCATION_DRAFT)
        if held.state == State.COMPUTING:
            raise AlreadyComputing(reference=held.reference)
        take_up(held, by=by, at=at)
        held.lines.all().delete()
        held.state, held.run, held.progress = State.COMPUTING, held.run + 1, 0
        held.result = held.chosen = held.computed_at = held.min_fill = None
        held.error, held.asked_at = "", at
        held.save()
        app.configure_task(TASK).defer(allocation=str(held.id), run=held.run)
        record(ALLOCATION_ASKED, allocation=held, by=by, at=at, data={"run": held.run})
    return held
