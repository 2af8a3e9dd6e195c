"""Agreements: what both sides signed, version by version."""

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.choices import AgreementState, Liability, Payment
from tongzhou.aid.models.requests import AidOffer, AidRequest
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models.words import in_language
from tongzhou.kernel.ids import new_id


class Agreement(models.Model):
    """What the two sides agreed: ``count``, ``cost``, ``arrives_at``, ``ends_on`` and ``payment``
    are those of the version in force (nothing while there is none). Nobody is sent beyond
    ``count``, nothing claimed beyond ``cost``: the database refuses it too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    request = models.ForeignKey(AidRequest, on_delete=models.PROTECT, related_name="agreements")
    offer = models.OneToOneField(AidOffer, on_delete=models.PROTECT, related_name="agreement")
    asker = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    offerer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=AgreementState.choices, default=AgreementState.DRAFT)
    currency = models.CharField(max_length=3)
    #: People who come with one.
    people = models.PositiveIntegerField(default=0)
    #: The version in force, 0 for none.
    version = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    arrives_at = models.DateTimeField()
    ends_on = models.DateField()
    payment = models.TextField(choices=Payment.choices, default=Payment.ASKER)
    #: So many of the request are spoken for: those in force, or more that wait for signatures.
    reserved = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    #: The sum of what was claimed and neither refused nor given away; and what was paid of it.
    claimed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    reason = models.TextField(blank=True)
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sent__lte=F("count")), name="aid_sent_as_agreed"),
            models.CheckConstraint(
                condition=Q(claimed__lte=F("cost"), paid__lte=F("claimed"), paid__gte=0),
                name="aid_paid_as_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["asker", "state"], name="aid_agreement_asker"),
            models.Index(fields=["offerer", "state"], name="aid_agreement_offerer"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"MG-{self.number}"

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]

    @property
    def in_force(self) -> bool:
        """True once a version bears both signatures."""
        return self.state == AgreementState.FORCE

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "asker", "offerer", and "asker_line", "offerer_line": above them. Nothing in the
        other world of exercises."""
        incident = self.request.incident
        if post.exercise != bool(incident is not None and incident.exercise):
            return frozenset()
        found = set()
        for side in ("asker", "offerer"):
            unit = getattr(self, side)
            if unit.id == post.unit_id:
                found.add(side)
            elif post.unit_id in unit.above:
                found.add(f"{side}_line")
        return frozenset(found)


class Version(models.Model):
    """One text of an agreement. It is in force once both sides signed it; a change is another
    version, which needs both again. ``clauses`` are those of the template of that day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    cost = models.BigIntegerField()
    arrives_at = models.DateTimeField()
    ends_on = models.DateField()
    payment = models.TextField(choices=Payment.choices, default=Payment.ASKER)
    liability = models.TextField(choices=Liability.choices, default=Liability.ASKER)
    conditions = models.TextField(blank=True)
    template = models.UUIDField()
    clauses = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    asker_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asker_signed_at = models.DateTimeField(null=True)
    offerer_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    offerer_signed_at = models.DateTimeField(null=True)
    #: Another version took its place before it was signed, or the agreement was cancelled.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="aid_version_number"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(dropped_at__isnull=True)
                & (Q(asker_signed_at__isnull=True) | Q(offerer_signed_at__isnull=True)),
                name="aid_one_version_to_sign",
            ),
            models.CheckConstraint(
                condition=Q(count__gt=0, cost__gte=0), name="aid_version_amounts"
            ),
        ]

    @property
    def signed(self) -> bool:
        """True when both sides signed."""
        return self.asker_signed_at is not None and self.offerer_signed_at is not None

    @property
    def to_sign(self) -> bool:
        """True while a signature is missing."""
        return not self.signed and self.dropped_at is None

    @property
    def clause_texts(self) -> list[str]:
        """The clauses in the active language."""
        return [in_language(one["zh"], one["en"]) for one in self.clauses]
