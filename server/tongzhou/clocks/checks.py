"""What a rule for a time limit may name: acts that some room declares, and calendars in force
wherever the rule would be. Asked when people publish or import rules: without its calendar a
limit would run through nights and holidays, and nobody would notice."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from tongzhou.clocks.rules import ALWAYS
from tongzhou.library import queries as library
from tongzhou.library.checks import Miss, checked
from tongzhou.library.document import COMMON, PROFILES, Document
from tongzhou.library.kinds.clocks import ClocksBody


@checked("clocks", names=("calendar",))
def named_by_rules(document: Document, body: ClocksBody, day: date) -> Iterator[Miss]:
    """Calendars of the rules that are not in force on the day."""
    known: dict[str, bool] = {ALWAYS: True}
    for place, rule in enumerate(body.rules):
        if rule.calendar not in known:
            known[rule.calendar] = _in_force(rule.calendar, document.jurisdiction, day)
        if not known[rule.calendar]:
            sentence = _("No calendar “%(calendar)s” is in force here on %(day)s.")
            yield Miss(
                ("rules", place, "calendar"),
                "unknown-calendar",
                sentence % {"calendar": rule.calendar, "day": day.isoformat()},
            )


def _in_force(key: str, jurisdiction: str, day: date) -> bool:
    """Under each country profile under which the rules would hold."""
    profiles: tuple[str, ...]
    if jurisdiction == COMMON:
        profiles = PROFILES
    elif jurisdiction in PROFILES:
        profiles = (jurisdiction,)
    else:
        profiles = (library.profile.current(),)
    for profile in profiles:
        try:
            library.in_force("calendar", key, on=day, profile=profile)
        except library.NoTemplate:
            return False
    return True
