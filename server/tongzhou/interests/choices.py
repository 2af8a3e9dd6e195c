"""The words that stakes, conflicts and compensations choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Clash(models.TextChoices):
    """What a conflict is about."""

    COST = "cost", _("who bears the cost")
    WORKLOAD = "workload", _("who does the work")
    GOODS = "goods", _("goods and places")
    ACCESS = "access", _("passage and access")
    POWERS = "powers", _("powers and responsibility")
    INFORMATION = "information", pgettext_lazy("of a conflict", "information")
    RIGHTS = "rights", _("rights and dignity")
    OTHER = "other", pgettext_lazy("of a conflict", "other")


class Severity(models.IntegerChoices):
    """How much a conflict hurts the work."""

    SLIGHT = 1, pgettext_lazy("severity of a conflict", "slight")
    SERIOUS = 2, pgettext_lazy("severity of a conflict", "serious")
    BLOCKING = 3, pgettext_lazy("severity of a conflict", "work stands still")


class ConflictState(models.TextChoices):
    """Where a conflict stands."""

    OPEN = "open", pgettext_lazy("of a conflict", "open")
    MEDIATING = "mediating", _("in mediation")
    SETTLED = "settled", _("settled")
    PARTLY = "partly", _("settled in part")
    FAILED = "failed", _("for the line to decide")
    DECIDED = "decided", _("decided by the line")
    WITHDRAWN = "withdrawn", pgettext_lazy("of a conflict", "withdrawn")


#: A conflict that somebody still has to do something about.
LIVING = (ConflictState.OPEN, ConflictState.MEDIATING, ConflictState.FAILED)
#: One in which something was agreed or decided.
ENDED = (ConflictState.SETTLED, ConflictState.PARTLY, ConflictState.DECIDED)


class Outcome(models.TextChoices):
    """What terms would come to."""

    SETTLED = "settled", _("settled")
    PARTLY = "partly", _("settled in part")


class Means(models.TextChoices):
    """What a compensation consists of."""

    MONEY = "money", pgettext_lazy("of a compensation", "money")
    GOODS = "goods", pgettext_lazy("of a compensation", "goods")
    PEOPLE = "people", _("people and hours")
    OTHER = "other", pgettext_lazy("of a compensation", "other")


class CompensationState(models.TextChoices):
    """Where a compensation stands."""

    PROMISED = "promised", pgettext_lazy("of a compensation", "promised")
    FULFILLED = "fulfilled", _("received")
    WAIVED = "waived", _("waived")
