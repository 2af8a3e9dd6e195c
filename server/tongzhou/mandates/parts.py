"""The words of the matrix: what a unit is to a duty, what a duty needs, which of the seven
sides of social governance it belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Part(models.TextChoices):
    """What a unit is to a duty."""

    ACCOUNTABLE = "accountable", pgettext_lazy("part in a duty", "accountable")
    RESPONSIBLE = "responsible", pgettext_lazy("part in a duty", "responsible")
    CONSULTED = "consulted", pgettext_lazy("part in a duty", "consulted")
    INFORMED = "informed", pgettext_lazy("part in a duty", "informed")


#: The letter of each part in matrix and spreadsheet, the same in every language.
LETTERS: dict[str, str] = {
    Part.ACCOUNTABLE: "A",
    Part.RESPONSIBLE: "R",
    Part.CONSULTED: "C",
    Part.INFORMED: "I",
}
#: Parts that do the work: whoever holds one acts inside its mandate.
WORKING = frozenset({Part.ACCOUNTABLE, Part.RESPONSIBLE})


class MeansKind(models.TextChoices):
    """What a duty needs so that it can be done."""

    POWER = "power", pgettext_lazy("means of a duty", "power")
    PEOPLE = "people", pgettext_lazy("means of a duty", "people")
    MONEY = "money", pgettext_lazy("means of a duty", "money")
    SUPPLIES = "supplies", pgettext_lazy("means of a duty", "supplies")


class Side(models.TextChoices):
    """The seven sides of the social governance system."""

    LEADERSHIP = "leadership", _("party committee leadership")
    GOVERNMENT = "government", _("government responsibility")
    CONSULTATION = "consultation", _("democratic consultation")
    SOCIETY = "society", _("non-governmental support")
    PUBLIC = "public", _("public participation")
    LAW = "law", _("rule of law")
    TECHNOLOGY = "technology", _("science and technology support")
