"""Units, posts and accounts as the API shows and takes them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.models import ApiToken, Invitation, Person, Post, Unit
from tongzhou.actors.vocabulary import held_words
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, left_out
from tongzhou.places.schemas import AreaName, LevelName

SectorName = Literal[
    "government", "party_body", "cdc", "hospital", "community", "property_firm",
    "social_organisation", "volunteer_team", "enterprise", "media", "residents_group",
]  # fmt: skip
RoleName = Literal[
    "commander", "epidemiologist", "hospital_liaison", "department_liaison",
    "street_coordinator", "community_lead", "grid_worker", "property_manager",
    "volunteer_leader", "resident", "information_officer", "supervisor", "administrator",
]  # fmt: skip
Language = Literal["en", "zh-hans"]
Username = Annotated[str, Field(min_length=2, max_length=80, pattern=r"^[\w.@+-]+$")]
Password = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[Line, Field(min_length=1)]


class UnitName(Output):
    """A unit, by name."""

    code: str
    name_zh: str
    name_en: str
    sector: SectorName

    @classmethod
    def named(cls, unit: Unit) -> Self:
        """From the model."""
        return cls.model_construct(
            code=unit.code, name_zh=unit.name_zh, name_en=unit.name_en, sector=unit.sector
        )


class UnitOut(UnitName):
    """A unit: ``parent`` is the code of the unit above it in the line of command, null for
    one that stands outside of every line."""

    id: UUID
    level: LevelName
    area: AreaName
    parent: str | None
    active: bool

    @classmethod
    def of(cls, unit: Unit) -> Self:
        """From the model, with area and parent loaded."""
        return cls.model_construct(
            code=unit.code,
            name_zh=unit.name_zh,
            name_en=unit.name_en,
            sector=unit.sector,
            id=unit.id,
            level=unit.level,
            area=AreaName.named(unit.area),
            parent=unit.parent.code if unit.parent else None,
            active=unit.active,
        )


class UnitIn(Input):
    """A new unit."""

    code: Annotated[str, Field(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name_zh: Name
    name_en: Line = ""
    sector: SectorName
    level: LevelName
    area: Code
    parent: Code | None = None


class UnitChange(Input):
    """What is to change; what is left out stays. ``parent`` null takes the unit out of the
    line of command."""

    name_zh: Name = left_out()
    name_en: Line = left_out()
    sector: SectorName = left_out()
    level: LevelName = left_out()
    area: Code = left_out()
    parent: Code | None = None
    active: bool = left_out()


class PersonOut(Output):
    """Somebody who can sign in."""

    id: UUID
    username: str
    name_zh: str
    name_en: str
    active: bool

    @classmethod
    def of(cls, person: Person) -> Self:
        """From the model."""
        return cls.model_construct(
            id=person.id,
            username=person.username,
            name_zh=person.name_zh,
            name_en=person.name_en,
            active=person.is_active,
        )


class PostOut(Output):
    """A person in a unit with a role; ``ends_at`` is null while the term runs."""

    id: UUID
    person: PersonOut
    unit: UnitName
    role: RoleName
    starts_at: datetime
    ends_at: datetime | None

    @classmethod
    def of(cls, post: Post) -> Self:
        """From the model."""
        return cls.model_construct(
            id=post.id,
            person=PersonOut.of(post.person),
            unit=UnitName.named(post.unit),
            role=post.role,
            starts_at=post.starts_at,
            ends_at=post.ends_at,
        )


class PostIn(Input):
    """A post for an existing ``person``, or for a new one with ``username`` and names. A new
    one without password cannot sign in; use an invitation to let people choose their own."""

    role: RoleName
    person: UUID | None = None
    username: Username | None = None
    name_zh: Line = ""
    name_en: Line = ""
    password: Password | None = None
    language: Language | None = None


class HoldingOut(Output):
    """Something that fell to the unit of somebody who left."""

    kind: str
    id: UUID
    reference: str
    title: str


class DeactivationOut(Output):
    """Who was deactivated, and what fell to the units."""

    person: PersonOut
    holdings: list[HoldingOut]


class InvitationOut(Output):
    """An open invitation. Its link is shown once, when it is made."""

    id: UUID
    unit: UnitName
    role: RoleName
    label: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """From the model."""
        return cls.model_construct(**_invitation(invitation))


class NewInvitation(InvitationOut):
    """An invitation with its link."""

    token: str
    address: str

    @classmethod
    def made(cls, invitation: Invitation, *, token: str, address: str) -> Self:
        """From the model and the secret."""
        return cls.model_construct(**_invitation(invitation), token=token, address=address)


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "unit": UnitName.named(invitation.unit),
        "role": invitation.role,
        "label": invitation.label,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
    }


class InvitationIn(Input):
    """Whom to invite to which post; ``days`` the link is open."""

    role: RoleName
    days: Annotated[int, Field(ge=1, le=30)] = 7
    label: Line = ""


class Acceptance(Input):
    """Taking up an invitation with a new account."""

    token: Annotated[str, Field(min_length=1, max_length=100)]
    username: Username
    name_zh: Line = ""
    name_en: Line = ""
    password: Password
    language: Language | None = None


class TokenOut(Output):
    """An API token; ``hint`` is how its text begins."""

    id: UUID
    label: str
    hint: str
    post: UUID
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        """From the model."""
        return cls.model_construct(**_token(token))


class NewToken(TokenOut):
    """A token with its text, which is shown this once."""

    token: str

    @classmethod
    def made(cls, token: ApiToken, *, text: str) -> Self:
        """From the model and the secret."""
        return cls.model_construct(**_token(token), token=text)


def _token(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "label": token.label,
        "hint": token.hint,
        "post": token.post_id,
        "scopes": token.scopes,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "last_used_on": token.last_used_on,
    }


class TokenIn(Input):
    """A token for the post that asks; without ``scopes`` it only reads."""

    label: Name
    scopes: Annotated[list[Code], Field(max_length=100)] = []
    expires_at: Moment


class PasswordChange(Input):
    """The present password and the new one."""

    old: Password
    new: Password


class LanguageChange(Input):
    """The language of pages and messages."""

    language: Language


class Me(Output):
    """Who you are: the post you act under, all your posts, and what you may do now."""

    person: PersonOut
    language: str
    post: PostOut
    posts: list[PostOut]
    permissions: list[str]

    @classmethod
    def of(cls, post: Post, posts: list[Post]) -> Self:
        """From the models."""
        return cls.model_construct(
            person=PersonOut.of(post.person),
            language=post.person.language,
            post=PostOut.of(post),
            posts=[PostOut.of(p) for p in posts],
            permissions=[w.name for w in held_words(post.role) if post.holds(w.name)],
        )
