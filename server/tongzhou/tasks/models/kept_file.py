"""What every kept file is."""

from django.db import models

from tongzhou.kernel.ids import new_id


class KeptFile(models.Model):
    """A file that somebody handed in; its type was read from its content, not from its name.
    Who derives from it says what it belongs to, whose ``post`` it came from, and where it lies."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    content_type = models.TextField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField()
    at = models.DateTimeField()

    class Meta:
        abstract = True
