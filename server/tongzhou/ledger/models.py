"""Tables of the ledger. Private to this room: others append, read and follow by the
functions of ``tongzhou.ledger``.

Nothing here is ever updated. An act is written together with a line in ``Pending`` in the
transaction of the change it tells of; the sealer turns pending acts into ``Seal`` and
``Block`` rows. The web process has no right to change or delete any of them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tongzhou.kernel.ids import new_id


class Act(models.Model):
    """One thing that somebody did. Ids and text only: an act outlives its subject."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type = models.TextField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_post = models.UUIDField(null=True)
    by_unit = models.UUIDField(null=True)
    with_units = ArrayField(models.UUIDField(), default=list)
    kind = models.TextField(blank=True)
    incident = models.UUIDField(null=True)
    phase = models.TextField(blank=True)
    area = models.TextField(blank=True)
    about_kind = models.TextField()
    about_id = models.UUIDField()
    basis = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    visibility = models.TextField(default="parties")
    audience = ArrayField(models.UUIDField(), default=list)
    origin = models.TextField(default="local")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about_kind", "about_id", "id"], name="act_about"),
            models.Index(fields=["incident", "id"], name="act_incident"),
            models.Index(fields=["by_unit", "id"], name="act_by_unit"),
        ]


class Pending(models.Model):
    """An act that has no place in the chain yet."""

    act_id = models.UUIDField(primary_key=True)


class Block(models.Model):
    """A run of positions: the Merkle root of its acts, and the hash of the block before."""

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()


class Seal(models.Model):
    """The position of an act in the chain, and the hash of the act at that position."""

    position = models.BigIntegerField(primary_key=True)
    act_id = models.UUIDField(unique=True)
    block = models.BigIntegerField(db_index=True)
    leaf = models.BinaryField(max_length=32)


class Follower(models.Model):
    """How far a reader of sealed acts has come."""

    name = models.TextField(primary_key=True)
    position = models.BigIntegerField(default=0)
