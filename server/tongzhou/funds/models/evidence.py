"""Files: receipts of payments, evidence of claims."""

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post
from tongzhou.funds.models.claims import Claim
from tongzhou.funds.models.spending import Payment
from tongzhou.tasks.models import KeptFile


class Evidence(KeptFile):
    """A file: the receipt of a payment, or evidence of a claim."""

    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="receipts"
    )
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(upload_to="funds/%Y/%m/")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=True) ^ Q(claim__isnull=True), name="evidence_of_one"
            )
        ]
