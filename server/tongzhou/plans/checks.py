"""What a plan may name: duties that somebody declared or that a set of duties in force has, and
limits that some rule in force sets. Asked when people publish or import a plan."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongzhou.library import queries as library
from tongzhou.library.checks import Miss, checked
from tongzhou.library.document import Document
from tongzhou.library.kinds.plan import Plan
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area


@checked("plan", names=("mandates", "clocks"))
def named_by_plan(document: Document, plan: Plan, day: date) -> Iterator[Miss]:
    """Duties and limits of the plan that nobody knows."""
    inside = _inside(document.jurisdiction)
    duties = _duties(inside, day)
    for place, duty in plan.duties():
        if duty not in duties:
            sentence = _("There is no duty with the code “%(duty)s”.")
            yield Miss(place, "duty-unknown", sentence % {"duty": duty})
    sets = library.all_in_force("clocks", on=day, **inside)
    limits = {rule.key for one in sets for rule in one.body.rules}
    for at, key in enumerate(plan.clocks):
        if key not in limits:
            sentence = _("There is no rule for a time limit with the name “%(rule)s”.")
            yield Miss(("clocks", at), "clock-rule-unknown", sentence % {"rule": key})


def _inside(jurisdiction: str) -> dict[str, Any]:
    """Where the plan would hold: in an area, or wherever its profile does."""
    area = Area.objects.filter(code=jurisdiction).first()
    return {"profile": jurisdiction} if area is None else {"area": area}


def _duties(inside: dict[str, Any], day: date) -> set[str]:
    declared = set(Duty.objects.filter(retired_at=None).values_list("code", flat=True))
    sets = library.all_in_force("mandates", on=day, **inside)
    return declared.union(*({duty.code for duty in one.body.duties} for one in sets))
