"""Who went, came and went home; and what it cost."""

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post
from tongzhou.aid.choices import CostState
from tongzhou.aid.models.agreements import Agreement
from tongzhou.funds.models import Spending
from tongzhou.funds.money import Currency
from tongzhou.kernel.ids import new_id


class Deployment(models.Model):
    """So many that left together. What was sent is on the way, here, or gone home: the three are
    differences of the four counts, so that they always add up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="deployments")
    position = models.PositiveSmallIntegerField()
    sent = models.PositiveIntegerField()
    arrived = models.PositiveIntegerField(default=0)
    #: Sent home by the host.
    released = models.PositiveIntegerField(default=0)
    #: Come home, as the sender says.
    home = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField()
    due_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    home_at = models.DateTimeField(null=True)
    #: Sent home before the agreed day.
    early = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    #: Where people check in, as the host says.
    place = models.TextField(blank=True)
    #: What the host and the sender saw that is not as it left.
    host_difference = models.TextField(blank=True)
    home_difference = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="aid_deployment_place"),
            models.CheckConstraint(
                condition=Q(
                    sent__gt=0,
                    arrived__lte=F("sent"),
                    released__lte=F("arrived"),
                    home__lte=F("released"),
                ),
                name="aid_deployment_counts",
            ),
        ]

    @property
    def on_the_way(self) -> int:
        """Left, and not confirmed by the host."""
        return self.sent - self.arrived

    @property
    def here(self) -> int:
        """With the host."""
        return self.arrived - self.released

    @property
    def going_home(self) -> int:
        """Sent home, and not confirmed by the sender."""
        return self.released - self.home

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to its agreement."""
        return self.agreement.relations_of(post)


class Cost(models.Model):
    """What the sender claims of what was agreed. Paid through a request for money to a fund of
    the asking side, or given as a gift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="costs")
    #: The version of the agreement that it was held against.
    version = models.PositiveIntegerField()
    total = models.BigIntegerField()
    state = models.TextField(choices=CostState.choices, default=CostState.CLAIMED)
    reason = models.TextField(blank=True)
    spending = models.OneToOneField(Spending, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    claimed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paid = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0, paid__gte=0, paid__lte=F("total")),
                name="aid_cost_amounts",
            )
        ]

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"MC-{self.number}"

    @property
    def money(self) -> Currency:
        """Its currency."""
        return self.agreement.money

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to its agreement."""
        return self.agreement.relations_of(post)


class CostLine(models.Model):
    """A line of a claim."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cost = models.ForeignKey(Cost, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    what = models.TextField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["cost", "position"], name="aid_cost_line_place"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="aid_cost_line_amount"),
        ]
