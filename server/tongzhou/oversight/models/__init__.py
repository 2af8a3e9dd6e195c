"""Findings, letters, accountability entries; and what is asked of units, with its burden."""

from tongzhou.oversight.models.accountability import (
    AccountabilityEntry,
    EntryReply,
    EntryState,
    Ground,
    Outcome,
)
from tongzhou.oversight.models.burden import (
    Ask,
    AskAnswer,
    AskField,
    AskKind,
    AskPart,
    Fact,
    Field,
    PartState,
    Rhythm,
    Tally,
    ValueType,
)
from tongzhou.oversight.models.findings import (
    Finding,
    FindingAnswer,
    FindingCheck,
    FindingState,
    Proof,
    Severity,
)
from tongzhou.oversight.models.letters import Letter, LetterState

__all__ = [
    "AccountabilityEntry",
    "Ask",
    "AskAnswer",
    "AskField",
    "AskKind",
    "AskPart",
    "EntryReply",
    "EntryState",
    "Fact",
    "Field",
    "Finding",
    "FindingAnswer",
    "FindingCheck",
    "FindingState",
    "Ground",
    "Letter",
    "LetterState",
    "Outcome",
    "PartState",
    "Proof",
    "Rhythm",
    "Severity",
    "Tally",
    "ValueType",
]
