"""What several answers hold: units, areas, posts and incidents by name."""

from typing import Self
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.api.values import Output


class NamedUnit(Output):
    """A unit, by name."""

    code: str
    name_zh: str
    name_en: str

    @classmethod
    def of(cls, unit: Unit) -> Self:
        """From the model."""
        return cls.model_construct(code=unit.code, name_zh=unit.name_zh, name_en=unit.name_en)


class PostName(Output):
    """A post: its unit and role. Persons are not named here."""

    id: UUID
    unit: NamedUnit
    role: str

    @classmethod
    def of(cls, post: Post) -> Self:
        """From the model."""
        return cls.model_construct(id=post.id, unit=NamedUnit.of(post.unit), role=post.role)


class IncidentName(Output):
    """An incident, by title."""

    code: str
    title_zh: str
    title_en: str

    @classmethod
    def named(cls, incident: Incident) -> Self:
        """From the model."""
        return cls.model_construct(
            code=incident.code, title_zh=incident.title_zh, title_en=incident.title_en
        )
