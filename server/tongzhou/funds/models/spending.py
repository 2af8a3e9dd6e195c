"""Requests for money, what was paid on them, and transfers between funds."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import Purpose, SpendingState, TransferState, Work
from tongzhou.funds.models.books import Posting
from tongzhou.funds.models.funds import Fund
from tongzhou.funds.money import Currency
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Spending(models.Model):
    """A unit asks for money from a fund: for what, how much, whom to pay. Approved by somebody
    else of the fund's owner or above it; then so much is set aside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="spendings")
    asker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    purpose = models.TextField(choices=Purpose.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    approved = models.BigIntegerField(null=True)
    #: For what: a task, a claim, a need …, and its name as it was then.
    for_kind = models.TextField(blank=True, choices=Work.choices)
    for_id = models.UUIDField(null=True)
    for_label = models.TextField(blank=True)
    needed_on = models.DateField()
    state = models.TextField(choices=SpendingState.choices, default=SpendingState.ASKED)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    decider = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & (Q(approved__isnull=True) | Q(approved__gt=0, approved__lte=F("amount"))),
                name="spending_amounts",
            ),
            # A claim is paid once: one living request for each.
            models.UniqueConstraint(
                fields=["for_id"],
                condition=Q(for_kind="claim", state__in=["asked", "approved", "paid"]),
                name="claim_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "state", "number"], name="spending_of_fund"),
            models.Index(fields=["asker", "number"], name="spending_of_asker"),
            models.Index(fields=["payee", "number"], name="spending_of_payee"),
            models.Index(fields=["for_id"], name="spending_for"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"S-{self.number}"

    @property
    def money(self) -> Currency:
        """The currency of its fund."""
        return self.fund.money

    @property
    def is_open(self) -> bool:
        """True until it is paid, refused or cancelled."""
        return self.state in (SpendingState.ASKED, SpendingState.APPROVED)

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own": keeps the fund; "line": above its owner; "asker"; "payee"; "over": above the
        asker."""
        unit = post.unit_id
        found = set()
        if unit == self.fund.owner_id:
            found.add("own")
        if unit in self.fund.owner.above:
            found.add("line")
        if unit == self.asker_id:
            found.add("asker")
        if unit == self.payee_id:
            found.add("payee")
        if unit in self.asker.above:
            found.add("over")
        return frozenset(found)


class Payment(models.Model):
    """What was paid on a request, once. Until the receipt is there it is listed, and a time
    limit runs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    spending = models.OneToOneField(Spending, on_delete=models.PROTECT, related_name="payment")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    receipt_due_at = models.DateTimeField()
    receipt_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & Q(returned__gte=0) & Q(returned__lte=F("amount")),
                name="payment_amounts",
            )
        ]
        indexes = [
            models.Index(
                fields=["receipt_due_at"],
                condition=Q(receipt_at__isnull=True),
                name="payment_no_receipt",
            ),
            models.Index(fields=["at"], name="payment_at"),
        ]


class Transfer(models.Model):
    """Money that is to go from one fund into another; the giving side approves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    source = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="transfers_out")
    target = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="transfers_in")
    amount = models.BigIntegerField()
    why = models.TextField()
    state = models.TextField(choices=TransferState.choices, default=TransferState.ASKED)
    reason = models.TextField(blank=True)
    asker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(source=F("target")), name="transfer_between_two"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"M-{self.number}"

    def relations_of(self, post: Post) -> frozenset[str]:
        """To the giving fund "own", "line"; "asker"; "receiver": keeps the other fund."""
        unit: UUID = post.unit_id
        found = set(self.source.relations_of(post) & {"own", "line"})
        if unit == self.asker_id:
            found.add("asker")
        if unit == self.target.owner_id:
            found.add("receiver")
        return frozenset(found)
