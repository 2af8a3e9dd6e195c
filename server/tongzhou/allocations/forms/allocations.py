"""Drafting an allocation, changing a line, approving, cancelling."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.allocations.actions.change import LINE, REASON
from tongzhou.allocations.choices import Objective
from tongzhou.allocations.models import Allocation
from tongzhou.allocations.queries import choosing
from tongzhou.catalogue.models import Item, here
from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.incidents.queries import lists as incidents
from tongzhou.tasks.forms.pickers import AreaField
from tongzhou.ui.components.marks import number

#: So many stores or needs can be chosen from in a list.
LISTED = 200


class DraftForm(forms.Form):
    """What is shared out, among whom, by which idea of fairness."""

    name = forms.CharField(
        label=pgettext_lazy("of a sharing out", "What it is for"), max_length=LINE
    )
    objective = forms.ChoiceField(
        label=_("What counts"), choices=Objective.choices, widget=forms.RadioSelect,
        initial=Objective.MAX_MIN,
        help_text=_("The proportional split is computed beside it, whatever you choose."),
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label=pgettext_lazy("of an allocation", "Which things"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Asked for by somebody, and free in a store of yours. None ticked: all."),
    )  # fmt: skip
    stand_ins = forms.BooleanField(
        label=_("Also give what may stand for it"), required=False,
        help_text=_("As the catalogue says, one for one; the condition stands beside the line."),
    )  # fmt: skip
    area = AreaField(
        label=_("For which area"), required=False, help_text=_("Empty: all needs that you see.")
    )
    sites = forms.MultipleChoiceField(
        label=_("From which stores"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Stores of your unit and of those below it, beyond the minimum each keeps. "
            "None ticked: all."
        ),
    )  # fmt: skip
    incident = forms.ChoiceField(
        label=_("Incident"), required=False,
        help_text=_("Only needs of this incident are taken up."),
    )  # fmt: skip

    def __init__(self, *args: Any, post: Post, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shareable = choosing.shareable(post.unit, visible_to=post, at=at)
        self.known = {row["item"].code: row["item"] for row in self.shareable}
        self.known_sites = {
            site.code: site
            for site in choosing.own_sites(post.unit, visible_to=post).order_by("code")[:LISTED]
        }
        self.incidents = {one.code: one for one in incidents.codes(visible_to=post)}
        self._choose("items", [
            (row["item"].code, gettext("%(item)s – %(missing)s missing in %(lines)d lines, "
             "%(free)s free") % {"item": row["item"].name, "missing": number(row["missing"]),
             "lines": row["lines"], "free": number(row["free"])})
            for row in self.shareable
        ])  # fmt: skip
        self._choose("sites", [
            (code, f"{site.name} · {site.unit.name}") for code, site in self.known_sites.items()
        ])  # fmt: skip
        self._choose("incident", [
            ("", gettext("none")), *((code, one.title) for code, one in self.incidents.items())
        ])  # fmt: skip

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        given = dict(self.cleaned_data)
        return given | {
            "items": [self.known[code] for code in given["items"]],
            "sites": [self.known_sites[code] for code in given["sites"]],
            "incident": self.incidents.get(given["incident"]),
        }


class LineForm(forms.Form):
    """Another amount for a way of the plan."""

    site = forms.UUIDField(widget=forms.HiddenInput)
    need_line = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.ModelChoiceField(queryset=Item.objects.all(), widget=forms.HiddenInput)
    quantity = forms.CharField(
        label=pgettext_lazy("of an allocation", "Give instead"), max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    measure = forms.CharField(label=_("Pack or unit"), max_length=40, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=REASON)

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        return dict(self.cleaned_data)


class WayForm(LineForm):
    """A way that the plan does not use: from which store, of what, for which need."""

    site = forms.TypedChoiceField(label=pgettext_lazy("of a shipment", "From"), coerce=UUID)  # type: ignore[assignment]
    need_line = forms.TypedChoiceField(label=_("For which need"), coerce=UUID)  # type: ignore[assignment]

    def __init__(self, *args: Any, allocation: Allocation, **options: Any) -> None:
        super().__init__(*args, **options)
        problem = allocation.problem
        units, areas, things = problem["units"], problem["areas"], problem["items"]
        self._choose("site", [(one["id"], here(one["zh"], one["en"])) for one in problem["sites"]])
        self._choose("need_line", [
            (need["line"], " · ".join((
                _named(units[need["unit"]]), _named(things[need["item"]]),
                _named(areas[need["area"]]), f"N-{need['number']}",
            )))
            for need in problem["needs"][:LISTED]
        ])  # fmt: skip
        held = {stock["item"] for stock in problem["stocks"]}
        self.fields["item"] = forms.ModelChoiceField(
            label=pgettext_lazy("supplies", "Item"), queryset=Item.objects.filter(id__in=held),
            empty_label=None,
        )  # fmt: skip
        self.order_fields(("site", "item", "need_line", "quantity", "measure", "reason"))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _named(thing: dict[str, Any]) -> str:
    return here(thing["zh"], thing["en"])


class PlainForm(forms.Form):
    """An act that needs nothing more."""

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        self.at = at
        super().__init__(*args, **options)

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        return dict(self.cleaned_data)


class ApproveForm(PlainForm):
    """By when it is to be there."""

    due_at = LocalMoment(label=_("To be there by"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = end_of_day(self.at, days=1)


class CancelForm(PlainForm):
    """Why it is given up."""

    reason = forms.CharField(
        label=_("Reason"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 2})
    )
