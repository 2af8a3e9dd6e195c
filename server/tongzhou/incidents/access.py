"""Who may see an incident: the units that own it, work in it or were given a task of it,
the units above the owner, and the units of its area that were told."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_GRANT = """
INSERT INTO incidents_incidentparty (incident_id, unit_id, relations)
SELECT %(incident)s, unit, ARRAY[%(relation)s] FROM unnest(%(units)s::uuid[]) AS unit
ON CONFLICT (unit_id, incident_id) DO UPDATE
SET relations = ARRAY(SELECT DISTINCT unnest(
    incidents_incidentparty.relations || excluded.relations) ORDER BY 1)
WHERE NOT incidents_incidentparty.relations @> excluded.relations
"""


def grant(incident: UUID, units: Iterable[UUID], relation: str) -> None:
    """Gives units a relation to an incident; what they had stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANT,
            {"incident": incident, "units": sorted(set(units)), "relation": relation},
        )
