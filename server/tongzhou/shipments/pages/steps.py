"""The acts on a shipment as a post meets them: which are open to it now, and which comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY, SHIPMENT_RECEIVE, SHIPMENT_SEND, Word
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.cancel_shipment import cancel_shipment
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.pick_shipment import pick_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.actions.report_lost import report_lost
from tongzhou.shipments.actions.report_position import report_position
from tongzhou.shipments.actions.take_back_shipment import take_back_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.choices import BEFORE_LEAVING, MOVING, State
from tongzhou.shipments.forms.steps import (
    CountForm,
    LoadForm,
    PickForm,
    PositionForm,
    ReasonForm,
    ReceiveForm,
    StepForm,
)
from tongzhou.shipments.models import Shipment

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One act: its address's verb, what its button says, when and by whom it can be done, its
    form (None: one tap), and what is said afterwards. ``main``: it moves the shipment on."""

    verb: str
    label: Words
    icon: str
    act: Callable[..., Shipment]
    states: tuple[State, ...]
    word: Word
    sides: tuple[str, ...]
    said: Words
    form: type[StepForm] | None = None
    hint: Words = ""
    main: bool = True
    danger: bool = False

    @property
    def asks(self) -> bool:
        """True when it needs more than one tap."""
        return self.form is not None


_ALL: Final = (
    Step(
        "pick", _("Pick the goods"), "checklist", pick_shipment, (State.PLANNED,),
        SHIPMENT_SEND, ("giver", "line"), _("Picked."), PickForm,
        _("Set the goods aside; write down where less was found than planned."),
    ),
    Step(
        "load", pgettext_lazy("of a shipment", "Load"), "package", load_shipment,
        (State.PICKED, State.PLANNED),
        SHIPMENT_SEND, ("giver", "line"), _("Loaded. The carrier can set off."), LoadForm,
        _("Write down what really went on the vehicle."),
    ),
    Step(
        "leave", _("Set off"), "truck-delivery", leave_shipment, (State.LOADED,),
        SHIPMENT_CARRY, ("carrier", "giver"), _("On the way. The receiver was told."),
    ),
    Step(
        "arrive", _("It has arrived"), "map-pin", arrive_shipment, (State.ON_THE_WAY, State.LOST),
        SHIPMENT_CARRY, ("carrier", "receiver", "giver"),
        _("Arrived. The receiver was asked to count."),
    ),
    Step(
        "receive", pgettext_lazy("of a shipment", "Receive"), "clipboard-check",
        receive_shipment, MOVING, SHIPMENT_RECEIVE, ("receiver",),
        _("Received. What is not as loaded waits for an explanation."), ReceiveForm,
        _("Count before you sign. What is not as loaded needs its reason."),
    ),
    Step(
        "take-back", _("Take it back"), "arrow-back-up", take_back_shipment,
        (State.RETURNING,), SHIPMENT_RECEIVE, ("giver",),
        _("Taken back into the store."), CountForm,
        _("Count what came back. What is not as loaded needs its reason."),
    ),
    Step(
        "position", _("Say where it is"), "map-pin", report_position,
        (State.ON_THE_WAY, State.RETURNING), SHIPMENT_CARRY, ("carrier", "giver"),
        _("The place is kept."), PositionForm, main=False,
    ),
    Step(
        "turn-back", _("Turn it back"), "arrow-back-up", turn_back_shipment, MOVING,
        SHIPMENT_CARRY, ("carrier", "giver", "receiver"),
        _("Turned back. The giver was told."), ReasonForm,
        _("The goods go back to the giver, who takes them into its store again."),
        main=False, danger=True,
    ),
    Step(
        "lost", _("Report it lost"), "alert-triangle", report_lost,
        (State.ON_THE_WAY, State.RETURNING), SHIPMENT_CARRY, ("carrier", "giver"),
        _("Reported lost. The carrier finds out what became of it."), ReasonForm,
        _("The goods stay on the carrier's account until it is known what became of them."),
        main=False, danger=True,
    ),
    Step(
        "cancel", _("Cancel the shipment"), "x", cancel_shipment, BEFORE_LEAVING,
        SHIPMENT_SEND, ("giver", "line"), _("Cancelled. What was reserved is free again."),
        ReasonForm, main=False, danger=True,
    ),
)  # fmt: skip
STEPS: Final = {step.verb: step for step in _ALL}


def may(step: Step, shipment: Shipment, post: Post) -> bool:
    """True when the post can do it now."""
    return (
        shipment.state in step.states
        and bool(shipment.relations_of(post) & set(step.sides))
        and permissions.allowed(by=post, word=word_of(step, shipment, post), on=shipment)
    )


def word_of(step: Step, shipment: Shipment, post: Post) -> Word:
    """The permission; to refuse at the gate is the receiver's, to turn round the carrier's."""
    refuses = step.verb == "turn-back" and post.unit_id == shipment.receiver_id
    return SHIPMENT_RECEIVE if refuses else step.word


@dataclass(frozen=True)
class Choice:
    """What a post can do now: the next step (None where it has to wait), and the others."""

    next: Step | None
    others: tuple[Step, ...]


def choice(shipment: Shipment, post: Post) -> Choice:
    """The steps that are open to the post. Of several the one that its side is for comes next:
    the receiver receives, without saying first that it has arrived."""
    open_now = [step for step in _ALL if may(step, shipment, post)]
    ahead = [step for step in open_now if step.main]
    if post.unit_id == shipment.receiver_id:
        ahead.sort(key=lambda step: step.verb != "receive")
    first = ahead[0] if ahead else None
    return Choice(first, tuple(step for step in open_now if step is not first))


def context(shipment: Shipment, post: Post) -> dict[str, Any]:
    """For the templates."""
    return {"choice": choice(shipment, post)}
