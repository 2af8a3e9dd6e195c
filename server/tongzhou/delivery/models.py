"""News for units, written by a follower of the ledger."""

from django.db import models


class Notice(models.Model):
    """That a unit should know of an act. ``read_at`` is set when somebody of it looked."""

    id = models.BigAutoField(primary_key=True)
    unit = models.UUIDField()
    act = models.UUIDField()
    position = models.BigIntegerField()
    type = models.TextField()
    by_unit = models.UUIDField(null=True)
    about_kind = models.TextField()
    about_id = models.UUIDField()
    at = models.DateTimeField()
    exercise = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "act"], name="one_notice")]
        indexes = [
            models.Index(fields=["unit", "-position"], name="notice_latest"),
            models.Index(
                fields=["unit"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
        ]
