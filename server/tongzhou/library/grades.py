"""The response levels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.TextChoices):
    """Response level; I is the highest."""

    I = "I", _("level I – especially serious")  # noqa: E741 – its name in law
    II = "II", _("level II – serious")
    III = "III", _("level III – relatively serious")
    IV = "IV", _("level IV – general")
