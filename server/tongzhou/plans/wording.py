"""Words for what plans say in codes: figures of rules, and what stood in the way of a line."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongzhou.kernel.errors import Sentence
from tongzhou.plans.rules import Reading

FACTS: Final[Mapping[str, Sentence]] = {
    "population": gettext_lazy("population"),
    "density": gettext_lazy("persons per km²"),
    "share_60": gettext_lazy("aged 60 and over, %"),
    "share_65": gettext_lazy("aged 65 and over, %"),
    "income": gettext_lazy("income per head and year"),
    "cdc_staff": gettext_lazy("disease control staff per 100,000 residents"),
    "beds": gettext_lazy("hospital beds per 1,000 residents"),
    "confirmed": gettext_lazy("confirmed cases"),
    "new_14d": gettext_lazy("new cases in 14 days"),
    "incubation_days": gettext_lazy("longest incubation in days"),
}
WHY: Final[Mapping[str, Sentence]] = {
    "duty-unknown": gettext_lazy("Nobody has declared this duty yet."),
    "duty-retired": gettext_lazy("The duty has been retired."),
    "charge-proposed": gettext_lazy("A unit is asked to take the duty on, but has not agreed yet."),
    "charged-otherwise": gettext_lazy("The duty is charged for other phases or levels only."),
    "charged-below": gettext_lazy("The duty is charged for areas inside this one only."),
    "charged-above": gettext_lazy("Only a unit above is charged with the duty."),
    "nobody-charged": gettext_lazy("Nobody is charged with this duty here."),
    "unit-inactive": gettext_lazy("The unit that is charged is no longer active."),
    "post-vacant": gettext_lazy("Nobody holds such a post here."),
    "post-ambiguous": gettext_lazy("Several units have such a post."),
    "incubation-unknown": gettext_lazy(
        "Its length hangs on the incubation period, which is not known yet."
    ),
    "task-begun": gettext_lazy("work on it had begun"),
    "task-done": gettext_lazy("it was done already"),
    "task-closed": gettext_lazy("it was closed already"),
    "task-of-others": gettext_lazy("another unit had taken it over"),
    "group-dissolved": gettext_lazy("it was dissolved before"),
    "measure-not-in-force": gettext_lazy("it was not in force any more"),
    "goes-on": gettext_lazy("it goes on"),
    "not-made": gettext_lazy("it was never made"),
}


def why(code: str) -> str:
    """What stood in the way; the code where it has no words."""
    return str(WHY.get(code, code))


def reading(found: Reading) -> str:
    """One bound of a rule with its figure: “population 64,567,588, at least 1,000,000”."""
    value = _("not known") if found.value is None else _number(found.value)
    words = {"fact": FACTS.get(found.fact, found.fact), "value": value}
    low, high = found.at_least, found.at_most
    if low is not None and high is not None:
        text = _("%(fact)s: %(value)s (rule: %(low)s to %(high)s)")
        return text % {**words, "low": _number(low), "high": _number(high)}
    if low is not None:
        return _("%(fact)s: %(value)s (rule: at least %(low)s)") % {**words, "low": _number(low)}
    bound = _number(high) if high is not None else ""
    return _("%(fact)s: %(value)s (rule: at most %(high)s)") % {**words, "high": bound}


def stored(rule: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same of a rule as a line keeps it."""
    return [
        reading(Reading(r["fact"], r.get("value"), r.get("at_least"), r.get("at_most")))
        for r in rule
    ]


def _number(value: float) -> str:
    places = 0 if value == int(value) else 1
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
