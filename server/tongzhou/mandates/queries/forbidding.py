"""Whom a rule forbids to be charged or tasked with a duty. The words of the rule, its source
and its date are those of the library's version in force on the day."""

from datetime import date

from django.utils.translation import gettext as _

from tongzhou.actors.models import Unit
from tongzhou.library import queries as library
from tongzhou.mandates.models import Duty
from tongzhou.mandates.rules import Rule, below
from tongzhou.places.models import Level

KEY = "not-below"


def forbidden(duty: Duty, unit: Unit, *, on: date) -> Rule | None:
    """The rule by which the unit must not be given the duty; None where there is none. One
    query where there is one, else none."""
    if not below(unit.level, duty.lowest):
        return None
    for version in library.all_in_force("mandates", on=on):
        for rule in version.body.rules:
            if rule.key == KEY:
                return Rule(
                    KEY,
                    str(rule.text),
                    version.source.text,
                    str(version.source.url or ""),
                    version.valid_from,
                )
    text = _("the duty lies with units of the level “%(level)s” and above") % {
        "level": Level(duty.lowest).label
    }
    return Rule("lowest-level", text, duty.legal_basis or _("as the duty was declared"))
