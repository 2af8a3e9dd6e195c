"""Findings, letters and accountability entries."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.actors.schemas import UnitName
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output
from tongzhou.oversight.models import AccountabilityEntry, Finding, Letter
from tongzhou.oversight.queries.citing import Cited, stored

Written = Annotated[str, Field(min_length=1, max_length=10_000)]
#: Numbers of tasks and findings, ids of acts, measures and missed time limits.
Quoted = Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(max_length=20)]
SeverityName = Literal["minor", "serious", "critical"]
GroundName = Literal[
    "concealment", "late_report", "duty_unmet", "order_refused", "clock_missed",
    "finding_unmet", "overreach",
]  # fmt: skip
OutcomeName = Literal[
    "unfounded", "good_faith", "talk", "correction", "criticism", "referred"
]  # fmt: skip


class CitedOut(Output):
    """Something that is quoted."""

    kind: str
    id: str
    label: str

    @classmethod
    def of(cls, cited: Cited) -> Self:
        """From the query."""
        return cls.model_construct(kind=cited.kind, id=cited.id, label=cited.label)


class FindingIn(Input):
    """A finding; ``owner`` is the code of the unit that puts it right, ``rule_version`` the
    version in the library that it is held against."""

    owner: Code
    what: Written
    due_at: Moment
    severity: SeverityName = "serious"
    item: Line = ""
    rule: Annotated[str, Field(max_length=1000)] = ""
    rule_version: UUID | None = None
    cites: Quoted = []


class FindingOut(Output):
    """A finding."""

    number: int
    what: str
    item: str
    rule: str
    rule_version: UUID | None
    severity: SeverityName
    state: str
    owner: UnitName
    supervisor: UnitName
    due_at: datetime
    created_at: datetime
    closed_at: datetime | None
    rounds: int
    self_reported: bool
    cites: list[CitedOut]

    @classmethod
    def of(cls, found: Finding) -> Self:
        """From the model, with its units joined."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "number", "what", "item", "rule", "rule_version", "severity", "state", "due_at",
                "created_at", "closed_at", "rounds", "self_reported",
            )},
            owner=UnitName.named(found.owner),
            supervisor=UnitName.named(found.supervisor),
            cites=[CitedOut.of(cited) for cited in stored(found.cites)],
        )  # fmt: skip


class OversightAnswerIn(Input):
    """What was done; ``cites`` are tasks or acts that prove it."""

    text: Written
    cites: Quoted


class RecheckIn(Input):
    """What was seen; ``due_at`` where it goes back."""

    passed: bool
    text: Written
    due_at: Moment | None = None


class OversightReasonIn(Input):
    """Why."""

    reason: Written


class LetterIn(Input):
    """A letter; ``recipient`` is the code of a unit."""

    recipient: Code
    subject: Annotated[str, Field(min_length=1, max_length=300)]
    body: Written
    due_at: Moment
    cites: Quoted = []


class LetterOut(Output):
    """A letter with its answer."""

    id: UUID
    year: int
    serial: int
    subject: str
    body: str
    state: str
    sender: UnitName
    recipient: UnitName
    sent_at: datetime
    due_at: datetime
    answer: str
    answered_at: datetime | None
    cites: list[CitedOut]

    @classmethod
    def of(cls, found: Letter) -> Self:
        """From the model, with its units joined."""
        return cls.model_construct(
            **{name: getattr(found, name) for name in (
                "id", "year", "serial", "subject", "body", "state", "sent_at", "due_at", "answer",
                "answered_at",
            )},
            sender=UnitName.named(found.sender),
            recipient=UnitName.named(found.recipient),
            cites=[CitedOut.of(cited) for cited in stored(found.cites)],
        )  # fmt: skip


class LetterAnswerIn(Input):
    """The answer in writing."""

    answer: Written


class EntryIn(Input):
    """An accountability entry; ``post`` is the id of the post, ``signal`` a ticket number."""

    post: UUID
    ground: GroundName
    what: Written
    due_at: Moment
    cites: Quoted = []
    signal: Annotated[str, Field(max_length=20)] = ""


class ReplyOut(Output):
    """What the person concerned said."""

    text: str
    at: datetime


class AccountabilityOut(Output):
    """An accountability entry. The person is not named: a post has a role in a unit."""

    number: int
    unit: UnitName
    role: str
    ground: GroundName
    state: str
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    outcome: str

    @classmethod
    def of(cls, found: AccountabilityEntry) -> Self:
        """From the model, with unit and post joined."""
        return cls.model_construct(**cls.values(found))

    @staticmethod
    def values(found: AccountabilityEntry) -> dict[str, Any]:
        """The values of the fields."""
        return {
            **{name: getattr(found, name) for name in (
                "number", "ground", "state", "due_at", "opened_at", "closed_at", "outcome",
            )},
            "unit": UnitName.named(found.unit),
            "role": found.post.role,
        }  # fmt: skip


class EntryDetail(AccountabilityOut):
    """With the words."""

    what: str
    cites: list[CitedOut]
    replies: list[ReplyOut]
    decision: str

    @classmethod
    def full(cls, found: AccountabilityEntry, replies: list[ReplyOut]) -> Self:
        """From the model and its replies."""
        return cls.model_construct(
            **cls.values(found),
            what=found.what,
            cites=[CitedOut.of(cited) for cited in stored(found.cites)],
            replies=replies,
            decision=found.decision,
        )


class ReplyIn(Input):
    """The reply of the person concerned."""

    text: Written


class EntryCloseIn(Input):
    """How it ends."""

    outcome: OutcomeName
    decision: Written
