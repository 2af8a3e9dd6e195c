"""Gifts: promised, received, and followed by whoever gave."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import Donor, GiftState
from tongzhou.funds.models.funds import Fund
from tongzhou.kernel.ids import new_id


class Gift(models.Model):
    """Money or goods that somebody gives to a fund. ``code`` is the donor's key to the page
    that shows what the gift became: no account, no name. Of goods ``amount`` is the value, and
    ``valued_by`` how it was found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    code = models.CharField(max_length=20, unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="gifts")
    donor_kind = models.TextField(choices=Donor.choices)
    #: A unit that gives under its own name; none: a donor known by the code alone.
    donor = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    in_kind = models.BooleanField(default=False)
    #: Promised; what came may be less or more.
    promised = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(default=0)
    #: An item of the catalogue, and its name as it was then.
    item = models.UUIDField(null=True)
    thing = models.TextField(blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    measure = models.TextField(blank=True)
    used = models.BigIntegerField(default=0)
    valued_by = models.TextField(blank=True)
    expected_on = models.DateField(null=True)
    state = models.TextField(choices=GiftState.choices, default=GiftState.PROMISED)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    promised_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(used__lte=models.F("amount")), name="gift_used"
            )
        ]
        indexes = [models.Index(fields=["fund", "-number"], name="gift_of_fund")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it; it opens nothing."""
        return f"G-{self.number}"

    @property
    def left(self) -> int:
        """Of goods: the value that was not handed out yet."""
        return self.amount - self.used

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to its fund, and "donor"."""
        found = self.fund.relations_of(post) - {"below", "inside"}
        donor: UUID | None = self.donor_id
        return found | {"donor"} if post.unit_id == donor else found
