"""Words of this room that stand in tables and addresses."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Objective(models.TextChoices):
    """What a plan makes as good as it can be."""

    MAX_MIN = "max_min", _("Who gets least gets as much as possible")
    PROPORTIONAL = "proportional", _("The same share for everybody")
    PRIORITY = "priority", _("The most urgent first")


class State(models.TextChoices):
    """Where an allocation stands."""

    DRAFT = "draft", pgettext_lazy("of an allocation", "draft")
    COMPUTING = "computing", _("being computed")
    READY = "ready", _("ready to approve")
    APPROVED = "approved", pgettext_lazy("of an allocation", "approved")
    CANCELLED = "cancelled", pgettext_lazy("of an allocation", "cancelled")
    FAILED = "failed", pgettext_lazy("of an allocation", "failed")


#: Those of which something can still become.
OPEN: Final = (State.DRAFT, State.COMPUTING, State.READY, State.FAILED)

#: What a piece counts by the priority of its need, where the most urgent go first.
WEIGHTS: Final = {1: 8, 2: 4, 3: 2, 4: 1}
