"""What other rooms ask the catalogue, as ``from tongzhou.catalogue import queries as
catalogue``. The catalogue is known to everybody who is signed in, so nobody says who looks."""

from tongzhou.catalogue.queries.amounts import (
    MeasureUnknown,
    measure_of,
    packs_of,
    read_amount,
    to_base,
)
from tongzhou.catalogue.queries.equivalents import StandIn, stand_ins
from tongzhou.catalogue.queries.finding import Found, find, items_by_name, require_item

__all__ = (
    "Found",
    "MeasureUnknown",
    "StandIn",
    "find",
    "items_by_name",
    "measure_of",
    "packs_of",
    "read_amount",
    "require_item",
    "stand_ins",
    "to_base",
)
