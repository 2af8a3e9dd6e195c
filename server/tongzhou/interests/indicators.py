"""What structural tension of an area is put together from: each with its unit, its bounds, and
which way it strains."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Indicator(models.TextChoices):
    """The four components."""

    DENSITY = "density", _("population density")
    ELDERLY = "elderly", _("share of the elderly")
    STAFF = "staff", _("staff per 1,000 residents")
    SUPPLIER = "supplier", _("share of the largest supplier")


@dataclass(frozen=True)
class Meaning:
    """``unit`` as it is read; more than ``most`` is a mistake; ``strains``: +1 where more is
    more tension, −1 where more is less."""

    unit: str | Promise
    most: Decimal
    strains: int
    decimals: int


MEANINGS: Final = {
    Indicator.DENSITY: Meaning(_("per km²"), Decimal(500_000), 1, 0),
    Indicator.ELDERLY: Meaning("%", Decimal(100), 1, 1),
    Indicator.STAFF: Meaning(_("per 1,000"), Decimal(1000), -1, 2),
    Indicator.SUPPLIER: Meaning("%", Decimal(100), 1, 0),
}
