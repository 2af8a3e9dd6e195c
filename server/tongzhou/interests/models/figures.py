"""Figures that were worked out, and figures of areas."""

from django.db import models

from tongzhou.actors.models import Post
from tongzhou.interests.indicators import Indicator
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Reckoning(models.Model):
    """What the analysis library answered to a question of numbers; found by the question, so
    that the same one is worked out once. Holds no names."""

    digest = models.CharField(primary_key=True, max_length=64)
    question = models.JSONField()
    answer = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)


class TensionFigure(models.Model):
    """One figure of an area for a year, with its source. Never changed: a correction is a new
    one, and the last of the latest year counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    indicator = models.TextField(choices=Indicator.choices)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    year = models.PositiveSmallIntegerField()
    source = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="figure_not_negative")
        ]
        indexes = [models.Index(fields=["area", "indicator", "-year", "-at"], name="figure_latest")]
