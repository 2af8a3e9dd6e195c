"""Findings, letters, accountability entries; and what is asked of units, with its burden."""

from tongzhou.oversight.models.accountability import (
    AccountabilityEntry,
    EntryReply,
    EntryState,
    Ground,
    Outcome,
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
    "EntryReply",
    "EntryState",
    "Finding",
    "FindingAnswer",
    "FindingCheck",
    "FindingState",
    "Ground",
    "Letter",
    "LetterState",
    "Outcome",
    "Proof",
    "Severity",
]
