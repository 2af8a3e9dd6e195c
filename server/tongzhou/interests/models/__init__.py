"""What this room keeps."""

from tongzhou.interests.models.conflicts import (
    Compensation,
    Conflict,
    Consent,
    Mediation,
    Meeting,
)
from tongzhou.interests.models.figures import Reckoning, TensionFigure
from tongzhou.interests.models.stakes import Stake, StakeVersion

__all__ = (
    "Compensation",
    "Conflict",
    "Consent",
    "Mediation",
    "Meeting",
    "Reckoning",
    "Stake",
    "StakeVersion",
    "TensionFigure",
)
