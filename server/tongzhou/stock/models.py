"""Stores, batches, and what moved between accounts.

Goods are booked twice: each movement takes from accounts what it gives to others. The
database holds to it (migration 0002): entries of a movement sum to nothing per item, entries
never change, and balances follow from entries and reservations alone.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area
from tongzhou.stock.choices import AccountKind, DifferenceReason, MovementKind, SiteKind

#: Sectors whose units see the stores of their area, also of units that they do not command.
AUTHORITIES = frozenset({"government", "party_body", "cdc"})


def amount(**more: object) -> "models.DecimalField[Decimal, Decimal]":
    """A column for an amount."""
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, **more)  # type: ignore[arg-type]


class Site(Named):
    """A place of a unit where goods lie."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=80)
    kind = models.TextField(choices=SiteKind.choices, default=SiteKind.WAREHOUSE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sites")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    exercise = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit"], name="site_of_unit")]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own"; "line" for those above; "area" for the authorities whose area it lies in.
        Others, and the other world of exercises, do not see it."""
        if post.exercise != self.exercise:
            return frozenset()
        found = set()
        if post.unit_id == self.unit_id:
            found.add("own")
        elif post.unit_id in self.unit.line:
            found.add("line")
        if post.unit.sector in AUTHORITIES and post.unit.area.contains(self.area):
            found.add("area")
        return frozenset(found)

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.closed_at is None


class Minimum(models.Model):
    """What a store should never have less of."""

    id = models.BigAutoField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="minimums")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = amount()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "item"], name="one_minimum"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="minimum_positive"),
        ]


class Batch(models.Model):
    """Goods of one making: same item, number, expiry and source. ``code`` is "" where goods
    carry no number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="batches")
    code = models.CharField(max_length=80, blank=True)
    expires_on = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "code", "expires_on", "source"],
                nulls_distinct=False,
                name="one_batch",
            )
        ]

    def expired(self, on: date) -> bool:
        """True when it must not be given out on that day: the date is the last good one."""
        return self.expires_on is not None and self.expires_on < on


class Account(models.Model):
    """Where goods can be booked. One per store; one per thing on the way (``for_kind``,
    ``for_id``), owned by a unit; and one of each kind for the world outside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=AccountKind.choices)
    site = models.OneToOneField(Site, null=True, on_delete=models.PROTECT, related_name="account")
    for_kind = models.CharField(max_length=40, blank=True)
    for_id = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "for_kind", "for_id"],
                condition=Q(site__isnull=True),
                nulls_distinct=False,
                name="one_account",
            ),
            models.CheckConstraint(
                condition=Q(kind="site", site__isnull=False) | ~Q(kind="site") & Q(site=None),
                name="account_of_a_site",
            ),
        ]


class Movement(models.Model):
    """Something that happened to goods; its entries say what. ``about``: (kind, id) of what
    it was for, a need or a shipment. ``document`` is the number of a paper."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=MovementKind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    for_kind = models.CharField(max_length=40, blank=True)
    for_id = models.UUIDField(null=True)
    document = models.CharField(max_length=80, blank=True)
    #: In people's own words; not in the ledger.
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["for_kind", "for_id"],
                condition=Q(for_id__isnull=False),
                name="movement_for",
            )
        ]


class Entry(models.Model):
    """A line of a movement: so much more (or less, negative) of a batch on an account.
    ``item`` is that of the batch."""

    id = models.BigAutoField(primary_key=True)
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    quantity = amount()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(quantity=0), name="entry_of_something")]
        indexes = [models.Index(fields=["account", "item", "id"], name="entry_card")]


class Balance(models.Model):
    """What an account holds of a batch, and how much of it is reserved. Kept by the database
    from entries and reservations; nobody writes it."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="balances", db_index=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="balances")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_hand = amount(default=0)
    reserved = amount(default=0)
    first_in_at = models.DateTimeField()
    last_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "batch"], name="one_balance"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(on_hand__gte=F("reserved")),
                name="never_below_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "account"], name="balance_of_item"),
            models.Index(fields=["account", "item"], name="balance_of_account"),
        ]


class Reservation(models.Model):
    """Goods of a store that are kept for something: ``for_kind``, ``for_id``. ``until``: past
    that moment they are released by themselves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="reservations")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    for_kind = models.CharField(max_length=40)
    for_id = models.UUIDField()
    #: What was reserved at first; what is left stands in the lines.
    quantity = amount()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: When nothing was left of it: taken, released or run out.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["for_kind", "for_id"], name="reservation_for"),
            models.Index(
                fields=["until"], condition=Q(ended_at__isnull=True), name="reservation_open"
            ),
        ]

    @property
    def left(self) -> Decimal:
        """What is still kept of it."""
        return sum((line.quantity for line in self.lines.all()), Decimal(0))


class ReservedLine(models.Model):
    """What a reservation keeps of one batch."""

    id = models.BigAutoField(primary_key=True)
    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="lines")
    balance = models.ForeignKey(Balance, on_delete=models.PROTECT, related_name="lines")
    quantity = amount()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reservation", "balance"], name="one_reserved_line"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="reserved_not_negative"),
        ]


class Count(models.Model):
    """A count of a store, or of some items in it, which goes on while goods move."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="counts")
    started_at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    movement = models.OneToOneField(
        Movement, null=True, on_delete=models.PROTECT, related_name="count"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(closed_at__isnull=True), name="one_open_count"
            )
        ]


class CountLine(models.Model):
    """A batch that is to be counted. ``booked`` is what the books said at the moment it was
    counted, so that what moves before and after does not disturb it."""

    id = models.BigAutoField(primary_key=True)
    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="lines")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    booked = amount(null=True)
    counted = amount(null=True)
    counted_at = models.DateTimeField(null=True)
    counted_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(choices=DifferenceReason.choices, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "batch"], name="one_count_line"),
            models.CheckConstraint(
                condition=Q(counted__isnull=True) | Q(counted__gte=0), name="counted_not_negative"
            ),
        ]

    @property
    def difference(self) -> Decimal | None:
        """What was found more (or less, negative); None until counted."""
        if self.counted is None or self.booked is None:
            return None
        return self.counted - self.booked
