"""Areas: a tree of free depth. Province – city – district – street – community – grid is
one configuration of it."""

import enum
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.ids import new_id
from tongzhou.ui.wording import worded


class Level(models.TextChoices):
    """What an area is called, in the words of the country in use; the tree itself does not
    depend on it."""

    NATION = "nation", _("nation")
    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    DISTRICT = "district", _("district or county")
    STREET = "street", _("street or town")
    COMMUNITY = "community", _("community or village")
    GRID = "grid", _("grid")

    @enum.property
    def label(self) -> Promise:
        """The word of the country in use, in the active language."""
        label: Promise = worded(f"level-{self.value}", self._label_)
        return label


class Area(models.Model):
    """An area with its code, names and population.

    ``path`` is the codes from the root down, each followed by a stroke ("33/3301/"), so that
    "inside this subtree" is one prefix, served by one index.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField(unique=True)
    name_zh = models.TextField()
    name_en = models.TextField(blank=True)
    level = models.TextField(choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.TextField(unique=True)
    population = models.PositiveIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    profile = models.JSONField(default=dict)
    boundary = models.JSONField(null=True)
    source = models.TextField(blank=True)
    #: Names as they are typed into a search box; see ``names.search_text``.
    search = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["path"], name="area_subtree", opclasses=["text_pattern_ops"]),
            models.Index(fields=["parent", "code"], name="area_children"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, the other one where it has none."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh
        return self.name_en or self.name_zh

    @property
    def parent_code(self) -> str | None:
        """The code of the area above; None for a root. Costs no query."""
        line = self.line()
        return line[-2] if len(line) > 1 else None

    def contains(self, other: "Area") -> bool:
        """True when ``other`` is this area or lies inside it."""
        return other.path.startswith(self.path)

    def line(self) -> list[str]:
        """The codes from the root down to this area."""
        return self.path.rstrip("/").split("/")


class Mode(models.TextChoices):
    """Whether an area works as on any day, or is held together by an emergency."""

    PEACE = "peace", _("peacetime")
    EMERGENCY = "emergency", _("emergency")


class AreaMode(models.Model):
    """That an area was switched. The last row counts; an emergency whose ``until`` has passed
    is over without anybody doing anything. ``reason`` is in people's own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="modes")
    mode = models.TextField(choices=Mode.choices)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    #: The post that switched; posts live one room above.
    by_post = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["area", "-at", "-id"], name="area_mode_latest")]

    def holds(self, at: datetime) -> bool:
        """True for an emergency that goes on at ``at``."""
        return self.mode == Mode.EMERGENCY and (self.until is None or at < self.until)


def inside(path: str, *, field: str = "area") -> Q:
    """The predicate "lies inside the subtree with this path" for a foreign key ``field`` to
    an area (empty: the area itself)."""
    prefix = f"{field}__" if field else ""
    condition: dict[str, Any] = {f"{prefix}path__startswith": path}
    return Q(**condition)
