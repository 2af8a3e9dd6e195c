"""Whom a rule forbids to be charged or tasked with a duty."""

from datetime import date

from django.utils.translation import gettext as _

from tongzhou.actors.models import Unit
from tongzhou.mandates.models import Duty
from tongzhou.mandates.rules import Rule, below
from tongzhou.places.models import Level


def forbidden(duty: Duty, unit: Unit, *, on: date) -> Rule | None:
    """The rule by which the unit must not be given the duty; None where there is none."""
    if not below(unit.level, duty.lowest):
        return None
    text = _("the duty lies with units of the level %(level)s and above") % {
        "level": Level(duty.lowest).label
    }
    return Rule("lowest-level", text, duty.legal_basis or _("as the duty was declared"))
