"""What this room keeps."""

from tongzhou.interests.models.conflicts import (
    Compensation,
    Conflict,
    Consent,
    Mediation,
    Meeting,
)
from tongzhou.interests.models.stakes import Stake, StakeVersion

__all__ = (
    "Compensation",
    "Conflict",
    "Consent",
    "Mediation",
    "Meeting",
    "Stake",
    "StakeVersion",
)
