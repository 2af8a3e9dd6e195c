"""The words that packages, requests, offers and agreements choose from."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a package does."""

    TESTING = "testing", _("testing and sampling")
    TRACING = "tracing", _("tracing of contacts")
    MEDICAL = "medical", pgettext_lazy("of a package", "medical care")
    DISINFECTION = "disinfection", _("disinfection")
    LOGISTICS = "logistics", pgettext_lazy("of a package", "transport and logistics")
    SUPPLIES = "supplies", pgettext_lazy("of a package", "supplies")
    COMMAND = "command", _("command and information")
    OTHER = "other", pgettext_lazy("of a package", "other")


class Part(models.TextChoices):
    """What a line of a package is."""

    PEOPLE = "people", _("people")
    GOODS = "goods", pgettext_lazy("of a package", "goods")
    EQUIPMENT = "equipment", pgettext_lazy("of a package", "equipment")


class Answer(models.TextChoices):
    """What a unit that was asked said."""

    WAITING = "waiting", _("has not answered")
    OFFERED = "offered", pgettext_lazy("of aid", "offers")
    DECLINED = "declined", _("cannot help")


class OfferState(models.TextChoices):
    """Where an offer stands."""

    MADE = "made", _("waits for the asking region")
    TAKEN = "taken", pgettext_lazy("of an offer of aid", "taken")
    DECLINED = "declined", _("not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an offer of aid", "withdrawn")


class AgreementState(models.TextChoices):
    """Where an agreement stands. Only in force it binds anybody."""

    DRAFT = "draft", _("waits for signatures")
    FORCE = "force", pgettext_lazy("of an agreement", "in force")
    CANCELLED = "cancelled", pgettext_lazy("of an agreement", "cancelled")


class Payment(models.TextChoices):
    """Who pays."""

    ASKER = "asker", _("the asking region pays what was agreed")
    GIFT = "gift", _("a gift: nothing is paid")


class Liability(models.TextChoices):
    """Who answers for harm done in the work."""

    ASKER = "asker", _("the asking region is liable")
    OFFERER = "offerer", _("the sending region is liable")
    EACH = "each", _("each side is liable for its own people")


class CostState(models.TextChoices):
    """Where a claim of cost stands."""

    CLAIMED = "claimed", _("waits for the asking region")
    ASKED = "asked", _("payment asked for")
    PAID = "paid", pgettext_lazy("of the cost of aid", "paid")
    REFUSED = "refused", pgettext_lazy("of the cost of aid", "refused")
    GIVEN = "given", _("given as a gift")


#: What binds the agreed sum: neither refused nor given away.
LIVING: Final = (CostState.CLAIMED, CostState.ASKED, CostState.PAID)
