"""Signals: what somebody noticed, how it was assessed, what was answered."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Sector
from tongzhou.actors.vocabulary import ROLES, SIGNAL_ANSWER, SIGNAL_ASSESS, Role
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area

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
        "reporter": the post reported it; "chain": a report of it came to the unit."""
        found = set()
        answers = post.unit.sector in AUTHORITIES and post.role in SIGNAL_ROLES
        if answers and post.unit.area.contains(self.area):
            found.add("area")
        if self.reporter_id == post.id:
            found.add("reporter")
        if self.reports.filter(legs__unit_id=post.unit_id).exists():
            found.add("chain")
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
