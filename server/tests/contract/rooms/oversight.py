"""Findings, letters, accountability entries; requests and their burden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from contract.rows import NOT_YOURS, OWN, Build, operation, page, read, say, send
from contract.world import World
from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.ask_units import Wanted, ask_units
from tongzhou.oversight.actions.declare_field import declare_field
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.reply_accountability import reply_accountability
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.models import AccountabilityEntry, Ask, Field, Finding, Letter, Proof
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
    "title of the request": "Hidden request for figures",
    "purpose of the request": "Hidden purpose of it",
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
    field: Field
    ask: Ask
    past: Ask


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
    fields = [
        declare_field(
            code=f"beds_{number}", name_zh=f"床位{'甲乙丙丁'[number % 4]}{number}",
            reason="Another", by=cast.tang, at=at,
        )
        for number in range(42)
    ]  # fmt: skip

    def asked(chosen: list[Field], **given: Any) -> Ask:
        return ask_units(
            kind="form", title=SECRETS["title of the request"], units=[community],
            purpose=SECRETS["purpose of the request"], legal_basis="Plan", rhythm="daily",
            first_on=(world.at + DAY).date(), until=(world.at + 9 * DAY).date(),
            wanted=[Wanted(field) for field in chosen], by=cast.tang, at=at, **given,
        )  # fmt: skip

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
        field=fields[0],
        ask=asked(fields[:1]),
        past=asked(fields, seek_consent=True),
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


def ask_form(world: World) -> Mapping[str, Any]:
    return {
        "kind": "form", "title": "Beds", "units": "beishan-street", "wanted": "beds_0",
        "rhythm": "once", "first_on": (world.at + 3 * DAY).date().isoformat(),
        "due_time": "17:00", "purpose": "Overview", "legal_basis": "Plan",
    }  # fmt: skip


FIELD_FORM: Final = {
    "code": "masks_left", "name_zh": "口罩库存", "type": "whole", "measure": "", "owner": "",
}  # fmt: skip


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
    page("oversight-missed", read(by="gu", **OWN), query="?q=task"),
    page("oversight-rules", read(by="gu", **OWN), query="?q=quota"),
    page("oversight-tile", read(by="mei", **OWN)),
    page("ecology", read(**OWN)),
    page("ecology", read(), query="?unit=beishan-street", note="of another unit"),
    page("ecology-csv", read(), query="?unit=beishan-street"),
    page("ecology-drill", read(), args=say(code="beishan-street"), query="?of=orders"),
    page("ecology-drill", read(), args=say(code="beishan-street"), note="missed limits"),
    page("ecology-drill-csv", read(), args=say(code="beishan-street"), query="?of=bounced"),
    page("burden", read(**OWN)),
    page("burden", read(**OWN), query="?tab=requests", note="requests"),
    page("burden", read(**OWN), query="?tab=catalogue", note="catalogue"),
    # Everybody may ask somebody; whom, is a matter of the unit named.
    page("request-new", read(by="tang", **OWN),
         send(302, ask_form, by="tang", outsider=422)),
    page("request-check", read(by="tang", **OWN), query="?kind=form&units=beishan-street"),
    page("burden-field-search", read(by="tang", **OWN), query="?q=beds"),
    page("burden-field-alike", read(by="tang", **OWN), query="?name_en=beds"),
    page("burden-field-new", read(by="tang", **OWN),
         send(302, say(**FIELD_FORM), by="tang", outsider=302)),
    page("request", read(by="mei"), args=number_of("ask")),
    page("request", read(by="tang"), args=number_of("past"), note="past the quota"),
    page("request-withdraw", send(302, say(reason="Over"), by="tang"), args=number_of("ask")),
    page("request-consent", send(302, say(consent="yes"), by="mei"), args=number_of("past")),
    page("request-answers", read(by="tang"), args=lambda world: {
        "number": made(world).ask.number, "kind": "csv"}),
    page("request-answers", read(by="tang"), note="sheet", args=lambda world: {
        "number": made(world).ask.number, "kind": "xlsx"}),
    page("report-up", read(by="mei", **OWN), send(409, by="mei", outsider=409)),
    page("unit-burden", read(by="tang", **OWN), args=say(code="baoshi-community")),
)

OPERATIONS: Final = (
    operation("oversight_finding_list", "GET", 200, 200),
    operation("oversight_finding_record", "POST", 201, 403, by="gu", body=lambda world: {
        "owner": "beishan-street", "what": "No list", "due_at": world.later}),
    operation("oversight_finding", "GET", 200, by="mei", args=number_of("finding")),
    operation("oversight_finding_answer", "POST", 200, by="mei", args=number_of("finding"),
              body=lambda world: {"text": "Done", "cites": [made(world).answered.reference]}),
    operation("oversight_finding_proof", "POST", 200, by="mei", args=number_of("finding"),
              files=("file",), body=say(text="Done", file=PDF)),
    operation("oversight_finding_recheck", "POST", 200, by="gu", args=number_of("answered"),
              body=say(passed=True, text="Seen")),
    operation("oversight_finding_withdraw", "POST", 200, by="gu", args=number_of("finding"),
              body=say(reason="Wrong")),
    operation("oversight_letter_list", "GET", 200, 200),
    operation("oversight_letter_send", "POST", 201, 403, by="gu", body=lambda world: {
        "recipient": "beishan-street", "subject": "S", "body": "B", "due_at": world.later}),
    operation("oversight_letter", "GET", 200, by="mei", args=id_of("letter")),
    operation("oversight_letter_answer", "POST", 200, by="mei", args=id_of("letter"),
              body=say(answer="We will")),
    operation("oversight_letter_withdraw", "POST", 200, by="gu", args=id_of("letter"),
              body=say(reason="Wrong")),
    operation("oversight_entry_list", "GET", 200, 200),
    operation("oversight_entry_open", "POST", 201, by="gu", body=lambda world: {
        "post": str(world.cast.mei.id), "ground": "late_report", "what": "Late",
        "due_at": (world.at + 6 * DAY).isoformat(), "cites": [made(world).finding.reference]}),
    operation("oversight_entry", "GET", 200, by="mei", args=number_of("entry")),
    operation("oversight_entry_second", "POST", 200, by="shen", args=number_of("proposed")),
    operation("oversight_entry_drop", "POST", 200, by="shen", args=number_of("proposed"),
              body=say(reason="No")),
    operation("oversight_entry_reply", "POST", 200, by="mei", args=number_of("entry"),
              body=say(text="So it was")),
    operation("oversight_entry_close", "POST", 200, by="gu", args=number_of("replied"),
              body=say(outcome="talk", decision="So")),
    operation("oversight_burden", "GET", 200, 200),
    operation("oversight_field_list", "GET", 200, 200),
    operation("oversight_field_declare", "POST", 201, 201, by="tang",
              body=say(code="masks_left", name_zh="口罩库存")),
    operation("oversight_request_list", "GET", 200, 200),
    operation("oversight_request_send", "POST", 201, 403, by="tang", body=lambda world: {
        "title": "Beds", "units": ["beishan-street"], "wanted": [{"field": "beds_0"}],
        "first_on": (world.at + 3 * DAY).date().isoformat(), "purpose": "P", "legal_basis": "L"}),
    operation("oversight_request_one", "GET", 200, by="mei", args=number_of("ask")),
    operation("oversight_request_answers", "GET", 200, by="tang", args=number_of("ask")),
    operation("oversight_request_withdraw", "POST", 200, by="tang", args=number_of("ask"),
              body=say(reason="Over")),
    operation("oversight_request_consent", "POST", 200, by="mei", args=number_of("past"),
              body=say(consent=True)),
    operation("oversight_sheet", "GET", 200, 200, by="mei"),
    operation("oversight_report", "POST", 409, 409, by="mei", body=lambda world: {
        "day": world.at.date().isoformat(), "values": {}}),
    operation("oversight_ecology", "GET", 200, args=say(unit="beishan-street")),
)
# fmt: on
