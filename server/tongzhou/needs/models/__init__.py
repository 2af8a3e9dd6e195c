"""Needs, offers, commitments, and how hospitals stand."""

from tongzhou.needs.models.hospitals import HospitalStatus
from tongzhou.needs.models.needs import (
    Commitment,
    ImportFile,
    ImportRun,
    Need,
    NeedLine,
    Revision,
)
from tongzhou.needs.models.offers import Donor, Offer, OfferLine
from tongzhou.needs.models.passing import Passing

__all__ = [
    "Commitment",
    "Donor",
    "HospitalStatus",
    "ImportFile",
    "ImportRun",
    "Need",
    "NeedLine",
    "Offer",
    "OfferLine",
    "Passing",
    "Revision",
]
