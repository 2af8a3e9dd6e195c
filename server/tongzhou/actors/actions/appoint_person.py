from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import signing
from tongzhou.actors.acts import POST_TAKEN_UP
from tongzhou.actors.models import Person, Post, Unit
from tongzhou.actors.usernames import UsernameTaken, check_username
from tongzhou.actors.vocabulary import PERSON_INVITE, ROLES, Role
from tongzhou.kernel.errors import Conflict, Invalid, NotAllowed
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append


class UnknownRole(Invalid):
    """A role that is none of those there are."""

    code = "unknown-role"
    message = _("“%(value)s” is not a role. There are: %(known)s.")


class RoleBeyondYours(NotAllowed):
    """A role that holds permissions which the giver's own role does not hold."""

    code = "role-beyond-yours"
    message = _("The role “%(role)s” may do more than yours, so you cannot give it.")


class PostHeldAlready(Conflict):
    """The person holds this role in this unit."""

    code = "post-held-already"
    message = _("This person holds the role “%(role)s” at %(unit)s already.")


class PersonInactive(Conflict):
    """The account is deactivated."""

    code = "person-inactive"
    message = _("This account is deactivated and can take up no post.")


class UnitClosed(Conflict):
    """The unit is no longer active."""

    code = "unit-closed"
    message = _("%(unit)s is no longer active; nobody can take up a post there.")


class PersonNameMissing(Invalid):
    """A person without any name."""

    code = "person-name-missing"
    message = _("Please give a name, in Chinese or in Latin letters.")


def appoint_person(
    *,
    unit: Unit,
    role: str,
    at: datetime,
    by: Post | None,
    person: Person | None = None,
    username: str = "",
    name_zh: str = "",
    name_en: str = "",
    password: str | None = None,
    encoded_password: str = "",
    language: str = "",
    id: UUID | None = None,
) -> Post:
    """Gives somebody a post: an existing ``person``, or a new one made from ``username``,
    names, ``password`` (None: cannot sign in until one is set) or ``encoded_password`` (as
    ``make_password`` gives it) and ``language``.

    Raises NotAllowed, RoleBeyondYours, UnknownRole, UnitClosed, PersonInactive,
    PostHeldAlready, PersonNameMissing, and for a new person UsernameMalformed, UsernameTaken.
    """
    check_role(role)
    with transaction.atomic():
        signing.require(by=by, word=PERSON_INVITE, on=unit)
        check_may_give(role, by=by)
        if person is None:
            person = new_person(
                username=username,
                name_zh=name_zh,
                name_en=name_en,
                encoded=encoded_password or make_password(password),
                language=language,
                at=at,
            )
        return take_up(person=person, unit=unit, role=role, at=at, by=by, id=id)


def take_up(
    *,
    person: Person,
    unit: Unit,
    role: str,
    at: datetime,
    by: Post | None,
    id: UUID | None = None,
) -> Post:
    """The post itself and its line in the ledger; the caller has asked permission and holds
    a transaction. ``by`` None: signed by the new post. Raises UnitClosed, PersonInactive,
    PostHeldAlready."""
    if not unit.active:
        raise UnitClosed(field="unit", unit=unit.name)
    if not person.is_active:
        raise PersonInactive(field="person")
    post = Post(id=id or new_id(), person=person, unit=unit, role=role, starts_at=at)
    try:
        with transaction.atomic():
            post.save(force_insert=True)
    except IntegrityError as error:
        raise PostHeldAlready(role=Role(role).label, unit=unit.name) from error
    append(
        POST_TAKEN_UP,
        at=at,
        about=("post", post.id),
        by_post=post.id,
        by_unit=unit.id,
        with_units=[by.unit_id] if by else [],
        area=unit.area.code,
        audience=[unit.id],
        data={"role": role, "unit": str(unit.id), "given_by": str(by.id) if by else None},
    )
    return post


def new_person(
    *, username: str, name_zh: str, name_en: str, encoded: str, language: str, at: datetime
) -> Person:
    check_username(username)
    if not name_zh.strip() and not name_en.strip():
        raise PersonNameMissing(field="name_zh")
    person = Person(
        username=username,
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        password=encoded,
        language=language,
        created_at=at,
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTaken(field="username", value=username) from error
    return person


def check_role(role: str) -> None:
    """Raises UnknownRole."""
    if role not in Role.values:
        raise UnknownRole(field="role", value=role, known=", ".join(Role.values))


def may_give(role: Role, *, by: Post) -> bool:
    """True when ``by`` may hand out the role."""
    return by.role == Role.ADMINISTRATOR or ROLES[role] <= ROLES[Role(by.role)]


def check_may_give(role: str, *, by: Post | None) -> None:
    """Nobody hands out more than they hold; an administrator, who keeps the accounts, gives
    any role. Raises RoleBeyondYours."""
    if by is not None and not may_give(Role(role), by=by):
        raise RoleBeyondYours(field="role", role=Role(role).label, permission=PERSON_INVITE.name)
