"""Who acts: units first, then the persons who hold posts in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.vocabulary import ONLY_REAL, ROLES, Role, find_word
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area, Level


class Named(models.Model):
    """Something with a name in both languages."""

    name_zh = models.TextField()
    name_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, the other one where it has none."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh or self.name_en
        return self.name_en or self.name_zh


class Sector(models.TextChoices):
    """What kind of organisation a unit is."""

    GOVERNMENT = "government", _("government")
    PARTY_BODY = "party_body", _("party body")
    CDC = "cdc", _("centre for disease control")
    HOSPITAL = "hospital", _("hospital")
    COMMUNITY = "community", _("community")
    PROPERTY_FIRM = "property_firm", _("property management company")
    SOCIAL_ORGANISATION = "social_organisation", _("social organisation")
    VOLUNTEER_TEAM = "volunteer_team", _("volunteer team")
    ENTERPRISE = "enterprise", _("enterprise")
    MEDIA = "media", _("media")
    RESIDENTS_GROUP = "residents_group", _("residents' group")


class Unit(Named):
    """A department, street, team or firm: what tasks, duties and needs belong to.

    ``line`` holds the ids from the top of the line of command down to this unit, itself
    included; it is set by the acts that make and move units.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=80)
    sector = models.TextField(choices=Sector.choices)
    level = models.TextField(choices=Level.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    line = ArrayField(models.UUIDField(), default=list)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area", "sector"], name="unit_area_sector")]

    @property
    def above(self) -> list[UUID]:
        """The units above this one in the line of command."""
        return [unit for unit in self.line if unit != self.id]


class PersonManager(BaseUserManager["Person"]):
    """Finds persons by the name with which they sign in."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Names are compared without regard to case."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser, Named):
    """Somebody who can sign in. Rights come from posts, never from the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=80, unique=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="one_username_in_any_case")]


class Post(models.Model):
    """A person in a unit with a role, for a term. One person may hold several."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.TextField(choices=Role.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    #: Set by the API's sign-in: the words that a token is limited to; None is no limit.
    scopes: frozenset[str] | None = None
    #: Set by whoever opens the request: the post looks at exercises, and at nothing else.
    exercise: bool = False
    #: Set with the post of a session: its area, or one around it, is in an emergency now.
    emergency: bool = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(ends_at__isnull=True),
                name="one_open_post",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name} – {self.get_role_display()}, {self.unit.name}"

    def in_force(self, at: datetime) -> bool:
        """True when the term runs at ``at`` and person and unit are active."""
        begun = self.starts_at <= at and (self.ends_at is None or at < self.ends_at)
        return begun and self.person.is_active and self.unit.active

    def holds(self, word: str) -> bool:
        """True when the role holds the permission of this name, the token (if any) under
        which the post acts allows it, and so does the world that it looks at. Raises KeyError
        for an undeclared name."""
        if self.scopes is not None and word not in self.scopes:
            return False
        found = find_word(word)
        if self.exercise and found in ONLY_REAL:
            return False
        return found in ROLES[Role(self.role)]

    def said(self, word: str) -> str:
        """What the permission of this name allows, in the active language; in an exercise,
        that it does not allow it there."""
        found = find_word(word)
        if self.exercise and found in ONLY_REAL:
            return gettext("%(permission)s – not within an exercise") % {"permission": found.label}
        return found.label

    def answers_for(self, area: Area) -> bool:
        """True when the area lies in that of the post's unit."""
        return self.unit.area.contains(area)

    def signs(self) -> Mapping[str, Any]:
        """Who acts, as ``ledger.append`` takes it."""
        return {"by_post": self.id, "by_unit": self.unit_id}


class Invitation(models.Model):
    """A link by which somebody takes up a post. Only the hash of the link is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True, max_length=32)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE)
    role = models.TextField(choices=Role.choices)
    #: For whom it is meant, so that the inviter can tell the links apart.
    label = models.TextField(blank=True)
    invited_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class ApiToken(models.Model):
    """A key with which a program acts for a post. Only its SHA-256 is kept: it is long and
    random, so a slow hash would add nothing but load."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True, max_length=32)
    hint = models.CharField(max_length=12)
    label = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tokens")
    scopes = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)
