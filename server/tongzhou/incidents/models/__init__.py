"""Signals, incidents, and what is decided in them."""

from tongzhou.incidents.models.counts import CountsFile, DailyCount
from tongzhou.incidents.models.decided import Citation, Decision, DecisionSeen, Measure
from tongzhou.incidents.models.incidents import (
    GradeChange,
    Incident,
    IncidentParty,
    PhaseChange,
    WorkingGroup,
)
from tongzhou.incidents.models.reports import Leg, Report
from tongzhou.incidents.models.shifts import CheckIn, Shift
from tongzhou.incidents.models.signals import (
    AUTHORITIES,
    QUESTIONS,
    SIGNAL_ROLES,
    Assessment,
    Channel,
    Signal,
    SignalAnswer,
    SignalContact,
    SignalState,
    Verdict,
)
from tongzhou.incidents.models.timeliness import Hindrance, Milestone, Stretch, TimelinessNote
from tongzhou.incidents.models.words import in_language

__all__ = [
    "AUTHORITIES",
    "QUESTIONS",
    "SIGNAL_ROLES",
    "Assessment",
    "Channel",
    "CheckIn",
    "Citation",
    "CountsFile",
    "DailyCount",
    "Decision",
    "DecisionSeen",
    "GradeChange",
    "Hindrance",
    "Incident",
    "IncidentParty",
    "Leg",
    "Measure",
    "Milestone",
    "PhaseChange",
    "Report",
    "Shift",
    "Signal",
    "SignalAnswer",
    "SignalContact",
    "SignalState",
    "Stretch",
    "TimelinessNote",
    "Verdict",
    "WorkingGroup",
    "in_language",
]
