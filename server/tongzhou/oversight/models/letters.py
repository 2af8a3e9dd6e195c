"""Supervision letters: numbered, with what they cite, answered in writing."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id


class LetterState(models.TextChoices):
    """Where a letter stands."""

    SENT = "sent", _("waits for the answer")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Letter(models.Model):
    """A unit urges another in writing. ``cites``: findings, tasks, clocks and acts, with the
    names that they had. Numbered by sender and year, without gaps."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    subject = models.TextField()
    body = models.TextField()
    cites = models.JSONField(default=list)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=LetterState.choices, default=LetterState.SENT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answer_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "year", "serial"], name="letter_number")
        ]
        indexes = [models.Index(fields=["recipient", "state", "due_at"], name="letter_recipient")]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"

    @property
    def reference(self) -> str:
        """The number as it stands on the letter."""
        return gettext("No. %(serial)d of %(year)d") % {"serial": self.serial, "year": self.year}

    @property
    def due_day(self) -> str:
        """The last day for the answer, in the local zone."""
        return timezone.localtime(self.due_at).date().isoformat()

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "owner": has to answer; "own": sent it; "line": above one of the two."""
        found = set()
        if post.unit_id == self.recipient_id:
            found.add("owner")
        if post.unit_id == self.sender_id:
            found.add("own")
        if post.unit_id in (*self.recipient.above, *self.sender.above):
            found.add("line")
        return frozenset(found)
