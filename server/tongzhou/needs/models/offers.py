"""What somebody offers: a unit, or a donor without an account who holds a number."""

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.needs.choices import Answer, Channel
from tongzhou.places.models import Area


class Offer(models.Model):
    """Goods, people or help on offer. ``desk`` is the unit that answers one that nobody had
    asked for; how to reach a donor stands beside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="offers")
    #: Under which a donor without an account follows the offer.
    code = models.CharField(max_length=16, null=True, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    exercise = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    conditions = models.TextField(blank=True)
    channel = models.TextField(choices=Channel.choices, default=Channel.WEB)
    unsolicited = models.BooleanField(default=False)
    desk = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="offers_here")
    answer = models.TextField(choices=Answer.choices, default=Answer.ACCEPTED)
    answer_reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                                    db_index=False)  # fmt: skip
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                             db_index=False)  # fmt: skip
    at = models.DateTimeField()
    run = models.ForeignKey(
        "needs.ImportRun", null=True, on_delete=models.PROTECT, related_name="offers"
    )
    origin = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=models.F("from_at")),
                name="offer_ends_after_it_begins",
            )
        ]
        indexes = [
            models.Index(fields=["desk", "answer", "-number"], name="offer_at_desk"),
            models.Index(fields=["unit", "-number"], name="offer_of_unit"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"O-{self.number}"

    @property
    def usable(self) -> bool:
        """True where somebody may take from it; whether its time has come is asked apart."""
        return self.answer == Answer.ACCEPTED and self.withdrawn_at is None

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own"; "desk": the unit that answers it, or above it; "line": above the unit that
        offers; "known": what was accepted is known to whoever may see needs."""
        if post.exercise != self.exercise:
            return frozenset()
        found = set()
        if post.unit_id == self.unit_id:
            found.add("own")
        elif self.unit is not None and post.unit_id in self.unit.line:
            found.add("line")
        if self.desk is not None and post.unit_id in self.desk.line:
            found.add("desk")
        if self.usable and post.holds("need.see"):
            found.add("known")
        return frozenset(found)


class Donor(models.Model):
    """How to reach a donor without account: for who answers the offer, beside it, so that it
    can be removed by itself."""

    offer = models.OneToOneField(
        Offer, primary_key=True, on_delete=models.CASCADE, related_name="donor"
    )
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=200, blank=True)


class OfferLine(models.Model):
    """One thing of an offer. ``item`` None: described in words that the catalogue does not
    know. ``promised`` is kept by the database from the commitments."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=120, blank=True)
    #: None: makes or has it, the amount is not known.
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    typed = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(null=True)
    promised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
                name="offer_of_something",
            ),
            models.CheckConstraint(condition=Q(promised__gte=0), name="offer_promised"),
        ]
