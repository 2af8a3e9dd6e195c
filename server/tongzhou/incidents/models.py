"""Signals, incidents, and what is decided in them."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Named, Post, Sector, Unit
from tongzhou.actors.vocabulary import ROLES, SIGNAL_ANSWER, SIGNAL_ASSESS, Role
from tongzhou.kernel.ids import new_id
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.places.models import Area


def in_language(zh: str, en: str) -> str:
    """The text in the active language, the other one where it is empty."""
    return zh or en if (get_language() or "").startswith("zh") else en or zh


#: Sectors whose units answer for their area. What people report is for them, not for every
#: firm of the town.
AUTHORITIES = frozenset({Sector.GOVERNMENT, Sector.PARTY_BODY, Sector.CDC, Sector.COMMUNITY})
#: Roles that read signals: those that assess or answer them, and those that supervise it.
SIGNAL_ROLES = frozenset(
    {role for role, words in ROLES.items() if words & {SIGNAL_ASSESS, SIGNAL_ANSWER}}
    | {Role.SUPERVISOR}
)


class SignalState(models.TextChoices):
    """How far a signal has come."""

    RECEIVED = "received", _("received")
    # The first assessment is there; a second one and the answer may follow.
    ASSESSING = "assessing", _("assessed")
    ANSWERED = "answered", _("answered")


class Channel(models.TextChoices):
    """How a signal came in; the ticket number is of one kind for all."""

    WEB = "web", _("web")
    PHONE = "phone", _("phone desk")
    PAPER = "paper", _("paper")
    SMS = "sms", _("text message")
    API = "api", _("programme")


class Signal(models.Model):
    """Something that somebody noticed, with or without an account. The reporter follows it
    by its ticket number; nobody can change what was reported."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ticket = models.CharField(max_length=16, unique=True)
    text = models.TextField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    place = models.TextField(blank=True)
    channel = models.TextField(choices=Channel.choices, default=Channel.WEB)
    state = models.TextField(choices=SignalState.choices, default=SignalState.RECEIVED)
    reported_at = models.DateTimeField()
    reporter = models.ForeignKey(Post, null=True, on_delete=models.PROTECT)
    incident = models.ForeignKey("Incident", null=True, on_delete=models.PROTECT)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-reported_at"], name="signal_state"),
            models.Index(fields=["-reported_at", "-id"], name="signal_latest"),
        ]

    def __str__(self) -> str:
        return self.ticket

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "area": the post's unit answers for the place, and the post's role for signals;
        "reporter": the post reported it."""
        found = set()
        answers = post.unit.sector in AUTHORITIES and post.role in SIGNAL_ROLES
        if answers and post.unit.area.contains(self.area):
            found.add("area")
        if self.reporter_id == post.id:
            found.add("reporter")
        return frozenset(found)


class SignalContact(models.Model):
    """How to reach the reporter. Personal data: beside the signal, removable alone."""

    signal = models.OneToOneField(Signal, primary_key=True, on_delete=models.CASCADE)
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)


class SignalAnswer(models.Model):
    """An answer given to the reporter. A later one corrects it; the signal repeats the last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()


class Verdict(models.TextChoices):
    """What an assessor concludes."""

    INCIDENT = "incident", _("open an incident")
    WATCH = "watch", _("keep watching")
    DISMISS = "dismiss", _("no public health risk")


#: The four questions of the decision instrument in Annex 2 of the International Health
#: Regulations (2005), by the field that holds the answer.
QUESTIONS = (
    ("serious", _("Is the public health impact serious?")),
    ("unusual", _("Is the event unusual or unexpected?")),
    ("spread", _("Is there a significant risk of spread beyond the area?")),
    ("travel_trade", _("Is there a significant risk of restrictions on travel or trade?")),
)


class Assessment(models.Model):
    """One assessor's answers to the four questions of IHR Annex 2, with reasons. Two may
    assess one signal: on doubtful events assessors agree poorly, so both are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="assessments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
    serious = models.BooleanField(null=True)
    unusual = models.BooleanField(null=True)
    spread = models.BooleanField(null=True)
    travel_trade = models.BooleanField(null=True)
    verdict = models.TextField(choices=Verdict.choices)
    reasons = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signal", "post"], name="assessed_once")]

    @property
    def answers(self) -> list[tuple[Any, bool | None]]:
        """The four questions with the answer to each; None: not known."""
        return [(question, getattr(self, name)) for name, question in QUESTIONS]

    @property
    def notifiable(self) -> bool:
        """True when two or more of the four questions are answered with yes (IHR Annex 2)."""
        return sum(answer is True for _question, answer in self.answers) >= 2


class Incident(models.Model):
    """A public health emergency and its profile. Every change of grade and phase is a row
    of its own, so one incident can have several waves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="incidents")
    agent = models.TextField(blank=True)
    incubation_days = models.PositiveSmallIntegerField(null=True)
    severity = models.TextField(blank=True)
    uncertainty = models.TextField(blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    grade = models.TextField(choices=Grade.choices, blank=True)
    phase = models.TextField(choices=Phase.choices, default=Phase.WATCH)
    wave = models.PositiveSmallIntegerField(default=1)
    exercise = models.BooleanField(default=False)
    public = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language, the other one where it has none."""
        return in_language(self.title_zh, self.title_en)

    def relations_of(self, post: Post) -> frozenset[str]:
        """How the post's unit stands to the incident: "owner", "line" (above the owner),
        "member" (of a working group), "tasked", "area" (a unit of its area)."""
        rows = self.parties.filter(unit_id=post.unit_id).values_list("relations", flat=True)
        return frozenset(name for row in rows for name in row)

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.closed_at is None


class IncidentParty(models.Model):
    """That a unit has to do with an incident, and how: what makes it visible to the unit."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    relations = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "incident"], name="incident_party")]


class GradeChange(models.Model):
    """A response level set: criterion, approver, legal basis, and until when it holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="grades")
    grade = models.TextField(choices=Grade.choices)
    criterion = models.TextField()
    legal_basis = models.TextField()
    approver = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    expiry_told = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["incident", "-at"], name="grade_history")]


class PhaseChange(models.Model):
    """A phase entered, with its reason; ``wave`` counts the times that "respond" began."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="phases")
    phase = models.TextField(choices=Phase.choices)
    wave = models.PositiveSmallIntegerField()
    reason = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()


class WorkingGroup(Named):
    """Units that work together under a chair until the group is dissolved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="groups")
    purpose = models.TextField(blank=True)
    chair = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="chairs")
    members = models.ManyToManyField(Unit, related_name="working_groups")
    formed_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)


class Decision(models.Model):
    """What was decided, who carries it out and until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    reason = models.TextField(blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT)
    due_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "completed_at", "due_at"], name="decision_list")
        ]

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to the incident; the unit that carries the decision out is its "owner"."""
        found = self.incident.relations_of(post)
        return found | {"owner"} if post.unit_id == self.owner_id else found


class Measure(models.Model):
    """A measure in force: scope, legal basis, stop rule and expiry are part of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="measures")
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    legal_basis = models.TextField()
    stop_rule = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)
    expiry_told = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["lifted_at", "expires_at"], name="measure_in_force")]

    def in_force(self, at: datetime) -> bool:
        """True from its start until it expires or is lifted."""
        return self.starts_at <= at < (self.lifted_at or self.expires_at)

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)


class DailyCount(models.Model):
    """Cumulative counts of an area at the end of a day, as reported and as corrected.

    A revised figure is a new row (``revision``), so the old one and who changed it stay.
    ``*_used`` never fall: a series that falls was corrected later by its source, and the
    fall is taken off the days before (both are shown).
    """

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="counts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    date = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    confirmed = models.PositiveIntegerField()
    cured = models.PositiveIntegerField()
    dead = models.PositiveIntegerField()
    confirmed_used = models.PositiveIntegerField()
    cured_used = models.PositiveIntegerField()
    dead_used = models.PositiveIntegerField()
    source = models.TextField()
    as_of = models.DateTimeField()
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "area", "date", "revision"], name="count_revision"
            ),
            models.UniqueConstraint(
                fields=["incident", "area", "date"], condition=Q(current=True), name="count_current"
            ),
        ]


class CountsFile(models.Model):
    """A file of daily counts as it was sent, until somebody decides to record it, and as the
    evidence afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="count_files")
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    name = models.TextField(blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    as_of = models.DateTimeField()
    within = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
