"""The books, in double entry: what one account gives another takes. Only added to, never
changed; the database itself keeps the balances and refuses what does not sum to zero."""

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import Books, Kind
from tongzhou.funds.models.funds import Fund
from tongzhou.kernel.ids import new_id


class Account(models.Model):
    """One of the three accounts of a fund, or one outside of all funds. The balance is kept by
    the database as entries come in, never below ``floor``; outside nothing is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    books = models.TextField(choices=Books.choices)
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="accounts")
    balance = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "books"], name="one_account_of_a_kind"),
            models.UniqueConstraint(
                fields=["books"], condition=Q(fund__isnull=True), name="one_outside_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(balance__gte=models.F("floor")), name="account_not_overdrawn"
            ),
        ]


class Posting(models.Model):
    """Something that happened with money: two or more entries that sum to zero. ``about``: the
    gift, request, transfer … that it comes from; of a sum received ``reference`` says where it
    is written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=Kind.choices)
    at = models.DateTimeField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    about_kind = models.TextField(blank=True)
    about_id = models.UUIDField(null=True)
    reference = models.TextField(blank=True)
    #: The unit outside that gave or took, where it is one.
    party = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["about_id"], name="posting_about")]


class Entry(models.Model):
    """What one account takes (more than nothing) or gives (less)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="entry_not_nothing"),
            models.UniqueConstraint(fields=["posting", "account"], name="once_in_a_posting"),
        ]
        indexes = [models.Index(fields=["account", "id"], name="entry_of_account")]


class Portion(models.Model):
    """Money in a fund that came in together; ``gift`` where somebody gave it. What was first
    in is first out, so that each giver sees what became of the own gift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="portions")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    gift = models.ForeignKey(
        "funds.Gift", null=True, on_delete=models.PROTECT, related_name="portions"
    )
    amount = models.BigIntegerField()
    left = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0) & Q(left__lte=models.F("amount")), name="portion_left"
            )
        ]
        indexes = [
            models.Index(fields=["fund", "id"], condition=Q(left__gt=0), name="portion_open")
        ]


class Portioned(models.Model):
    """What became of a part of a portion: the posting that took it, and how much came back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    portion = models.ForeignKey(Portion, on_delete=models.PROTECT, related_name="uses")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="portioned")
    amount = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=models.F("amount")),
                name="portioned_returned",
            )
        ]
