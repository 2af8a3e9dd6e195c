"""Findings."""

from typing import Literal

from ninja import File, Form, Router, Status, UploadedFile

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import names
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.recheck_finding import recheck_finding
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.withdraw_finding import withdraw_finding
from tongzhou.oversight.queries import citing, findings
from tongzhou.oversight.schemas.oversight import (
    FindingIn,
    FindingOut,
    OversightAnswerIn,
    OversightReasonIn,
    RecheckIn,
    SeverityName,
    Written,
)

router = Router(tags=["oversight"])


@router.get("/findings", response=Page[FindingOut], summary="Findings")
def finding_list(
    request: PostRequest,
    q: Search = "",
    show: Literal["pending", "open", "answered", "closed", "withdrawn"] | None = None,
    severity: SeverityName | None = None,
    unit: Code | None = None,
    late: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[FindingOut]:
    """Findings that concern your unit or one below it, the latest first."""
    page = findings.listed(
        visible_to=request.holder, at=clock.now(), q=q, show=show or "", severity=severity or "",
        unit=unit or "", late=late, cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [FindingOut.of(row) for row in page.rows]
    return Page[FindingOut].model_construct(items=items, next=page.next or None)


@router.post("/findings", response={201: FindingOut}, summary="Record a finding")
def finding_record(request: PostRequest, body: FindingIn) -> Status[FindingOut]:
    """Records what was found, for a unit to put right. Needs `finding.record`."""
    post = request.holder
    fields = body.model_dump() | {
        "owner": names.unit(body.owner, field="owner"),
        "cites": citing.read(" ".join(body.cites), visible_to=post),
    }
    made = record_finding(**fields, by=post, at=clock.now())
    return Status(201, FindingOut.of(made))


@router.get("/findings/{int:number}", response=FindingOut, summary="One finding")
def finding(request: PostRequest, number: int) -> FindingOut:
    """One finding."""
    return FindingOut.of(findings.find(number, visible_to=request.holder))


@router.post("/findings/{int:number}/answer", response=FindingOut, summary="Answer a finding")
def finding_answer(request: PostRequest, number: int, body: OversightAnswerIn) -> FindingOut:
    """The owner answers, with acts or tasks as proof. Needs `finding.answer`."""
    post = request.holder
    found = findings.find(number, visible_to=post)
    cites = citing.read(" ".join(body.cites), visible_to=post)
    answer_finding(finding=found, text=body.text, cites=cites, by=post, at=clock.now())
    return FindingOut.of(findings.find(number, visible_to=post))


@router.post("/findings/{int:number}/proof", response=FindingOut, summary="Answer with a file")
def finding_proof(
    request: PostRequest, number: int, text: Form[Written], file: File[UploadedFile]
) -> FindingOut:
    """The owner answers, with a file as proof. Needs `finding.answer`."""
    post = request.holder
    found = findings.find(number, visible_to=post)
    answer_finding(finding=found, text=text, files=[file], by=post, at=clock.now())
    return FindingOut.of(findings.find(number, visible_to=post))


@router.post("/findings/{int:number}/recheck", response=FindingOut, summary="Look again")
def finding_recheck(request: PostRequest, number: int, body: RecheckIn) -> FindingOut:
    """Somebody other than who answered looks again. Needs `finding.record`."""
    post = request.holder
    found = findings.find(number, visible_to=post)
    recheck_finding(finding=found, **body.model_dump(), by=post, at=clock.now())
    return FindingOut.of(findings.find(number, visible_to=post))


@router.post("/findings/{int:number}/withdraw", response=FindingOut, summary="Withdraw a finding")
def finding_withdraw(request: PostRequest, number: int, body: OversightReasonIn) -> FindingOut:
    """The unit that recorded it takes it back. Needs `finding.record`."""
    post = request.holder
    found = findings.find(number, visible_to=post)
    withdraw_finding(finding=found, reason=body.reason, by=post, at=clock.now())
    return FindingOut.of(findings.find(number, visible_to=post))
