"""Daily counts, and the files in which they came."""

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post
from tongzhou.incidents.models.incidents import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class DailyCount(models.Model):
    """Cumulative counts of an area at the end of a day, as reported and as corrected.

    A revised figure is a new row (``revision``), so the old one and who changed it stay.
    ``*_used`` never fall: a series that falls was corrected later by its source, and the
    fall is taken off the days before (both are shown).
    """

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="counts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    date = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    confirmed = models.PositiveIntegerField()
    cured = models.PositiveIntegerField()
    dead = models.PositiveIntegerField()
    confirmed_used = models.PositiveIntegerField()
    cured_used = models.PositiveIntegerField()
    dead_used = models.PositiveIntegerField()
    source = models.TextField()
    as_of = models.DateTimeField()
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "area", "date", "revision"], name="count_revision"
            ),
            models.UniqueConstraint(
                fields=["incident", "area", "date"], condition=Q(current=True), name="count_current"
            ),
        ]


class CountsFile(models.Model):
    """A file of daily counts as it was sent, until somebody decides to record it, and as the
    evidence afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="count_files")
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    name = models.TextField(blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    as_of = models.DateTimeField()
    within = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
