"""Field staff who check in while they are out."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models.incidents import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Shift(models.Model):
    """People of a unit who are out and check in at a rhythm. How many, never who: the unit
    knows its people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="shifts")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    # The gate, the building, the route: stands here and not in the ledger.
    place = models.TextField(blank=True)
    people = models.PositiveSmallIntegerField()
    every = models.DurationField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    last_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: What the last check-in said: all well, or help is needed.
    needs_help = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-started_at"], name="shift_of_unit"),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="shift_open"),
        ]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own": a shift of the post's unit; "line": the unit stands above it."""
        if self.unit_id == post.unit_id:
            return frozenset({"own"})
        return frozenset({"line"} if post.unit_id in self.unit.line else ())

    def silent(self, at: datetime) -> timedelta | None:
        """By how much the check-in is overdue; None while it is not."""
        return at - self.due_at if self.ended_at is None and at > self.due_at else None


class CheckIn(models.Model):
    """One check-in, with the words that came with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="check_ins")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    needs_help = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)

    @property
    def late(self) -> bool:
        """True when it came after it was due."""
        return self.at > self.due_at
