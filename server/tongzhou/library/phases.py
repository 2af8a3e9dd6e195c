"""The phases of an emergency."""

import enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.library import profile


class Phase(models.TextChoices):
    """The phase list that other vocabularies are mapped onto; phases can be re-entered. Its
    label is the word of the country profile."""

    PREPARE = "prepare", _("prepare")
    WATCH = "watch", _("watch")
    RESPOND = "respond", _("respond")
    SUSTAIN = "sustain", _("sustain")
    RECOVER = "recover", _("recover")

    @enum.property
    def label(self) -> Promise:
        """The word of the profile in use, in the active language."""
        return profile.label("phases", self.value, self._label_)
