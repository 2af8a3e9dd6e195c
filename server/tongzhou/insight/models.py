"""Results of the analysis, kept so that a page never waits for one."""

from django.db import models


class Result(models.Model):
    """The analysis of an incident's acts up to a ledger position, as JSON."""

    incident = models.UUIDField(unique=True)
    position = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    body = models.JSONField(null=True)
    error = models.TextField(blank=True)
