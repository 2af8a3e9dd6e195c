"""Findings, letters, accountability entries; requests and their burden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import NOT_YOURS, OWN, Build, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.reply_accountability import reply_accountability
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.models import AccountabilityEntry, Finding, Letter, Proof
from tongzhou.oversight.queries.citing import Cited

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PDF: Final = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRETS: Final = {
    "text of the finding": "Hidden finding at the gate",
    "answer to the finding": "Hidden answer of the owner",
    "subject of the letter": "Hidden subject of the letter",
    "text of the letter": "Hidden text of the letter",
    "what an entry says": "Hidden charge against a post",
    "what the person says": "Hidden reply of the person",
}


@dataclass(frozen=True)
class Made:
    """The objects of this room."""

    finding: Finding
    answered: Finding
    proof: Proof
    letter: Letter
    proposed: AccountabilityEntry
    entry: AccountabilityEntry
    replied: AccountabilityEntry


def furnish(world: World) -> Made:
    """One of everything, in the states that the rows need."""
    cast, at = world.cast, world.at - HOUR
    community = cast.units["baoshi-community"]

    def found() -> Finding:
        return record_finding(
            what=SECRETS["text of the finding"], owner=community, due_at=world.at + DAY,
            by=cast.gu, at=at,
        )  # fmt: skip

    finding = found()
    answered = answer_finding(
        finding=found(), text=SECRETS["answer to the finding"],
        files=[SimpleUploadedFile("proof.pdf", PDF)], by=cast.mei, at=at,
    )  # fmt: skip
    cites = [Cited("finding", str(finding.id), finding.reference)]

    def opened() -> AccountabilityEntry:
        return open_accountability(
            post=cast.mei, ground="finding_unmet", what=SECRETS["what an entry says"],
            cites=cites, due_at=world.at + 7 * DAY, by=cast.gu, at=at,
        )  # fmt: skip

    replied = second_accountability(entry=opened(), by=cast.shen, at=at)
    reply_accountability(entry=replied, text=SECRETS["what the person says"], by=cast.mei, at=at)
    return Made(
        finding=finding,
        answered=answered,
        proof=Proof.objects.get(finding=answered),
        letter=send_letter(
            recipient=community, subject=SECRETS["subject of the letter"],
            body=SECRETS["text of the letter"], cites=cites, due_at=world.at + DAY,
            by=cast.gu, at=at,
        ),
        proposed=opened(),
        entry=second_accountability(entry=opened(), by=cast.shen, at=at),
        replied=replied,
    )  # fmt: skip


def made(world: World) -> Made:
    """What ``furnish`` made."""
    found: Made = world.of["oversight"]
    return found


def number_of(name: str) -> Build:
    return lambda world: {"number": getattr(made(world), name).number}


def id_of(name: str) -> Build:
    return lambda world: {"id": getattr(made(world), name).id}


def finding_form(world: World) -> Mapping[str, Any]:
    return {
        "owner": "baoshi-community", "what": "No list", "severity": "minor",
        "due_at": world.later_local,
    }  # fmt: skip


def letter_form(world: World) -> Mapping[str, Any]:
    return {
        "recipient": "beishan-street", "subject": "Gates", "body": "Please answer",
        "due_at": world.later_local,
    }  # fmt: skip


def entry_form(world: World) -> Mapping[str, Any]:
    return {
        "post_id": str(world.cast.mei.id), "ground": "late_report", "what": "A day late",
        "cites": made(world).finding.reference,
        "due_at": (world.at + 6 * DAY).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip


def answer_form(world: World) -> Mapping[str, Any]:
    return {"text": "Put right", "files": PDF}


# fmt: off
PAGES: Final = (
    page("oversight", read(**OWN)),
    page("oversight", read(**OWN), query="?tab=letters", note="letters"),
    page("oversight", read(**OWN), query="?tab=entries", note="entries"),
    page("finding-new", read(by="gu", **NOT_YOURS), send(302, finding_form, by="gu", **NOT_YOURS)),
    page("finding", read(by="mei"), args=number_of("finding")),
    page("finding-answer", send(302, answer_form, by="mei"), args=number_of("finding")),
    page("finding-recheck", send(302, say(passed="yes", text="Seen"), by="gu"),
         args=number_of("answered")),
    page("finding-withdraw", send(302, say(reason="Wrong"), by="gu"), args=number_of("finding")),
    page("finding-file", read(by="mei"), args=id_of("proof")),
    page("letter-new", read(by="gu", **NOT_YOURS), send(302, letter_form, by="gu", **NOT_YOURS)),
    page("letter", read(by="mei"), args=id_of("letter")),
    page("letter-answer", send(302, say(answer="We will"), by="mei"), args=id_of("letter")),
    page("letter-withdraw", send(302, say(reason="Wrong"), by="gu"), args=id_of("letter")),
    page("accountability-new", read(by="gu", **NOT_YOURS),
         send(302, entry_form, by="gu", **NOT_YOURS), args=say(code="baoshi-community")),
    page("accountability", read(by="gu"), args=number_of("entry")),
    page("accountability", read(by="mei"), args=number_of("replied"), note="about oneself"),
    page("accountability-second", send(302, by="shen"), args=number_of("proposed")),
    page("accountability-drop", send(302, say(reason="No"), by="shen"),
         args=number_of("proposed")),
    page("accountability-reply", send(302, say(text="So it was"), by="mei"),
         args=number_of("entry")),
    page("accountability-close", send(302, say(outcome="talk", decision="So"), by="gu"),
         args=number_of("replied")),
)
# fmt: on
