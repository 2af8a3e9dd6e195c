"""Publishing a package: its head, and its lines, each a row of fields."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.aid.actions.publish_package import PackageItem
from tongzhou.aid.choices import Kind, Part
from tongzhou.aid.models import Package
from tongzhou.aid.queries import packages
from tongzhou.catalogue import queries as catalogue
from tongzhou.funds.forms.fields import AmountField, DayField, today
from tongzhou.oversight.forms.findings import RoomForm

ROWS: Final = 8


class PackageForm(RoomForm):
    """A package with up to eight lines; more come by the API."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Letters, digits, hyphens. The same code "
        "again is the next version.")
    )  # fmt: skip
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=300, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("What kind of aid"), choices=Kind.choices)
    days = forms.IntegerField(
        label=_("Days of one deployment"), min_value=1, max_value=366, initial=14
    )
    transport = forms.CharField(
        label=_("Transport that the host gives"), max_length=300, required=False
    )
    power = forms.CharField(
        label=_("Power and water that it needs"), max_length=300, required=False
    )
    other_needs = forms.CharField(
        label=_("What else it needs from the host"), max_length=300, required=False
    )
    since = DayField(label=_("Ready from"))
    until = DayField(label=_("Ready until"), required=False)
    reusable = forms.BooleanField(
        label=_("It can be sent again once it is home"), required=False, initial=True
    )

    def __init__(self, *args: Any, before: Package | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = today(self.at)
        self.people = {one.label: one for one in packages.people_of(self.post.unit)}
        lines = packages.lines(before) if before is not None else []
        if before is not None:
            for name in ("code", "name_zh", "name_en", "kind", "days", "transport", "power",
                         "other_needs", "until", "reusable"):  # fmt: skip
                self.fields[name].initial = getattr(before, name)
        for n in range(ROWS):
            line = lines[n] if n < len(lines) else None
            self._row(
                n,
                {
                    "part": line.part if line else (Part.PEOPLE if n == 0 else ""),
                    "what": (line.what or (line.item.code if line.item else "")) if line else "",
                    "skill": line.skill if line else "",
                    "licence": line.licence if line else "",
                    "quantity": line.quantity.normalize() if line else None,
                    "cost": line.cost if line else None,
                },
            )

    def _row(self, n: int, initial: dict[str, Any]) -> None:
        fields: dict[str, forms.Field] = {
            "part": forms.ChoiceField(
                label=pgettext_lazy("of a package", "Part"), required=False,
                choices=[("", "–"), *Part.choices],
            ),
            "what": forms.CharField(
                label=pgettext_lazy("of a package", "Item, people or thing"), max_length=300,
                required=False,
            ),
            "skill": forms.CharField(label=_("Skill"), max_length=300, required=False),
            "licence": forms.CharField(label=_("Licence"), max_length=300, required=False),
            "quantity": forms.DecimalField(
                label=_("How many"), max_digits=12, decimal_places=3, min_value=0, required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            ),
            "cost": AmountField(label=_("Cost"), required=False, free=True),
        }  # fmt: skip
        for name, field in fields.items():
            field.initial = initial[name]
            self.fields[f"{name}-{n}"] = field

    @property
    def head(self) -> list[forms.BoundField]:
        """All but the lines."""
        return [self[name] for name in self.fields if "-" not in name]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each line."""
        names = ("part", "what", "skill", "licence", "quantity", "cost")
        return [[self[f"{name}-{n}"] for name in names] for n in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        """With the lines that were filled in. Things are items of the catalogue where it knows
        their name, people are registered ones where the unit has a label so."""
        given = super().clean() or self.cleaned_data
        lines = []
        for n in range(ROWS):
            part, quantity = given.get(f"part-{n}"), given.get(f"quantity-{n}")
            what = given.get(f"what-{n}") or ""
            if not quantity and not what and not given.get(f"skill-{n}"):
                continue
            if not part or not quantity:
                self.add_error(
                    f"quantity-{n}", ValidationError(_("Say what part it is and how many."))
                )
                continue
            person = self.people.get(what)
            item = catalogue.find(what).item if what and person is None else None
            lines.append(
                PackageItem(
                    part=part, quantity=quantity, item=item, resource=person,
                    what="" if item is not None or person is not None else what,
                    skill=given.get(f"skill-{n}") or "", licence=given.get(f"licence-{n}") or "",
                    cost=given.get(f"cost-{n}"),
                )
            )  # fmt: skip
        given["lines"] = lines
        return given

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        return {name: value for name, value in super().arguments().items() if "-" not in name}
