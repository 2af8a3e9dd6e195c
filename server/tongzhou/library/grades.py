"""The response levels."""

import enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.library import profile


class Grade(models.TextChoices):
    """Response level; I is the highest. Its label is the word of the country profile."""

    I = "I", _("level I – especially serious")  # noqa: E741 – its name in law
    II = "II", _("level II – serious")
    III = "III", _("level III – relatively serious")
    IV = "IV", _("level IV – general")

    @enum.property
    def label(self) -> Promise:
        """The word of the profile in use, in the active language."""
        return profile.label("grades", self.value, self._label_)
