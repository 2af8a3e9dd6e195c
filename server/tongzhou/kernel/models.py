"""What belongs to no feature: answers kept for repeated requests, counts of attempts."""

from django.db import models


class KeptAnswer(models.Model):
    """The answer to a POST with an idempotency key, so that the same request sent again is
    answered alike and done once. ``request`` is the SHA-256 of method, path and body."""

    caller = models.TextField()
    key = models.CharField(max_length=200)
    request = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    content_type = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="kept_answer")]


class RateCount(models.Model):
    """How often a sender did something since its count began; see ``kernel.rate``."""

    sender = models.CharField(max_length=200, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)


class Beat(models.Model):
    """That a background part lives: one row for each process that does it. Written by
    ``kernel.beats``, by the clock of the database, so that all parts are measured alike."""

    part = models.CharField(max_length=80)
    process = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "process"], name="one_beat")]
