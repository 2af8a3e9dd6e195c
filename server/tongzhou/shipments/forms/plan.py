"""Planning a shipment: how much of what lies in a site goes where, and by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.quantities import MOST, PLACES
from tongzhou.incidents.forms.fields import LocalMoment
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel.errors import Refusal
from tongzhou.oversight.forms.fields import text_area
from tongzhou.shipments.actions.change import WORDS
from tongzhou.shipments.actions.plan_shipment import Wanted
from tongzhou.shipments.purposes import Purpose
from tongzhou.stock.models import Site
from tongzhou.stock.queries import Holding
from tongzhou.tasks.forms.due import whole_minute
from tongzhou.tasks.forms.pickers import AreaField, UnitField


@dataclass(frozen=True)
class Asked:
    """A line that a page of another room asks for: so much of an item, and what it is for."""

    item: str
    quantity: str
    for_kind: str = ""
    for_id: UUID | None = None

    @classmethod
    def read(cls, text: str) -> "Asked | None":
        """From the address: ``item:quantity`` or ``item:quantity:kind:id``."""
        item, _colon, rest = text.partition(":")
        quantity, _colon, rest = rest.partition(":")
        kind, _colon, named = rest.partition(":")
        if not item or not kind:
            return cls(item, quantity) if item else None
        try:
            return cls(item, quantity, kind, UUID(named))
        except ValueError:
            return None

    @property
    def key(self) -> str:
        """How its field is called; what is for the same thing has the same name."""
        return f"{self.item}:{self.for_kind}:{self.for_id or ''}"


@dataclass(frozen=True)
class Row:
    """Something that lies in the site, with the field for how much of it goes."""

    holding: Holding
    field: BoundField
    purpose: Purpose | None


class PlanForm(forms.Form):
    """Where it goes, by when, and how much of each thing."""

    to_site = forms.ChoiceField(label=_("To a store"), required=False)
    receiver = UnitField(
        label=_("Or to the unit that uses it"),
        required=False,
        help_text=_(
            "Where the goods go into use at once, or to a unit whose stores you do not see."
        ),
    )
    area = AreaField(
        label=_("Place of use"),
        required=False,
        help_text=_("Unless it is the area of the unit."),
    )
    due_at = LocalMoment(label=_("To arrive by"))
    carrier = UnitField(
        label=_("Carrier"), required=False, help_text=_("Unless your own unit carries it.")
    )
    vehicle = forms.CharField(
        label=_("Vehicle"), max_length=120, required=False, help_text=_("Number plate, seal.")
    )
    incident = forms.ChoiceField(label=_("Incident"), required=False)
    note = forms.CharField(
        label=_("Note for the road"), max_length=WORDS, required=False, widget=text_area(2)
    )

    def __init__(
        self,
        *args: Any,
        site: Site,
        sites: Sequence[Site],
        holdings: Sequence[Holding],
        asked: Sequence[Asked],
        purposes: Mapping[tuple[str, UUID], Purpose],
        post: Post,
        at: datetime,
        **options: Any,
    ) -> None:
        self.site, self.post, self.at = site, post, at
        self.sites = {found.code: found for found in sites if found.id != site.id}
        self.known = {i.code: i for i in incidents.codes(visible_to=post)}
        super().__init__(*args, **options)
        self._offer("to_site", [(s.code, f"{s.name} – {s.unit.name}") for s in self.sites.values()])
        self._offer("incident", [(code, i.title) for code, i in self.known.items()])
        self.fields["due_at"].initial = whole_minute(at + timedelta(days=1))
        self._lay_out(holdings, asked, purposes)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *choices]

    def _lay_out(
        self,
        holdings: Sequence[Holding],
        asked: Sequence[Asked],
        purposes: Mapping[tuple[str, UUID], Purpose],
    ) -> None:
        """A field for each thing that lies free in the site; what is asked for stands first, once
        for each thing that it is for."""
        by_item = {holding.item.code: holding for holding in holdings}
        self.lines: dict[str, tuple[Holding, Asked]] = {}
        for want in asked:
            if want.item in by_item:
                self.lines[f"q-{want.key}"] = (by_item[want.item], want)
        for code, holding in by_item.items():
            plain = Asked(code, "")
            self.lines.setdefault(f"q-{plain.key}", (holding, plain))
        self.purposes = purposes
        for name, (holding, want) in self.lines.items():
            self.fields[name] = forms.DecimalField(
                label=holding.item.name,
                min_value=0,
                max_value=MOST,
                decimal_places=PLACES,
                required=False,
                initial=want.quantity or None,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[Row]:
        """What lies in the site, with its fields."""
        return [
            Row(holding, self[name], self.purposes.get((want.for_kind, want.for_id)))
            if want.for_id
            else Row(holding, self[name], None)
            for name, (holding, want) in self.lines.items()
        ]

    @property
    def head(self) -> list[BoundField]:
        """Where it goes and by when."""
        return [self[name] for name in ("to_site", "receiver", "area", "due_at")]

    @property
    def more(self) -> list[BoundField]:
        """What need not be said."""
        return [self[name] for name in ("carrier", "vehicle", "incident", "note")]

    def wanted(self) -> list[Wanted]:
        """What goes along."""
        found = []
        for name, (holding, want) in self.lines.items():
            quantity: Decimal | None = self.cleaned_data.get(name)
            if quantity:
                found.append(Wanted(holding.item, quantity, want.for_kind, want.for_id))
        return found

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside by and at."""
        given = self.cleaned_data
        return {
            "from_site": self.site,
            "to_site": self.sites.get(given["to_site"]),
            "wanted": self.wanted(),
            "incident": self.known.get(given["incident"]),
            **{
                name: given[name]
                for name in ("receiver", "area", "due_at", "carrier", "vehicle", "note")
            },
        }

    def told(self, refusal: Refusal) -> None:
        """Puts a refusal beside the line that it is about, or on top."""
        named = [
            name for name in self.lines if self.cleaned_data.get(name)
        ]  # fmt: skip
        field = refusal.field
        if refusal.row is not None and refusal.row <= len(named):
            field = named[refusal.row - 1]
        self.add_error(field if field in self.fields else None, str(refusal))
