"""Words for the codes that stand in bodies: levels, sectors, risks, and the like."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Sector
from tongzhou.actors.sentences import KINDS
from tongzhou.actors.vocabulary import Role
from tongzhou.ledger.types import find
from tongzhou.library.document import Confidence, Force
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.places.models import Level

_WORDS: Final[Mapping[str, str | Promise]] = {
    **{kind: label for kind, (label, _icon) in KINDS.items() if kind},
    "critical": _("critical"),
    "urgent": _("urgent"),
    "routine": _("routine"),
    **dict(Sector.choices),
    **dict(Role.choices),
    **dict(Level.choices),
    **{phase.value: phase.label for phase in Phase},
    **{grade.value: grade.label for grade in Grade},
    **{force.value: force.label for force in Force},
    **{mark.value: mark.label for mark in Confidence},
    "yes": _("yes"),
    "no": _("no"),
    "owner": _("whose limit it is"),
    "watchers": _("who waits for it"),
    "superior": _("the unit above"),
    "high": pgettext_lazy("risk", "high"),
    "medium": pgettext_lazy("risk", "medium"),
    "low": pgettext_lazy("risk", "low"),
    "cumulative": _("cases in all"),
    "new_in_window": _("new cases in the days looked back on"),
    "days_since_case": _("days since the last case"),
    "cluster_in_window": _("cluster in the days looked back on (1: yes)"),
    "always": _("every hour counts"),
    "workdays": _("working days"),
    "where_needed": _("where needed"),
    "never": _("never"),
    "signal": _("early signal"),
    "incident": _("incident"),
    "task": _("task"),
    "order": _("by order"),
    "agreement": _("on agreement"),
    "voluntary": _("voluntary"),
    "common": _("everywhere"),
    "cn": _("China"),
    "int": _("International"),
    "red": pgettext_lazy("warning", "red"),
    "orange": pgettext_lazy("warning", "orange"),
    "yellow": pgettext_lazy("warning", "yellow"),
    "blue": pgettext_lazy("warning", "blue"),
}


def word_of(code: str) -> str:
    """The word for a code in the active language, of a type of act its sentence; the code
    where there is none."""
    found = _WORDS.get(code)
    if found is not None:
        return str(found)
    act = find(code) if code.rpartition(".v")[2].isdecimal() else None
    return act.sentence(by="…", with_units="…") if act is not None else code
