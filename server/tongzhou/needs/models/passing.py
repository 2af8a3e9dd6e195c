"""Why a need went up the line by hand: words of people, which stand beside the ledger."""

from django.db import models

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.ids import new_id
from tongzhou.needs.models.needs import Need


class Passing(models.Model):
    """That a need went from one unit to the one above. ``post`` None and no reason: its time
    ran out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="passings")
    former = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500, blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                             db_index=False)  # fmt: skip
    at = models.DateTimeField()
