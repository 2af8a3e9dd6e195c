"""Making what the lines of a plan ask for, and writing down what became of each."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.base import Text
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.models import Duty
from tongzhou.mandates.queries import Ask
from tongzhou.plans.models import Outcome, PlanLine, StandUp
from tongzhou.plans.outline import GroupLine, Line, MeasureLine, Standing, TaskLine
from tongzhou.tasks.actions.mandate import answered
from tongzhou.tasks.actions.send_tasks import Sending
from tongzhou.tasks.models import Priority

_PRIORITY: Final = {
    "routine": Priority.ROUTINE,
    "urgent": Priority.URGENT,
    "critical": Priority.CRITICAL,
}
_OUTCOME: Final = {
    Standing.READY: Outcome.MADE,
    Standing.KEPT: Outcome.KEPT,
    Standing.UNRESOLVED: Outcome.UNRESOLVED,
    Standing.LEFT_OUT: Outcome.LEFT_OUT,
    Standing.NOT_MET: Outcome.NOT_PROPOSED,
    Standing.UNDECIDED: Outcome.NOT_PROPOSED,
}


def make_lines(
    lines: Sequence[Line],
    *,
    stand_up: StandUp,
    incident: Incident,
    by: Post,
    at: datetime,
    first: int = 0,
    ids: Mapping[str, UUID] = {},
) -> list[PlanLine]:
    """Does what the lines ask for, in order, and keeps a row of each, ``ids`` being those of
    rows that are made anew. Raises what the acts of
    groups, tasks and measures raise, with the line's name as field."""
    duties = _duties(lines)
    made: dict[str, UUID] = {}
    with answered(_charges(lines, incident)):
        for together, batch in groupby(lines, key=_is_sent):
            if together:
                made |= _send(list(batch), incident=incident, duties=duties, by=by, at=at)
            else:
                made |= {
                    line.name: _made(line, incident=incident, by=by, at=at)
                    for line in batch
                    if line.done
                }
    return PlanLine.objects.bulk_create(
        _row(
            line, made.get(line.name) or line.kept, stand_up=stand_up, place=place,
            id=ids.get(line.name) or new_id(),
        )
        for place, line in enumerate(lines, start=first)
    )  # fmt: skip


def _is_sent(line: Line) -> bool:
    return isinstance(line, TaskLine) and line.done


def _duties(lines: Sequence[Line]) -> dict[str, Duty]:
    codes = {line.task.duty for line in lines if isinstance(line, TaskLine) and line.task}
    return {duty.code: duty for duty in Duty.objects.filter(code__in=codes, retired_at=None)}


def _charges(
    lines: Sequence[Line], incident: Incident
) -> dict[tuple[str, UUID], mandates.Resolution]:
    """Who is charged with the duties of all tasks, asked once."""
    asked = {
        (line.task.duty, line.area.id): Ask(
            line.task.duty, line.area, incident.phase, incident.grade
        )
        for line in lines
        if isinstance(line, TaskLine) and line.task is not None and line.done
    }
    return dict(zip(asked, mandates.resolve_many(list(asked.values())), strict=True))


def _made(line: Line, *, incident: Incident, by: Post, at: datetime) -> UUID:
    with _named(line):
        match line:
            case GroupLine():
                return _group(line, incident=incident, by=by, at=at)
            case MeasureLine():
                return _measure(line, incident=incident, by=by, at=at)
    raise ValueError(line)


@contextmanager
def _named(line: Line) -> Iterator[None]:
    """A refusal says which line it is about."""
    try:
        yield
    except Refusal as refusal:
        refusal.field = line.name
        raise


def _group(line: GroupLine, *, incident: Incident, by: Post, at: datetime) -> UUID:
    assert line.group is not None
    assert line.unit is not None
    return form_group(
        incident=incident,
        name_zh=line.title_zh,
        name_en=line.title_en,
        purpose=both(line.group.purpose) if line.group.purpose else "",
        chair=line.unit,
        members=line.members,
        by=by,
        at=at,
    ).id


def _send(
    lines: Sequence[Line], *, incident: Incident, duties: dict[str, Duty], by: Post, at: datetime
) -> dict[str, UUID]:
    """Sends the tasks of these lines to their units, at once."""
    sending = Sending(by=by, at=at)
    for line in lines:
        assert isinstance(line, TaskLine)
        with _named(line):
            _add(line, to=sending, incident=incident, duties=duties)
    return {line.name: task.id for line, task in zip(lines, sending.send(), strict=True)}


def _add(line: TaskLine, *, to: Sending, incident: Incident, duties: dict[str, Duty]) -> None:
    assert line.task is not None
    assert line.unit is not None
    assert line.due_at is not None
    to.add(
        title=both(line.task.title)[:200],
        body="\n\n".join((line.task.text.zh, line.task.text.en)) if line.task.text else "",
        lead=line.unit,
        area=line.area,
        due_at=line.due_at,
        basis=line.basis,
        basis_note=line.task.basis_note,
        work=line.task.work,
        priority=_PRIORITY[line.task.priority],
        incident=incident,
        duty=duties.get(line.task.duty),
    )


def _measure(line: MeasureLine, *, incident: Incident, by: Post, at: datetime) -> UUID:
    assert line.measure is not None
    return start_measure(
        incident=incident,
        title_zh=line.title_zh,
        title_en=line.title_en,
        area=line.area,
        legal_basis=both(line.measure.legal_basis),
        stop_rule=stop_rule(line.measure.stop_rule, line.window),
        expires_at=line.expires_at,
        by=by,
        at=at,
    ).id


def both(text: Text) -> str:
    """Words in both languages side by side: a unit reads them in its own."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


def stop_rule(text: Text, window: int | None) -> str:
    """The stop rule in both languages, with the days of its window."""
    return both(text).replace("{window}", str(window))


def _row(line: Line, made: UUID | None, *, stand_up: StandUp, place: int, id: UUID) -> PlanLine:
    overrule = line.overrule
    lasts = line.measure.lasts if isinstance(line, MeasureLine) and line.measure else None
    unit: Unit | None = line.unit
    return PlanLine(
        id=id,
        stand_up=stand_up,
        place=place,
        kind=line.kind,
        key=line.key,
        area=line.area,
        unit=unit if line.standing in (Standing.READY, Standing.KEPT) else None,
        outcome=_OUTCOME[line.standing],
        made=made,
        by_hand=overrule is not None,
        why=line.why.code if line.why else "",
        reason=overrule.reason if overrule else "",
        rule=[
            {
                "fact": reading.fact,
                "value": reading.value,
                "at_least": reading.at_least,
                "at_most": reading.at_most,
            }
            for reading in line.judgement.readings
        ],
        incubations=lasts.incubations if lasts else None,
    )
