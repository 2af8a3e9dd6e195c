"""Reading signals and incidents. Every function says for whom it reads, or that what it
gives is public."""

from tongzhou.incidents.queries.lists import find as incident_for

__all__ = ["incident_for"]
