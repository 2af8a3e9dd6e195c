"""Saying what is at stake."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors import permissions
from tongzhou.actors.vocabulary import STAKE_RECORD
from tongzhou.funds.forms.fields import AmountField
from tongzhou.interests.actions.change import MOST_HOURS
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.models import Stake
from tongzhou.interests.queries import stakes
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import RoomForm
from tongzhou.tasks.forms.pickers import AreaField

_SAID: Final = ("stake", "cost", "hours", "red_line", "wish")


class WordsForm(RoomForm):
    """What is said; for a unit below with the reason."""

    stake = forms.CharField(
        label=_("What is at stake"), max_length=4000, widget=text_area(3),
        help_text=_("What you gain or lose by it, in a sentence or two."),
    )  # fmt: skip
    cost = AmountField(label=_("Cost borne so far"), required=False, free=True)
    hours = forms.DecimalField(
        label=_("Hours borne so far"), required=False, max_digits=9, decimal_places=1,
        min_value=Decimal(0), max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"}),
    )  # fmt: skip
    red_line = forms.CharField(
        label=_("Red line"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("What you cannot accept, whatever is offered."),
    )  # fmt: skip
    wish = forms.CharField(
        label=pgettext_lazy("of a stake", "Wish"), max_length=4000, required=False,
        widget=text_area(2), help_text=_("What would make it good for you."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why you say it for them"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("They are asked to confirm it."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """With what is said as one."""
        given = super().arguments()
        said = {name: given.pop(name) for name in _SAID}
        words = Words(**said | {"cost": said["cost"] or 0, "hours": said["hours"] or Decimal(0)})
        return given | {"words": words}


class StakeForm(WordsForm):
    """A new stake: whose, in which matter."""

    unit = forms.ChoiceField(label=_("For which unit"), required=False)
    matter = forms.ChoiceField(label=_("About what"), required=False)
    area = AreaField(
        label=_("Or an area"), required=False, help_text=_("Where it belongs to no incident.")
    )
    field_order = ("unit", "matter", "area", *_SAID, "reason")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        records = permissions.holds(self.post, STAKE_RECORD)
        self.units = {u.code: u for u in stakes.below(visible_to=self.post)} if records else {}
        if self.units:
            own = [("", self.post.unit.name), *((c, u.name) for c, u in self.units.items())]
            self._offer("unit", own)
        else:
            del self.fields["unit"], self.fields["reason"]
        self.incidents, self.measures = stakes.matters(visible_to=self.post)
        choices: list[Any] = [("", "–")]
        choices += [(f"i:{i.code}", i.title) for i in self.incidents]
        if self.measures:
            measures = [(f"m:{m.id}", f"{m.title} – {m.area.name}") for m in self.measures]
            choices.append((_("Measures of incidents"), measures))
        self._offer("matter", choices)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        given = super().arguments()
        kind, _sep, key = given.pop("matter").partition(":")
        incident = next((i for i in self.incidents if kind == "i" and i.code == key), None)
        measure = next((m for m in self.measures if kind == "m" and m.id == UUID(key)), None)
        if measure is not None:
            incident = measure.incident
        return given | {
            "unit": self.units.get(given.get("unit", "")),
            "incident": incident,
            "measure": measure,
        }


class ReviseForm(WordsForm):
    """The same stake said anew; it begins with what stands."""

    def __init__(self, *args: Any, stake: Stake, **options: Any) -> None:
        initial = {name: getattr(stake, name) for name in _SAID}
        super().__init__(*args, **({"initial": initial} | options))
        if stake.unit_id == self.post.unit_id:
            del self.fields["reason"]
