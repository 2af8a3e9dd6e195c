"""What can be done with an allocation, each as a form beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_APPROVE, ALLOCATION_DRAFT, Word
from tongzhou.allocations.actions.approve_allocation import approve_allocation
from tongzhou.allocations.actions.cancel_allocation import cancel_allocation
from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.choices import OPEN, State
from tongzhou.allocations.forms.allocations import ApproveForm, CancelForm, PlainForm
from tongzhou.allocations.models import Allocation


@dataclass(frozen=True)
class Step:
    """One act: the word it needs, its form, what it is called, what is said when it is done, and
    in which states it fits. ``folded``: not what is mostly done next."""

    word: Word
    act: Callable[..., Any]
    title: str | Promise
    said: str | Promise
    states: tuple[State, ...]
    form: type[PlainForm] = PlainForm
    icon: str = "check"
    hint: str | Promise = ""
    danger: bool = False

    def folded(self, allocation: Allocation) -> bool:
        """True where something else is done next."""
        return self.danger or (self.act is compute_allocation and allocation.state == State.READY)


STEPS: Final = {
    "approve": Step(
        ALLOCATION_APPROVE, approve_allocation, _("Approve"),
        _("Approved: everything is reserved, committed and planned to be shipped."),
        (State.READY,), ApproveForm, "check",
        _("Every line becomes reserved stock, a commitment and a planned shipment: all or "
          "nothing."),
    ),
    "compute": Step(
        ALLOCATION_DRAFT, compute_allocation, _("Compute"),
        _("It is being computed."), (State.DRAFT, State.READY, State.FAILED), PlainForm,
        "math-function",
        _("Needs and stores are taken up as they are now; changed lines are given up."),
    ),
    "cancel": Step(
        ALLOCATION_DRAFT, cancel_allocation, _("Cancel this allocation"), _("Cancelled."), OPEN,
        CancelForm, "x", danger=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Open:
    """A step that the post may take now, with its form."""

    name: str
    step: Step
    form: Form
    folded: bool


def opened(
    allocation: Allocation, *, post: Post, at: datetime, failed: tuple[str, Form] | None = None
) -> list[Open]:
    """The steps that fit, with their forms; the one that failed with its own."""
    found = []
    for name, step in STEPS.items():
        folded = step.folded(allocation)
        if failed is not None and failed[0] == name:
            found.append(Open(name, step, failed[1], folded))
        elif allocation.state in step.states and permissions.allowed(
            by=post, word=step.word, on=allocation
        ):
            found.append(Open(name, step, step.form(at=at), folded))
    return found
