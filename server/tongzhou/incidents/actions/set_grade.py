from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import INCIDENT_GRADE
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import begin, filled, record
from tongzhou.incidents.actions.start_report import ReportedAlready, start_report
from tongzhou.incidents.acts import INCIDENT_GRADED
from tongzhou.incidents.models import GradeChange, Incident
from tongzhou.incidents.queries import competence
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.library.grades import Grade

#: From the lowest level to the highest.
_ORDER: Final = ("", Grade.IV.value, Grade.III.value, Grade.II.value, Grade.I.value)

#: A level is looked at anew at least once a year.
LONGEST: Final = timedelta(days=366)


class UnknownGrade(Invalid):
    """A response level other than I, II, III, IV."""

    code = "unknown-grade"
    message = _("Unknown response level “%(grade)s”.")


class GradeExpiresTooEarly(Invalid):
    """The expiry does not lie behind the time at which the level is set."""

    code = "grade-expires-too-early"
    message = _("The response level would have expired already. Choose a later time.")


class GradeExpiresTooLate(Invalid):
    """The expiry lies more than a year ahead: nobody would look at the level again."""

    code = "grade-expires-too-late"
    message = _("A response level holds for a year at most, and can be extended then.")


class GradeNeedsExpiry(Invalid):
    """An extension without a new expiry would extend nothing."""

    code = "grade-unchanged"
    message = _("This is the level in force, with the same expiry: nothing would change.")


class GradeNotCompetent(Invalid):
    """The level belongs to a higher authority; until it has decided, a start is provisional."""

    code = "grade-not-competent"
    message = _(
        "Level %(grade)s is for %(unit)s to set. Start it provisionally: it is reported up at once."
    )


class ProvisionalTooLong(Invalid):
    """A provisional start that holds for longer than the higher level needs to decide."""

    code = "grade-provisional-too-long"
    message = _("A provisional start holds for at most 72 hours.")


class NotProvisional(Invalid):
    """The authority that is competent decides; it starts nothing provisionally."""

    code = "grade-not-provisional"
    message = _("Your unit may set this level itself; nothing about it is provisional.")


#: A higher level decides on a provisional start within this time.
PROVISIONAL: Final = timedelta(hours=72)


def change_of(before: str, after: str) -> str:
    """What a change from one level to another is: "set", "raised", "lowered", "extended"."""
    if not before:
        return "set"
    step = _ORDER.index(after) - _ORDER.index(before)
    return "extended" if step == 0 else "raised" if step > 0 else "lowered"


def set_grade(
    *,
    incident: Incident,
    grade: str,
    criterion: str,
    legal_basis: str,
    by: Post,
    at: datetime,
    expires_at: datetime | None = None,
    provisional: bool = False,
    id: UUID | None = None,
) -> Incident:
    """Sets the response level, up or down; the same level again extends it. The history
    keeps criterion, approver, legal basis and expiry of each.

    A level is set by a unit of the level of area that the template in force names, or above
    it. One below starts it ``provisional``ly, for 72 hours at most, and the incident is
    reported upwards in the same step.

    Raises NotFound, NotAllowed, IncidentClosed, UnknownGrade, TextMissing,
    GradeExpiresTooEarly, GradeExpiresTooLate, GradeNeedsExpiry, GradeNotCompetent,
    ProvisionalTooLong, NotProvisional.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_GRADE)
        if grade not in Grade.values:
            raise UnknownGrade(field="grade", grade=grade)
        criterion = filled(criterion, field="criterion", name=_("criterion"))
        legal_basis = filled(legal_basis, field="legal_basis", name=_("legal basis"))
        if expires_at is not None and expires_at <= at:
            raise GradeExpiresTooEarly(field="expires_at")
        if expires_at is not None and expires_at > at + LONGEST:
            raise GradeExpiresTooLate(field="expires_at")
        competent = _competent(locked, grade, by=by, at=at)
        if competent is not None and not provisional:
            raise GradeNotCompetent(field="grade", grade=grade, unit=competent.name)
        if competent is None and provisional:
            raise NotProvisional(field="provisional")
        if provisional:
            expires_at = expires_at or at + PROVISIONAL
            if expires_at > at + PROVISIONAL:
                raise ProvisionalTooLong(field="expires_at")
        change = change_of(locked.grade, grade)
        last = locked.grades.order_by("-at", "-id").first()
        same = last is not None and (last.expires_at, last.provisional) == (
            expires_at, provisional,
        )  # fmt: skip
        if change == "extended" and same:
            raise GradeNeedsExpiry(field="expires_at")
        before, locked.grade = locked.grade, grade
        locked.save(update_fields=["grade"])
        GradeChange(
            id=id or new_id(),
            incident=locked,
            grade=grade,
            criterion=criterion,
            legal_basis=legal_basis,
            approver=by,
            at=at,
            expires_at=expires_at,
            provisional=provisional,
        ).save(force_insert=True)
        record(
            INCIDENT_GRADED,
            incident=locked,
            by=by,
            at=at,
            with_units=[
                *access.partners(locked.id),
                *([competent.id] if competent is not None else []),
            ],
            basis="law",
            due_at=expires_at,
            outcome=change,
            evidence=legal_basis,
            public=True,
            data={
                "grade": grade,
                "before": before,
                "criterion": criterion,
                "provisional": provisional,
            },
        )
        if provisional:
            _report_up(locked, by=by, at=at)
    return locked


def _competent(incident: Incident, grade: str, *, by: Post, at: datetime) -> Unit | None:
    """The unit that must set the level instead of the post's own; None: it may itself."""
    levels = competence.levels(on=timezone.localdate(at), area=incident.area)
    if levels is None:
        return None
    return competence.may_set(by, levels.of(grade), area=incident.area)


def _report_up(incident: Incident, *, by: Post, at: datetime) -> None:
    """What a provisional start owes at once; a report that is on its way already is enough."""
    try:
        with transaction.atomic():
            start_report(about=incident, by=by, at=at, noticed_at=at)
    except ReportedAlready:
        pass
