"""Reading shipments. ``carried`` is what rooms above ask for."""

from tongzhou.shipments.queries.carrying import Carried, carried, on_the_way, received

__all__ = ["Carried", "carried", "on_the_way", "received"]
