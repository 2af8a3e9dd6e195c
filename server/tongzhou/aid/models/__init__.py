"""The tables of mutual aid."""

from tongzhou.aid.models.agreements import Agreement, Version
from tongzhou.aid.models.deployments import Cost, CostLine, Deployment
from tongzhou.aid.models.packages import Hosting, Package, PackageLine
from tongzhou.aid.models.requests import AidOffer, AidRequest, Asked

__all__ = (
    "Agreement",
    "AidOffer",
    "AidRequest",
    "Asked",
    "Cost",
    "CostLine",
    "Deployment",
    "Hosting",
    "Package",
    "PackageLine",
    "Version",
)
