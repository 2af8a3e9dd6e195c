"""What an act on a store asks for: one small form each, made for one hand and a phone.
``arguments`` are those of the act function, beside its store, by and at."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.forms.pickers import ItemField
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming
from tongzhou.stock.choices import ENDS, ORIGINS, AccountKind, DifferenceReason, SiteKind
from tongzhou.stock.forms.fields import AmountField, DayField, MeasureField, words
from tongzhou.stock.models import Batch, Site
from tongzhou.stock.queries import store
from tongzhou.stock.queries.sites import visible_sites
from tongzhou.tasks.forms.pickers import AreaField, UnitField


class StepForm(forms.Form):
    """Base: knows the store, the post and the moment."""

    def __init__(self, *args: Any, site: Site, post: Post, at: datetime, **options: Any) -> None:
        self.site, self.post, self.at = site, post, at
        super().__init__(*args, **options)

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        return dict(self.cleaned_data)


class PlainForm(StepForm):
    """An act that asks for nothing but the word."""


class ReasonForm(StepForm):
    """An act that needs a reason."""

    reason = words(_("Reason"))


class ReceiveForm(StepForm):
    """One kind of goods of a delivery."""

    item = ItemField(stored=True)
    quantity = AmountField()
    unit = MeasureField()
    expires_on = DayField(label=_("Good until"), required=False)
    batch = forms.CharField(label=_("Batch number"), max_length=80, required=False)
    origin = forms.ChoiceField(
        label=_("From"), choices=[(kind, AccountKind(kind).label) for kind in ORIGINS]
    )
    source = forms.CharField(label=_("Supplier or donor"), max_length=120, required=False)
    document = forms.CharField(label=_("Number of the paper"), max_length=80, required=False)

    def arguments(self) -> dict[str, Any]:
        """One line of a delivery."""
        given = self.cleaned_data
        line = Incoming(
            given["item"], given["quantity"], given["unit"], given["batch"], given["expires_on"],
            given["source"],
        )  # fmt: skip
        return {"lines": [line], "origin": given["origin"], "document": given["document"]}


class BatchField(forms.ChoiceField):
    """A batch that lies in the store, or what expires first."""


class _OutForm(StepForm):
    item = ItemField(stored=True)
    quantity = AmountField()
    unit = MeasureField()
    batch = BatchField(label=_("Batch"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held: dict[str, Batch] = {}
        choices = [("", str(_("what expires first")))]
        for held in store.batches(self.site):
            if held.batch.code and not held.batch.expired(self.at.date()):
                held.batch.item = held.item
                self.held[str(held.batch_id)] = held.batch
                choices.append((str(held.batch_id), f"{held.item.name} · {held.batch.code}"))
        field = self.fields["batch"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def lines(self) -> list[Outgoing]:
        """The one line."""
        given = self.cleaned_data
        return [
            Outgoing(given["item"], given["quantity"], given["unit"], self.held.get(given["batch"]))
        ]


class IssueForm(_OutForm):
    """Goods handed out for use, or written off."""

    end = forms.ChoiceField(
        label=_("What for"), choices=[(kind, AccountKind(kind).label) for kind in ENDS]
    )
    to = UnitField(
        label=_("To the unit"),
        required=False,
        max_length=120,
        help_text=_("Empty: for the own wards or households."),
    )
    reason = words(_("Note or reason"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        given = self.cleaned_data
        return {
            "lines": self.lines(), "end": given["end"], "unit": given["to"],
            "reason": given["reason"],
        }  # fmt: skip


class MoveForm(_OutForm):
    """Goods carried into another store of the unit."""

    to = forms.ModelChoiceField(label=_("Into the store"), queryset=Site.objects.none())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                visible_sites(visible_to=self.post)
                .filter(unit_id=self.site.unit_id, closed_at=None)
                .exclude(id=self.site.id)
                .order_by("code")
            )

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        return {"lines": self.lines(), "to": self.cleaned_data["to"]}


class KitForm(StepForm):
    """Kits put together or taken apart."""

    kit = ItemField(label=_("Kit"), stored=True)
    quantity = AmountField()


class MinimumForm(StepForm):
    """The least of an item that should lie there."""

    item = ItemField(stored=True)
    quantity = AmountField(label=_("Never less than"), help_text=_("0 takes the minimum away."))


class SiteForm(forms.Form):
    """A new store."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=80,
        help_text=_("For its address: small letters, digits, hyphens."),
    )
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind.choices)
    unit = UnitField(label=_("Unit that keeps it"), max_length=120)
    area = AreaField(
        label=_("Area in which it lies"),
        required=False,
        max_length=120,
        help_text=_("Empty: that of the unit."),
    )
    place = forms.CharField(label=_("Where exactly"), max_length=200, required=False)


class ImportForm(forms.Form):
    """A table with the opening stock."""

    file = forms.FileField(label=_("File (CSV or .xlsx)"))


class CountLineForm(forms.Form):
    """What was found of one batch."""

    counted = AmountField(label=_("Counted"))
    reason = forms.ChoiceField(label=_("Reason of the difference"), required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *DifferenceReason.choices]


class FindForm(CountLineForm):
    """Goods that the books do not know."""

    item = ItemField(stored=True)
    batch = forms.CharField(label=_("Batch number"), max_length=80, required=False)
    expires_on = DayField(label=_("Good until"), required=False)
    field_order = ("item", "counted", "batch", "expires_on", "reason", "note")
