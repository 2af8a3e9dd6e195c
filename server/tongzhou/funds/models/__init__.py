"""Funds and their books, gifts, requests for money, claims of cost."""

from tongzhou.funds.models.books import Account, Entry, Portion, Portioned, Posting
from tongzhou.funds.models.claims import Claim, ClaimItem
from tongzhou.funds.models.evidence import Evidence
from tongzhou.funds.models.funds import Fund, Planned
from tongzhou.funds.models.gifts import Gift
from tongzhou.funds.models.spending import Payment, Spending, Transfer

__all__ = (
    "Account",
    "Claim",
    "ClaimItem",
    "Entry",
    "Evidence",
    "Fund",
    "Gift",
    "Payment",
    "Planned",
    "Portion",
    "Portioned",
    "Posting",
    "Spending",
    "Transfer",
)
