"""The phases of an emergency."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """The phase list that other vocabularies are mapped onto; phases can be re-entered."""

    PREPARE = "prepare", _("prepare")
    WATCH = "watch", _("watch")
    RESPOND = "respond", _("respond")
    SUSTAIN = "sustain", _("sustain")
    RECOVER = "recover", _("recover")
