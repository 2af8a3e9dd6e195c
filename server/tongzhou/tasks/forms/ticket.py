"""Taking a ticket in: at the desk while talking, and by whoever asks without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.report_signal import LONGEST_LINE, LONGEST_TEXT
from tongzhou.incidents.forms.fields import AreaField as PlainAreaField
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.hotline import Hotline
from tongzhou.mandates.models import Duty
from tongzhou.tasks.forms.pickers import AreaField, TaskField, UnitField, UnitsField
from tongzhou.tasks.forms.refusable import Refusable
from tongzhou.tasks.forms.segments import Segment, segments
from tongzhou.tasks.forms.steps import LONG, text_area
from tongzhou.tasks.models import Channel
from tongzhou.ui.moments import duration_text


class TicketForm(Refusable):
    """One screen for the telephone: what, where, how soon, and who takes it."""

    text = forms.CharField(
        label=_("What is it about"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True, "autocomplete": "off"}),
        help_text=_("In their words. The first line stands in lists."),
    )
    class_code = forms.ChoiceField(label=_("How soon"), widget=forms.RadioSelect)
    area = AreaField(label=_("Area"))
    place = forms.CharField(label=_("Exact place"), required=False, max_length=LONGEST_LINE)
    channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[(c.value, c.label) for c in Channel if c not in (Channel.WEB, Channel.API)],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    contact_name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_LINE)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=LONGEST_LINE)
    duty = forms.ChoiceField(
        label=_("Whose duty is it"),
        required=False,
        help_text=_("The unit that is charged with it is proposed beside."),
    )
    lead = UnitField(
        label=_("Dispatch to"),
        required=False,
        help_text=_("Left empty, it waits in the queue of your desk."),
    )
    assisting = UnitsField(label=_("Assisting units"), required=False)
    answer = forms.CharField(
        label=_("Answered at once"),
        required=False,
        max_length=LONG,
        widget=text_area(3),
        help_text=_(
            "With an answer the ticket is closed in the same step, and dispatched to nobody."
        ),
    )
    repeat_of = TaskField(label=_("Repeats"), required=False)

    def __init__(
        self, *args: Any, post: Post, hotline: Hotline, duties: dict[str, Duty], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.hotline, self.duties = hotline, duties
        classes = self.fields["class_code"]
        assert isinstance(classes, forms.ChoiceField)
        classes.choices = [(one.code, str(one.title)) for one in hotline.classes]
        classes.initial = hotline.default_class
        owed = self.fields["duty"]
        assert isinstance(owed, forms.ChoiceField)
        owed.choices = [("", _("Not known")), *((c, d.name) for c, d in duties.items())]
        self.fields["repeat_of"].post = post  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Of ``register_ticket``, or with an answer of ``answer_at_once``; without who and
        when."""
        cleaned = dict(self.cleaned_data) | {"duty": self.duties.get(self.cleaned_data["duty"])}
        answer = cleaned.pop("answer").strip()
        if not answer:
            return cleaned
        # What is answered now goes to nobody, whatever was filled in before.
        without = {"lead", "assisting", "repeat_of"}
        return {key: value for key, value in cleaned.items() if key not in without} | {
            "answer": answer
        }

    @property
    def class_segments(self) -> list[Segment]:
        """The classes, each with its limit."""
        hints = {
            one.code: f"{duration_text(one.feedback.total_seconds())} · {one.hint}"
            for one in self.hotline.classes
        }
        return segments(self["class_code"], hints)

    @property
    def channel_segments(self) -> list[Segment]:
        """The channels of a desk."""
        return segments(self["channel"], {})


class AskForm(forms.Form):
    """What a resident asks, without an account. ``once``: sent twice, it counts once."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    area = PlainAreaField(
        label=_("Where?"), error_messages={"required": _("Please choose the area.")}
    )
    text = forms.CharField(
        label=_("What do you need?"),
        max_length=LONGEST_TEXT,
        widget=text_area(6),
        help_text=_("A question, a request, a complaint, a proposal: in your own words."),
    )
    place = forms.CharField(label=_("Exact place"), max_length=LONGEST_LINE, required=False)
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
