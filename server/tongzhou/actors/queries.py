"""Reading units and people, each for a post that looks."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import access, permissions
from tongzhou.actors.models import ApiToken, Invitation, Person, Post, Unit
from tongzhou.actors.vocabulary import PERSON_DEACTIVATE, PERSON_INVITE
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid, NotFound, Refusal
from tongzhou.places.models import Area, inside


class UnitUnknown(Invalid):
    """A code of no unit."""

    code = "unit-unknown"
    message = _("There is no unit with the code “%(code)s”.")


class PeopleHidden(Refusal):
    """The people of another organisation."""

    code = "people-hidden"
    status = 403
    message = _("Who works there is known to the unit and its line of command only.")


def listed(
    *,
    visible_to: Post,
    q: str = "",
    sector: str = "",
    level: str = "",
    area: Area | None = None,
    parent: Unit | None = None,
    closed: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Unit]:
    """Units by code, a page at a time: whose name or code holds ``q``, of a sector and a
    level, inside ``area``, directly below ``parent``; with ``closed`` also those that are
    no longer active. Units are known to everybody who is signed in. Raises CursorInvalid."""
    found: QuerySet[Unit, Unit] = Unit.objects.select_related("area", "parent")
    found = found.defer("area__boundary", "area__profile")
    for word in q.split():
        found = found.filter(
            Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
        )
    if sector:
        found = found.filter(sector=sector)
    if level:
        found = found.filter(level=level)
    if area is not None:
        found = found.filter(inside(area.path))
    if parent is not None:
        found = found.filter(parent=parent)
    if not closed:
        found = found.filter(active=True)
    return slice_of(found, by=[("code", str)], cursor=cursor, limit=limit)


def find(code: str, *, visible_to: Post) -> Unit:
    """The unit with this code. Raises NotFound."""
    unit = Unit.objects.select_related("area", "parent").filter(code=code).first()
    if unit is None:
        raise NotFound(field="unit")
    return unit


def named(code: str, *, field: str, visible_to: Post) -> Unit:
    """The unit that ``field`` of a request names. Raises UnitUnknown."""
    try:
        return find(code, visible_to=visible_to)
    except NotFound:
        raise UnitUnknown(field=field, code=code) from None


def units(ids: Iterable[UUID]) -> dict[UUID, Unit]:
    """Units by id, for the names in a list or in a sentence."""
    return {unit.id: unit for unit in Unit.objects.filter(id__in=set(ids))}


def above(unit: Unit, *, visible_to: Post) -> list[Unit]:
    """The units above it, the topmost first."""
    found = units(unit.above)
    return [found[higher] for higher in unit.above if higher in found]


def below(unit: Unit, *, visible_to: Post) -> list[Unit]:
    """The active units directly below it."""
    found = Unit.objects.filter(parent=unit, active=True)
    return list(found.select_related("area").order_by("code"))


def in_area(area: Area, *, visible_to: Post, limit: int = 100) -> list[Unit]:
    """The active units that belong to an area itself, not to one inside it."""
    found = Unit.objects.filter(area=area, active=True)
    return list(found.order_by("level", "code")[:limit])


def posts(unit: Unit, *, visible_to: Post, at: datetime) -> list[Post]:
    """Who works in a unit at ``at``. Raises PeopleHidden for those who may not know."""
    if not access.sees_people(visible_to, unit):
        raise PeopleHidden()
    found = Post.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), unit=unit, starts_at__lte=at)
    found = found.filter(person__is_active=True).select_related("person", "unit__area")
    return list(access.visible_posts(found, to=visible_to).order_by("role", "person__username"))


def post(id: UUID, *, visible_to: Post) -> Post:
    """One post. Raises NotFound for those who may not know."""
    found = Post.objects.select_related("person", "unit__area").filter(id=id).first()
    if found is None or not access.sees_people(visible_to, found.unit):
        raise NotFound(field="post")
    return found


def person(id: UUID, *, visible_to: Post) -> Person:
    """Somebody whose posts ``visible_to`` may end, at least one of them. Raises NotFound."""
    found = Post.objects.filter(person_id=id).select_related("person", "unit__area")
    for held in found:
        if permissions.allowed(by=visible_to, word=PERSON_DEACTIVATE, on=held.unit):
            return held.person
    raise NotFound(field="person")


def invitations(unit: Unit, *, visible_to: Post, at: datetime) -> list[Invitation]:
    """The open invitations to a unit, the latest first. Raises NotAllowed."""
    permissions.require(by=visible_to, word=PERSON_INVITE, on=unit)
    found = Invitation.objects.filter(
        unit=unit, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return list(found.select_related("invited_by__person", "unit").order_by("-created_at", "-id"))


def invitation(id: UUID, *, visible_to: Post) -> Invitation:
    """One invitation. Raises NotFound, also where the post may not invite to the unit."""
    found = Invitation.objects.select_related("unit__area").filter(id=id).first()
    if found is None or not permissions.allowed(by=visible_to, word=PERSON_INVITE, on=found.unit):
        raise NotFound(field="invitation")
    return found


def tokens(*, visible_to: Post) -> list[ApiToken]:
    """All tokens of the posts of a person that are not revoked, the latest first."""
    found = ApiToken.objects.filter(post__person_id=visible_to.person_id, revoked_at=None)
    return list(found.select_related("post__unit").order_by("-created_at", "-id"))


def token(id: UUID, *, visible_to: Post) -> ApiToken:
    """One token of the own person. Raises NotFound."""
    found = ApiToken.objects.filter(id=id, post__person_id=visible_to.person_id)
    token = found.select_related("post__unit__area", "post__person").first()
    if token is None:
        raise NotFound(field="token")
    return token


def names_of_posts(ids: Collection[UUID], *, visible_to: Post) -> dict[UUID, str]:
    """The names of the people behind posts, of those whom ``visible_to`` may know."""
    found = Post.objects.filter(id__in=ids).select_related("person", "unit__area")
    return {p.id: p.person.name for p in found if access.sees_people(visible_to, p.unit)}
