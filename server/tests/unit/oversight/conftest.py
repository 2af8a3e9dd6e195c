"""Findings, letters and entries of the cast: the province's supervisor inspects a community."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from unit.clocks.conftest import works as works

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.ask_units import Wanted, ask_units
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.models import AccountabilityEntry, Ask, Field, Finding, Letter
from tongzhou.oversight.queries import load
from tongzhou.oversight.queries.citing import Cited

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
Asking = Callable[..., Ask]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def picture(name: str = "gate.png") -> SimpleUploadedFile:
    """A small real picture."""
    return SimpleUploadedFile(name, PNG)


@pytest.fixture
def finding(cast: Cast) -> Finding:
    """The gate of the community is not staffed; to be answered within three days."""
    return record_finding(
        what="Nobody staffs the north gate at night",
        item="Gates",
        rule="Plan, section 4",
        owner=cast.units["baoshi-community"],
        due_at=AT + 3 * DAY,
        by=cast.gu,
        at=AT,
    )


@pytest.fixture
def answered(cast: Cast, finding: Finding) -> Finding:
    """The community's lead answered with a picture."""
    return answer_finding(
        finding=finding, text="Two volunteers now", files=[picture()], by=cast.mei, at=AT + DAY
    )


@pytest.fixture
def letter(cast: Cast, finding: Finding) -> Letter:
    """To the street, about the finding."""
    return send_letter(
        recipient=cast.units["beishan-street"],
        subject="Gates at night",
        body="Please see to it that all gates are staffed.",
        cites=[Cited("finding", str(finding.id), str(finding))],
        due_at=AT + 5 * DAY,
        by=cast.gu,
        at=AT,
    )


@pytest.fixture
def proposed(cast: Cast, finding: Finding) -> AccountabilityEntry:
    """About the community's lead; nobody agreed yet."""
    return open_accountability(
        post=cast.mei,
        ground="finding_unmet",
        what="The gate stood open for a week",
        cites=[Cited("finding", str(finding.id), str(finding))],
        due_at=AT + 7 * DAY,
        by=cast.gu,
        at=AT,
    )


@pytest.fixture
def entry(cast: Cast, proposed: AccountabilityEntry) -> AccountabilityEntry:
    """The commander agreed: it is open."""
    return second_accountability(entry=proposed, by=cast.shen, at=AT + HOUR)


@pytest.fixture
def last_act(db: None) -> Callable[[], Act]:
    """The act that was written last."""
    return lambda: Act.objects.order_by("-id")[0]


def fields(cast: Cast, n: int, *, prefix: str = "item") -> list[Field]:
    """So many fields of different names."""
    return [
        Field.objects.get_or_create(
            code=f"{prefix}_{number}",
            defaults={
                "name_zh": f"{prefix}{number}", "owner": cast.units["zj-health"],
                "post": cast.tang, "created_at": AT,
            },
        )[0]
        for number in range(n)
    ]  # fmt: skip


@pytest.fixture
def ask(cast: Cast) -> Asking:
    """Asks the community for a daily form of some fields, from today for a week."""

    def asked(
        n: int = 3, *, by: Post | None = None, prefix: str = "item", **changed: object
    ) -> Ask:
        given: dict[str, object] = {
            "kind": "form", "title": "Daily figures", "units": [cast.units["baoshi-community"]],
            "purpose": "Overview", "legal_basis": "Plan, section 3", "rhythm": "daily",
            "first_on": TODAY, "until": TODAY + timedelta(6), "by": by or cast.tang, "at": AT,
            "wanted": [Wanted(field) for field in fields(cast, n, prefix=prefix)],
        }  # fmt: skip
        return ask_units(**(given | changed))  # type: ignore[arg-type]

    return asked


def load_of(cast: Cast, day: date = TODAY) -> load.Load:
    """What is asked of the community on a day."""
    unit = cast.units["baoshi-community"].id
    return load.by_day([unit], since=day, until=day).get((unit, day), load.Load())
