"""What other rooms ask the stock, as ``from tongzhou.stock import queries as stock``."""

from tongzhou.stock.queries.holdings import Holding, available, holdings, idle, on_hand
from tongzhou.stock.queries.sites import find_site, visible_sites

__all__ = (
    "Holding",
    "available",
    "find_site",
    "holdings",
    "idle",
    "on_hand",
    "visible_sites",
)
