"""Who may see an incident: the units that own it, work in it or were given a task of it,
the units above the owner, and the units of its area that were told. Who is told of a
signal: the authorities of its area that have somebody to assess it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ROLES, SIGNAL_ASSESS
from tongzhou.incidents.models import AUTHORITIES, SIGNAL_ROLES, IncidentParty, Signal
from tongzhou.places.models import Area

OWNER: Final = "owner"
LINE: Final = "line"
MEMBER: Final = "member"
TASKED: Final = "tasked"
TOLD: Final = "area"

_GRANT = """
INSERT INTO incidents_incidentparty (incident_id, unit_id, relations)
SELECT %(incident)s, unit, ARRAY[%(relation)s] FROM unnest(%(units)s::uuid[]) AS unit
ON CONFLICT (unit_id, incident_id) DO UPDATE
SET relations = ARRAY(SELECT DISTINCT unnest(
    incidents_incidentparty.relations || excluded.relations) ORDER BY 1)
WHERE NOT incidents_incidentparty.relations @> excluded.relations
"""
# A unit that is in no group any more keeps the sight of the incident, not the rights.
_SETTLE = """
UPDATE incidents_incidentparty AS p
SET relations = ARRAY(SELECT DISTINCT unnest(
    array_remove(p.relations, 'member') || ARRAY['area']) ORDER BY 1)
WHERE p.incident_id = %(incident)s AND 'member' = ANY(p.relations) AND NOT EXISTS (
    SELECT 1 FROM incidents_workinggroup g
    JOIN incidents_workinggroup_members m ON m.workinggroup_id = g.id
    WHERE g.incident_id = p.incident_id AND g.dissolved_at IS NULL AND m.unit_id = p.unit_id)
"""


def grant(incident: UUID, units: Iterable[UUID], relation: str) -> None:
    """Gives units a relation to an incident; what they had stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANT,
            {"incident": incident, "units": sorted(set(units)), "relation": relation},
        )


def settle_members(incident: UUID) -> None:
    """Takes "member" from units that are in no working group of the incident any more."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"incident": incident})


def audience(incident: UUID) -> list[UUID]:
    """The units that may be told of an act in the incident: all its parties."""
    return list(IncidentParty.objects.filter(incident=incident).values_list("unit_id", flat=True))


def partners(incident: UUID) -> list[UUID]:
    """The units that a change of the whole incident is done with: its owner, the members of
    its groups, and those that were told of it."""
    found = IncidentParty.objects.filter(
        incident=incident, relations__overlap=[OWNER, MEMBER, TOLD]
    )
    return list(found.values_list("unit_id", flat=True))


@dataclass(frozen=True)
class Listeners:
    """Units that may read a signal, and those nearest to the place that are asked to
    assess it."""

    all: list[UUID]
    nearest: list[UUID]


def listeners(area: Area, *, at: datetime) -> Listeners:
    """The authorities over ``area`` with a post for signals in force at ``at``; "nearest":
    those of the smallest area among them that have an assessor."""
    posts = (
        Post.objects.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at),
            starts_at__lte=at,
            role__in=SIGNAL_ROLES,
            person__is_active=True,
            unit__active=True,
            unit__sector__in=AUTHORITIES,
            unit__area__code__in=area.line(),
        )
        .values_list("unit_id", "unit__area__path", "role")
        .distinct()
    )
    found = list(posts)
    assess = {role for role, words in ROLES.items() if SIGNAL_ASSESS in words}
    able = [(path, unit) for unit, path, role in found if role in assess]
    deepest = max((len(path) for path, _unit in able), default=0)
    return Listeners(
        all=sorted({unit for unit, _path, _role in found}),
        nearest=sorted({unit for path, unit in able if len(path) == deepest}),
    )


def may_read_contact(post: Post, signal: Signal) -> bool:
    """How to reach a reporter is for those who may assess the signal, and nobody else."""
    return SIGNAL_ASSESS in ROLES.get(post.role, ()) and "area" in signal.relations_of(post)  # type: ignore[call-overload]
