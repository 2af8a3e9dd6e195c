"""Duties, the problems of the matrix, who is charged there and then."""

from ninja import File, Form, Router, Status, UploadedFile

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code, Search
from tongzhou.library import queries as library
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.edit_duty import edit_duty
from tongzhou.mandates.actions.lay_out_duties import lay_out_duties, preview_duties
from tongzhou.mandates.actions.retire_duty import retire_duty
from tongzhou.mandates.importing import LARGEST, import_file
from tongzhou.mandates.queries import charges as reading
from tongzhou.mandates.queries.problems import listed_problems
from tongzhou.mandates.queries.snapshot import snapshot
from tongzhou.mandates.schemas.answers import (
    DutyProblemOut,
    DutyProblemsOut,
    ResolutionOut,
    VerdictOut,
)
from tongzhou.mandates.schemas.duties import DutyOut, spans
from tongzhou.mandates.schemas.many import LayoutOut, MatrixImportOut
from tongzhou.mandates.schemas.requests import DutyChange, DutyIn, DutyReason, LayoutIn
from tongzhou.mandates.schemas.values import DutyCode, GradeName, PhaseName
from tongzhou.places import queries as places

router = Router(tags=["duties"])


@router.get("/duties", response=list[DutyOut])
def duties(request: PostRequest, q: Search = "") -> list[DutyOut]:
    """The duties that are owed, by code; at most 1,000. Known to everybody who is signed in."""
    found = reading.listed(visible_to=request.holder, q=q, limit=1_000)
    return [DutyOut.of(duty) for duty in found]


@router.post("/duties", response={201: DutyOut})
def declare(request: PostRequest, body: DutyIn) -> Status[DutyOut]:
    """Declares a duty. Needs `duty.declare`."""
    made = declare_duty(**body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, DutyOut.of(made))


@router.get("/duties/problems", response=DutyProblemsOut)
def problems(
    request: PostRequest, phase: PhaseName | None = None, grade: GradeName | None = None
) -> DutyProblemsOut:
    """What is wrong with the matrix: duties without one accountable unit (`nobody`, `two`),
    without `means`, units without a duty (`idle`)."""
    found = snapshot(visible_to=request.holder, phase=phase or "", grade=grade)
    rows = [row for group in listed_problems(found) for row in group.rows]
    return DutyProblemsOut.model_construct(
        counts=dict(found.counts),
        problems=[
            DutyProblemOut.model_construct(
                kind=row.problem.kind.value,
                duty=row.duty.code if row.duty else None,
                unit=row.unit.code if row.unit else None,
                area=code,
                cells=spans(row.problem.cells) if row.problem.cells else [],
                missing=list(row.problem.missing),
            )
            for row in rows
            for code in row.codes
        ],
    )


@router.get("/duties/resolve", response=ResolutionOut)
def resolve(
    request: PostRequest,
    duty: DutyCode,
    area: Code,
    phase: PhaseName | None = None,
    grade: GradeName = "",
) -> ResolutionOut:
    """Who is charged with a duty in an area, a phase and at a grade, or why nobody is."""
    found = mandates.resolve(duty, area=places.find(area), phase=phase or "", grade=grade)
    return ResolutionOut.of(found)


@router.get("/duties/check", response=VerdictOut)
def check(
    request: PostRequest,
    duty: DutyCode,
    lead: Code,
    area: Code,
    phase: PhaseName | None = None,
    grade: GradeName = "",
) -> VerdictOut:
    """Whether a unit acts inside its mandate with a duty there and then, and who would be
    right."""
    unit = actors.find(lead, visible_to=request.holder)
    found = mandates.check(duty, unit, area=places.find(area), phase=phase or "", grade=grade)
    return VerdictOut.of(found)


@router.post("/duties/lay-out", response=LayoutOut)
def lay_out(request: PostRequest, body: LayoutIn) -> LayoutOut:
    """Lays a list of the library over the units below one: every unit is asked for its
    consent. `dry_run` changes nothing. Needs `duty.declare` and `mandate.propose`."""
    post, at = request.holder, clock.now()
    version = library.version(body.version)
    top = actors.named(body.top, field="top", visible_to=post)
    if body.dry_run:
        made = preview_duties(version=version, top=top, by=post)
    else:
        made = lay_out_duties(version=version, top=top, by=post, at=at)
    return LayoutOut.of(made, dry_run=body.dry_run)


@router.post("/duties/import", response=MatrixImportOut)
def upload(
    request: PostRequest, file: File[UploadedFile], dry_run: Form[bool] = False
) -> MatrixImportOut:
    """Reads a workbook in the form of the export. With faults nothing is written; `dry_run`
    writes nothing either way. Needs `mandate.propose`."""
    content = file.read(LARGEST + 1)
    report = import_file(content, by=request.holder, at=clock.now(), dry_run=dry_run)
    return MatrixImportOut.of(report)


@router.get("/duties/{code}", response=DutyOut)
def duty(request: PostRequest, code: DutyCode) -> DutyOut:
    """One duty."""
    return DutyOut.of(reading.duty(code, visible_to=request.holder))


@router.patch("/duties/{code}", response=DutyOut)
def edit(request: PostRequest, code: DutyCode, body: DutyChange) -> DutyOut:
    """Changes the words of a duty. Needs `duty.edit`: the unit that declared it, or one
    above."""
    found = reading.duty(code, visible_to=request.holder)
    changes = body.model_dump(exclude_unset=True)
    reason = changes.pop("reason")
    made = edit_duty(duty=found, changes=changes, reason=reason, by=request.holder, at=clock.now())
    return DutyOut.of(made)


@router.post("/duties/{code}/retire", response=DutyOut)
def retire(request: PostRequest, code: DutyCode, body: DutyReason) -> DutyOut:
    """Ends a duty with which nobody is charged any more. Needs `duty.edit`."""
    found = reading.duty(code, visible_to=request.holder)
    made = retire_duty(duty=found, reason=body.reason, by=request.holder, at=clock.now())
    return DutyOut.of(made)
