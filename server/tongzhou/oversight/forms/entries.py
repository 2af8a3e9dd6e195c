"""Accountability entries: proposing one, replying, closing."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import access
from tongzhou.actors.models import Post
from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.incidents.queries import signals
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.actions.change import LONG
from tongzhou.oversight.forms.fields import CitesField, MissedField, text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.oversight.models import Ground, Outcome


class EntryForm(InIncident):
    """A new entry. The unit is chosen before, so that its posts can be offered."""

    post_id = forms.ChoiceField(label=_("Post"), help_text=_("It is about what this post did."))
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices)
    what = forms.CharField(label=_("What happened"), max_length=LONG, widget=text_area())
    cites = CitesField(label=_("Evidence"))
    missed = MissedField()
    signal = forms.CharField(
        label=_("Early signal it rests on"),
        max_length=20,
        required=False,
        help_text=_("Ticket number. Good-faith reports are protected."),
    )
    due_at = LocalMoment(label=_("Reply by"), help_text=_("At least three days."))
    field_order = ("post_id", "ground", "what", "cites", "missed", "signal", "due_at", "incident")

    def __init__(self, *args: Any, posts: list[Post], **options: Any) -> None:
        super().__init__(*args, **options)
        self.posts = {str(post.id): post for post in posts}
        field = self.fields["post_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, self._label(post)) for key, post in self.posts.items()]
        self.fields["due_at"].initial = end_of_day(self.at, days=7)

    def _label(self, post: Post) -> str:
        if access.sees_people(self.post, post.unit):
            return f"{post.get_role_display()} – {post.person.name}"
        return str(post.get_role_display())

    def clean_signal(self) -> Any:
        """The signal itself; one that the post may not see does not exist for it."""
        ticket = self.cleaned_data["signal"].strip()
        if not ticket:
            return None
        try:
            return signals.find(ticket, visible_to=self.post)
        except NotFound as missing:
            raise ValidationError(str(missing)) from missing

    def arguments(self) -> dict[str, Any]:
        """With the post itself."""
        given = super().arguments()
        return given | {"post": self.posts[str(UUID(given.pop("post_id")))]}


class ReplyForm(RoomForm):
    """What the person concerned says."""

    text = forms.CharField(label=_("Your reply"), max_length=LONG, widget=text_area(6))


class CloseForm(RoomForm):
    """How it ends, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    decision = forms.CharField(
        label=_("Reasons"),
        max_length=LONG,
        widget=text_area(),
        help_text=_("They answer what the person said."),
    )
