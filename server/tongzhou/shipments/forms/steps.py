"""The forms of the acts on a shipment: amounts by line, reasons, a place, an explanation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post
from tongzhou.catalogue.quantities import MOST, PLACES, plain
from tongzhou.kernel.errors import Refusal
from tongzhou.oversight.forms.fields import FilesField, text_area
from tongzhou.shipments.actions.change import WORDS
from tongzhou.shipments.actions.counting import REASON, Counted
from tongzhou.shipments.choices import CAUSES
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine
from tongzhou.tasks.forms.pickers import AreaField, UnitField


@dataclass(frozen=True)
class Row:
    """A line on the form: what it is, how much was expected, and its fields by name."""

    line: ShipmentLine
    expected: Decimal
    fields: dict[str, BoundField]

    @property
    def faults(self) -> list[str]:
        """What is wrong with it."""
        return [str(error) for field in self.fields.values() for error in field.errors]


def amount_field(line: ShipmentLine, label: Any, initial: Decimal) -> forms.DecimalField:
    """A number that a thumb can type."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST,
        decimal_places=PLACES,
        required=False,
        initial=plain(initial),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class StepForm(forms.Form):
    """Base: knows the shipment, its lines, who asks and when."""

    #: Names of the fields that each line has; the row of a refusal is a line's position.
    of_line: tuple[str, ...] = ()

    def __init__(
        self,
        *args: Any,
        shipment: Shipment,
        lines: Sequence[ShipmentLine],
        post: Post,
        at: datetime,
        **options: Any,
    ) -> None:
        self.shipment, self.lines, self.post, self.at = shipment, lines, post, at
        super().__init__(*args, **options)
        for line in lines:
            for name, field in self.line_fields(line).items():
                self.fields[f"{name}-{line.position}"] = field

    def line_fields(self, line: ShipmentLine) -> dict[str, forms.Field]:
        """The fields of one line."""
        return {}

    def expected(self, line: ShipmentLine) -> Decimal:
        """What the step before left of the line."""
        return line.loaded or Decimal(0)

    @property
    def rows(self) -> list[Row]:
        """The lines with their fields."""
        return [
            Row(line, self.expected(line),
                {name: self[f"{name}-{line.position}"] for name in self.of_line})
            for line in self.lines
        ] if self.of_line else []  # fmt: skip

    @property
    def others(self) -> Iterator[BoundField]:
        """The fields that belong to no line."""
        return (bound for bound in self if "-" not in bound.name)

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside shipment, by and at."""
        return {}

    def told(self, refusal: Refusal) -> None:
        """Puts a refusal beside the field of the line that it is about, or on top."""
        beside = f"{refusal.field}-{refusal.row}"
        for name in (beside, refusal.field):
            if name in self.fields:
                self.add_error(name, str(refusal))
                return
        self.add_error(None, str(refusal))

    def given(self, name: str, line: ShipmentLine) -> Any:
        """What stands in the field of a line."""
        return self.cleaned_data.get(f"{name}-{line.position}")


class PickForm(StepForm):
    """So much was set aside."""

    of_line = ("picked",)

    def line_fields(self, line: ShipmentLine) -> dict[str, forms.Field]:
        """What was planned, unless less was found."""
        return {
            "picked": amount_field(line, pgettext_lazy("of a shipment", "Picked"), line.planned)
        }

    def expected(self, line: ShipmentLine) -> Decimal:
        """What was planned."""
        planned: Decimal = line.planned
        return planned

    def arguments(self) -> dict[str, Any]:
        """By line, where something was typed."""
        return {"picked": _typed(self, "picked")}


class LoadForm(StepForm):
    """So much is on the vehicle."""

    of_line = ("loaded",)
    vehicle = forms.CharField(
        label=_("Vehicle"), max_length=120, required=False, help_text=_("Number plate, seal.")
    )
    carrier = UnitField(label=_("Carrier"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["vehicle"].initial = self.shipment.vehicle
        self.fields["carrier"].initial = self.shipment.carrier

    def line_fields(self, line: ShipmentLine) -> dict[str, forms.Field]:
        """What was picked, unless less went on."""
        return {
            "loaded": amount_field(
                line, pgettext_lazy("of a shipment", "Loaded"), self.expected(line)
            )
        }

    def expected(self, line: ShipmentLine) -> Decimal:
        """What was picked, or planned where nobody picked."""
        there: Decimal = line.planned if line.picked is None else line.picked
        return there

    def arguments(self) -> dict[str, Any]:
        """With vehicle and carrier."""
        return {
            "loaded": _typed(self, "loaded"),
            "vehicle": self.cleaned_data["vehicle"],
            "carrier": self.cleaned_data["carrier"],
        }


class CountForm(StepForm):
    """So much came: that can be used, that is damaged, and why it is not as loaded."""

    of_line = ("received", "damaged", "reason")

    def line_fields(self, line: ShipmentLine) -> dict[str, forms.Field]:
        """As it was loaded, unless something else came."""
        reason = forms.CharField(
            label=_("Why it is not as loaded"), max_length=REASON, required=False
        )
        return {
            "received": amount_field(
                line, pgettext_lazy("of a shipment", "Good"), self.expected(line)
            ),
            "damaged": amount_field(line, pgettext_lazy("of a shipment", "Damaged"), Decimal(0)),
            "reason": reason,
        }

    def arguments(self) -> dict[str, Any]:
        """What was counted, by line."""
        counted = []
        for line in self.lines:
            good = self.given("received", line)
            counted.append(
                Counted(
                    line=line.id,
                    good=self.expected(line) if good is None else good,
                    damaged=self.given("damaged", line) or Decimal(0),
                    reason=self.given("reason", line) or "",
                )
            )
        return {"counted": counted}


class ReceiveForm(CountForm):
    """A receipt, with pictures."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["files"] = FilesField(
            label=_("Pictures"), help_text=_("Of what is missing or damaged, or of the paper.")
        )

    def arguments(self) -> dict[str, Any]:
        """With the pictures."""
        return super().arguments() | {"files": self.cleaned_data["files"]}


class ReasonForm(StepForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=WORDS, widget=text_area(3))

    def arguments(self) -> dict[str, Any]:
        """The reason."""
        return {"reason": self.cleaned_data["reason"]}


class PositionForm(StepForm):
    """Where it is now."""

    area = AreaField(label=_("Area where it is now"))

    def arguments(self) -> dict[str, Any]:
        """The area."""
        return {"area": self.cleaned_data["area"]}


class ExplainForm(forms.Form):
    """What became of what did not come as it was loaded."""

    cause = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=pgettext_lazy("of a shipment", "Explanation"), max_length=WORDS, widget=text_area(3)
    )  # fmt: skip

    def __init__(self, *args: Any, difference: Difference, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["cause"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(cause.value, cause.label) for cause in CAUSES[difference.kind]]


def _typed(form: StepForm, name: str) -> dict[Any, Decimal]:
    found = {line.id: form.given(name, line) for line in form.lines}
    return {line: value for line, value in found.items() if value is not None}
