"""What can be done in an incident, as buttons and forms: one row for each act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import (
    DECISION_COMPLETE,
    DECISION_RECORD,
    DECISION_SEE,
    GROUP_CONVENE,
    GROUP_FORM,
    INCIDENT_CLOSE,
    INCIDENT_EDIT,
    INCIDENT_GRADE,
    INCIDENT_PHASE,
    MEASURE_LIFT,
    MEASURE_START,
    MILESTONE_RECORD,
    Word,
)
from tongzhou.incidents.actions.change_group import change_group
from tongzhou.incidents.actions.change_phase import change_phase
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.complete_decision import complete_decision
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.note_timeliness import note_timeliness
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.record_milestone import record_milestone
from tongzhou.incidents.actions.reopen_incident import reopen_incident
from tongzhou.incidents.actions.see_decision import see_decision
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.actions.tell_units import tell_units
from tongzhou.incidents.forms import steps as forms
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import room
from tongzhou.kernel.errors import Sentence
from tongzhou.ui.wording import worded

Find = Callable[[Incident, UUID], Any]


@dataclass(frozen=True)
class Step:
    """One act: its permission, form, title and button, and what is said when it is done.
    ``about`` is the act's argument for its object; ``find`` finds an object in the incident;
    ``tab`` is where the reader comes back to."""

    verb: str
    act: Callable[..., Any]
    word: Word
    form: type[forms.StepForm]
    title: Sentence
    label: Sentence
    said: Sentence
    tab: str
    text: Sentence = ""
    about: str = "incident"
    find: Find | None = None
    danger: bool = False


STEPS: Final[Mapping[str, Step]] = {
    step.verb: step
    for step in (
        Step(
            "grade", set_grade, INCIDENT_GRADE, forms.GradeForm,
            _("Set the response level"), _("Set the level"), _("The response level is set."),
            "incident",
            _("Higher or lower; the same level again extends it. All units in the incident are "
              "told, and the public page shows it."),
        ),
        Step(
            "phase", change_phase, INCIDENT_PHASE, forms.PhaseForm,
            _("Change the phase"), _("Enter this phase"), _("The phase has changed."),
            "incident",
            _("A phase can be entered again: to respond once more begins a new wave."),
        ),
        Step(
            "edit", edit_incident, INCIDENT_EDIT, forms.EditForm,
            _("Edit the profile"), _("Save"), _("The profile was changed."), "incident",
            _("What it was before stays in the ledger."),
        ),
        Step(
            "tell", tell_units, INCIDENT_EDIT, forms.TellForm,
            _("Let further units see the incident"), _("Tell them"),
            _("The units can see the incident now."), "incident-people",
        ),
        Step(
            "close", close_incident, INCIDENT_CLOSE, forms.CloseForm,
            _("Close the incident"), _("Close the incident"), _("The incident is closed."),
            "incident",
            _("Nothing in it can be changed afterwards. It can be opened again."),
            danger=True,
        ),
        Step(
            "reopen", reopen_incident, INCIDENT_CLOSE, forms.ReasonForm,
            _("Open the incident again"), _("Open again"), _("The incident is open again."),
            "incident",
        ),
        Step(
            "group", form_group, GROUP_FORM, forms.GroupForm,
            worded("form-group", _("Form a working group")), _("Form the group"),
            _("The group was formed."),
            "incident-people",
        ),
        Step(
            "group-change", change_group, GROUP_FORM, forms.SeatsForm,
            _("Change chair and members"), _("Save"), _("The group was changed."),
            "incident-people",
            _("Who leaves keeps sight of the incident, not the rights of a member."),
            about="group", find=room.group,
        ),
        Step(
            "group-meeting", convene_group, GROUP_CONVENE, forms.MeetingForm,
            _("Record a meeting"), _("Record"), _("The meeting was recorded."),
            "incident-people", about="group", find=room.group,
        ),
        Step(
            "group-dissolve", dissolve_group, GROUP_FORM, forms.ReasonForm,
            worded("dissolve-group", _("Dissolve the working group")), _("Dissolve"),
            _("The group was dissolved."), "incident-people",
            _("Its members keep sight of the incident."),
            about="group", find=room.group, danger=True,
        ),
        Step(
            "decision", record_decision, DECISION_RECORD, forms.DecisionForm,
            _("Record a decision"), _("Record"), _("The decision was recorded."),
            "incident-decisions",
        ),
        Step(
            "decision-complete", complete_decision, DECISION_COMPLETE, forms.OutcomeForm,
            _("The decision was carried out"), _("Mark as carried out"),
            _("The decision is marked as carried out."), "incident-decisions",
            about="decision", find=room.decision,
        ),
        Step(
            "measure", start_measure, MEASURE_START, forms.MeasureForm,
            _("Put a measure in force"), _("Put in force"), _("The measure is in force."),
            "incident-decisions",
            _("It needs a legal basis, a stop rule and an expiry. The public page shows it at "
              "once."),
        ),
        Step(
            "measure-lift", lift_measure, MEASURE_LIFT, forms.ReasonForm,
            _("Lift the measure"), _("Lift"), _("The measure is lifted."), "incident-decisions",
            about="measure", find=room.measure, danger=True,
        ),
        Step(
            "decision-see", see_decision, DECISION_SEE, forms.StepForm,
            _("Mark the decision as seen"), _("Seen"), _("Your unit has seen the decision."),
            "incident-decisions", about="decision", find=room.decision,
        ),
        Step(
            "milestone", record_milestone, MILESTONE_RECORD, forms.MilestoneForm,
            _("Record a 7-1-7 date"), _("Record"), _("The date is recorded."),
            "incident-timeliness",
            _("A date that is recorded again corrects the one before; both are kept."),
        ),
        Step(
            "timeliness-note", note_timeliness, MILESTONE_RECORD, forms.TimelinessNoteForm,
            _("Note a bottleneck or an enabler"), _("Note"), _("It is noted."),
            "incident-timeliness",
        ),
    )
}  # fmt: skip


def allowed(incident: Incident, post: Post, *, on: Any = None) -> frozenset[str]:
    """The verbs that the post may use now: on the incident, or on an object in it."""
    relations = permissions.relations_with(post, incident if on is None else on)
    return frozenset(
        step.verb.replace("-", "_")
        for step in STEPS.values()
        if relations & step.word.relations
        and permissions.holds(post, step.word)
        and incident.is_open != (step.verb == "reopen")
    )
