"""Kinds of places, movements and accounts, and the reasons of differences."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SiteKind(models.TextChoices):
    """What sort of place goods lie in."""

    WAREHOUSE = "warehouse", _("warehouse")
    HOSPITAL_STORE = "hospital_store", _("hospital store")
    COMMUNITY_POINT = "community_point", _("community point")
    FACTORY_STORE = "factory_store", _("factory store")
    TRANSIT_HUB = "transit_hub", _("transit hub")
    OTHER = "other", _("other")


class MovementKind(models.TextChoices):
    """What happened to the goods."""

    RECEIVE = "receive", pgettext_lazy("stock", "received")
    ISSUE = "issue", _("issued")
    MOVE = "move", _("moved")
    COUNT = "count", _("count difference")
    DISCARD = "discard", _("discarded")
    CONVERT = "convert", _("kit made or opened")


class AccountKind(models.TextChoices):
    """Where goods can be: in a store, on the way, or outside of what is kept here."""

    SITE = "site", _("store")
    TRANSIT = "transit", _("on the way")
    SUPPLIER = "supplier", _("supplier")
    DONOR = "donor", _("donor")
    OPENING = "opening", _("opening stock")
    USED = "used", _("used")
    LOST = "lost", _("lost")
    DISCARDED = "discarded", _("discarded")
    DIFFERENCE = "difference", _("count difference")
    CONVERSION = "conversion", _("kits made and opened")


#: Accounts that hold goods: what they have can never fall below nothing.
HOLDING: Final = frozenset({AccountKind.SITE, AccountKind.TRANSIT})
#: Where goods come from when they are received.
ORIGINS: Final = (AccountKind.SUPPLIER, AccountKind.DONOR, AccountKind.OPENING)
#: Where they go when they are issued.
ENDS: Final = (AccountKind.USED, AccountKind.LOST)


class DifferenceReason(models.TextChoices):
    """Why a count found something else than the books."""

    UNRECORDED_ISSUE = "unrecorded_issue", _("issued without being recorded")
    UNRECORDED_RECEIPT = "unrecorded_receipt", _("received without being recorded")
    MISCOUNTED = "miscounted", _("counted wrongly before")
    DAMAGED = "damaged", _("damaged")
    EXPIRED = "expired", _("expired and thrown away")
    LOST = "lost", _("missing")
    OTHER = "other", _("other")
