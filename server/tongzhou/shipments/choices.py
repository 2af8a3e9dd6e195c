"""Where a shipment stands, how what came differs from what was loaded, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a shipment stands. Nobody types it: the database works it out from the times of
    the acts."""

    PLANNED = "planned", pgettext_lazy("of a shipment", "planned")
    PICKED = "picked", pgettext_lazy("of a shipment", "picked")
    LOADED = "loaded", pgettext_lazy("of a shipment", "loaded")
    ON_THE_WAY = "on_the_way", pgettext_lazy("of a shipment", "on the way")
    ARRIVED = "arrived", pgettext_lazy("of a shipment", "arrived")
    RECEIVED = "received", pgettext_lazy("of a shipment", "received")
    RETURNING = "returning", pgettext_lazy("of a shipment", "on the way back")
    RETURNED = "returned", pgettext_lazy("of a shipment", "taken back")
    LOST = "lost", pgettext_lazy("of a shipment", "lost")
    CANCELLED = "cancelled", pgettext_lazy("of a shipment", "cancelled")


#: Goods still stand in the giver's site, reserved.
BEFORE_LEAVING = (State.PLANNED, State.PICKED, State.LOADED)
#: Goods are between two hands and are expected by the receiver.
MOVING = (State.ON_THE_WAY, State.ARRIVED)
#: Somebody still has something to do.
UNDER_WAY = (*BEFORE_LEAVING, *MOVING, State.RETURNING, State.LOST)


class Kind(models.TextChoices):
    """How what came differs from what was loaded."""

    LESS = "less", pgettext_lazy("of a difference", "less than loaded")
    MORE = "more", pgettext_lazy("of a difference", "more than loaded")
    DAMAGED = "damaged", pgettext_lazy("of a difference", "damaged")
    LOST = "lost", pgettext_lazy("of a difference", "lost on the way")


class Cause(models.TextChoices):
    """What became of it, and so into which account it goes."""

    LOST = "lost", _("gone for good")
    SPOILT = "spoilt", _("spoilt, thrown away")
    NOT_LOADED = "not_loaded", _("never loaded: it still stands in the giver's store")
    FOUND = "found", _("found at the receiver after all")
    LOADED_MORE = "loaded_more", _("more was loaded than written down")
    UNKNOWN_SOURCE = "unknown_source", _("nobody knows where it came from")


#: What can have become of each kind of difference.
CAUSES: dict[str, tuple[Cause, ...]] = {
    Kind.LESS: (Cause.LOST, Cause.SPOILT, Cause.NOT_LOADED, Cause.FOUND),
    Kind.DAMAGED: (Cause.SPOILT, Cause.FOUND),
    Kind.LOST: (Cause.LOST, Cause.SPOILT, Cause.NOT_LOADED),
    Kind.MORE: (Cause.LOADED_MORE, Cause.UNKNOWN_SOURCE),
}
