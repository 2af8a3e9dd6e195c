"""A form that shows what the act refused."""

from django import forms

from tongzhou.kernel.errors import Refusal


class Refusable(forms.Form):
    """Base. ``refusal`` is the sentence of a refusal that belongs to no field."""

    refusal = ""

    def take(self, refusal: Refusal) -> None:
        """Shows a refusal beside its field, else on top of the form."""
        if refusal.field in self.fields:
            self.add_error(refusal.field, str(refusal))
        else:
            self.refusal = str(refusal)
