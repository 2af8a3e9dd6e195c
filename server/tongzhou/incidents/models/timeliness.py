"""When an event emerged, was detected and notified, and when the early actions were done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.models.incidents import Incident
from tongzhou.kernel.ids import new_id


class Milestone(models.Model):
    """A date of the 7-1-7 target. A correction is a row of its own: ``current`` marks the one
    that counts, the others stay. Without ``happened_at`` the action does not apply."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="milestones")
    key = models.TextField()
    happened_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    current = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "key"],
                condition=models.Q(current=True),
                name="milestone_current",
            )
        ]


class Hindrance(models.TextChoices):
    """What slowed a stretch down, or sped it up."""

    BOTTLENECK = "bottleneck", _("bottleneck")
    ENABLER = "enabler", _("enabler")


class Stretch(models.TextChoices):
    """The three stretches of 7-1-7."""

    DETECT = "detect", _("detection")
    NOTIFY = "notify", _("notification")
    RESPOND = "respond", _("early response")


class TimelinessNote(models.Model):
    """A bottleneck or an enabler of a stretch, and what is done about it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="timeliness_notes"
    )
    stretch = models.TextField(choices=Stretch.choices)
    sort = models.TextField(choices=Hindrance.choices)
    text = models.TextField()
    # What is to be done at once, and what takes longer.
    remedy_now = models.TextField(blank=True)
    remedy_later = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
