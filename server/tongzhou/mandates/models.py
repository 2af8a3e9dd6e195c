"""Duties, who is charged with them where and when, with what means, and what was passed on."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.kernel.ids import new_id
from tongzhou.mandates import cells
from tongzhou.mandates.parts import MeansKind, Part, Side
from tongzhou.places.models import Area, Level


class Duty(Named):
    """Something that somebody owes by law, plan or agreement. ``needs`` are the means without
    which it cannot be done; below the level ``lowest`` nobody may be charged with it;
    ``autonomous``: on the list that communities decide alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    side = models.TextField(choices=Side.choices, default=Side.GOVERNMENT)
    legal_basis = models.TextField(blank=True)
    source = models.TextField(blank=True)
    confidence = models.TextField(blank=True)
    needs = ArrayField(models.TextField(choices=MeansKind.choices), default=list)
    lowest = models.TextField(choices=Level.choices, blank=True)
    autonomous = models.BooleanField(default=False)
    #: The version of the template that it came from, None for one of one's own.
    version = models.UUIDField(null=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def relations_of(self, post: Post) -> frozenset[str]:
        """Duties are known to everybody who is signed in: "known"; "proposer": the post's
        unit declared it, or stands above the unit that did."""
        own = self.unit is not None and post.unit_id in self.unit.line
        return frozenset({"known", "proposer"} if own else {"known"})

    @property
    def needs_named(self) -> str:
        """The means that it needs, in words."""
        labels = dict(MeansKind.choices)
        # Translators: what stands between the parts of a list.
        comma = pgettext("list", ", ")
        return comma.join(str(labels[kind]) for kind in MeansKind.values if kind in self.needs)

    @property
    def is_open(self) -> bool:
        """True until it is retired."""
        return self.retired_at is None


class ChargeState(models.TextChoices):
    """How far a charge has come."""

    PROPOSED = "proposed", _("proposed")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")
    DECLINED = "declined", _("declined")


class Charge(models.Model):
    """A unit's part in a duty for an area, in the cells (phase × grade) of the set ``cells``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="charges")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charges")
    part = models.TextField(choices=Part.choices)
    cells = models.IntegerField(default=cells.EVERY)
    state = models.TextField(choices=ChargeState.choices, default=ChargeState.PROPOSED)
    proposed_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["duty", "state"], name="charge_of_duty"),
            models.Index(fields=["unit", "state"], name="charge_of_unit"),
        ]

    def relations_of(self, post: Post) -> frozenset[str]:
        """Who owes what is known to everybody who is signed in: "known"; "charged": the
        post's unit is the one charged; "line": it stands above that."""
        found = {"known"}
        if post.unit_id == self.unit_id:
            found.add("charged")
        elif post.unit_id in self.unit.line:
            found.add("line")
        return frozenset(found)


class Seat(models.Model):
    """The one accountable charge of a duty in an area, a phase and a grade. The database
    itself allows no second one; a hand-over moves the row, so there is never none."""

    id = models.BigAutoField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, db_index=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, db_index=False)
    phase = models.TextField()
    grade = models.TextField(blank=True)
    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "area", "phase", "grade"], name="one_accountable"
            ),
        ]


class ProposalKind(models.TextChoices):
    """What is asked of the units concerned."""

    CHARGE = "charge", _("take on a duty")
    END = "end", _("give up a duty")
    DELEGATE = "delegate", _("take over a delegated duty")


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("waits for consent")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Proposal(models.Model):
    """A change to a charge that is not in force before every unit in ``asked`` has consented
    (``given``). ``takes_over``: those who are accountable in these cells now lose them to this
    charge, in the same moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField(choices=ProposalKind.choices)
    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="proposals")
    takes_over = models.BooleanField(default=False)
    cells = models.IntegerField(default=cells.EVERY)
    asked: "ArrayField[list[UUID], list[UUID]]" = ArrayField(models.UUIDField(), default=list)
    given: "ArrayField[list[UUID], list[UUID]]" = ArrayField(models.UUIDField(), default=list)
    state = models.TextField(choices=ProposalState.choices, default=ProposalState.OPEN)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    by_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="open"), name="proposal_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(state="open"), name="one_open_proposal"
            ),
        ]

    @property
    def waiting(self) -> list[UUID]:
        """The units that have not answered yet."""
        return [unit for unit in self.asked if unit not in self.given]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "charged": the consent of the post's unit is asked; "proposer": it asked; "known"
        for everybody who is signed in."""
        found = {"known"}
        if post.unit_id in self.asked:
            found.add("charged")
        if self.by_unit_id is not None and post.unit_id == self.by_unit_id:
            found.add("proposer")
        return frozenset(found)


class Delegation(models.Model):
    """A duty passed on, for a term: ``charge`` of the unit that passes it on, ``to`` the
    charge that came of it. Accountability stays where it was; what came along are means of
    ``to``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="delegations")
    to = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="delegation")
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)


class Means(models.Model):
    """What a charge can be done with. ``text`` says what; ``by_unit`` who gives it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="means")
    kind = models.TextField(choices=MeansKind.choices)
    text = models.TextField()
    by_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    delegation = models.ForeignKey(
        Delegation, null=True, on_delete=models.CASCADE, related_name="means"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
