"""Daily counts of an incident, their import, and the risk of its areas."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.incidents.actions.record_counts import Recorded
from tongzhou.incidents.importing import Correction, ImportReport
from tongzhou.incidents.models import DailyCount
from tongzhou.incidents.queries.risk import AreaRisk, Risk
from tongzhou.kernel.api.values import Code, Day, Input, Moment, Output, RowFault, Whole


class CountOut(Output):
    """Cumulative counts at the end of a day: as reported, and as used after falls of the
    series were taken off the days before."""

    area: str
    date: date
    confirmed: int
    cured: int
    dead: int
    confirmed_used: int
    cured_used: int
    dead_used: int
    revision: int
    source: str
    as_of: datetime

    @classmethod
    def of(cls, count: DailyCount) -> Self:
        """From the model, with the area joined."""
        return cls.model_construct(
            area=count.area.code,
            date=count.date,
            confirmed=count.confirmed,
            cured=count.cured,
            dead=count.dead,
            confirmed_used=count.confirmed_used,
            cured_used=count.cured_used,
            dead_used=count.dead_used,
            revision=count.revision,
            source=count.source,
            as_of=count.as_of,
        )


class CountIn(Input):
    """Cumulative counts of an area (by code) at the end of a day."""

    area: Code
    date: Day
    confirmed: Whole
    cured: Whole
    dead: Whole


class CountsIn(Input):
    """Counts with their source; ``as_of`` is when the source had them."""

    source: Annotated[str, Field(min_length=1, max_length=300)]
    as_of: Moment
    rows: Annotated[list[CountIn], Field(min_length=1, max_length=10_000)]


class RecordedOut(Output):
    """What became of the rows: new days, revised days, days that stayed, and days of these
    areas whose figure in use differs from the reported one."""

    added: int
    revised: int
    unchanged: int
    corrected: int

    @classmethod
    def of(cls, recorded: Recorded) -> Self:
        """From the act."""
        return cls.model_construct(**vars(recorded))


class CorrectionOut(Output):
    """A day whose figure in use differs from the reported one."""

    area: str
    date: date
    figure: str
    reported: int
    used: int

    @classmethod
    def of(cls, found: Correction) -> Self:
        """From the import."""
        return cls.model_construct(**{**vars(found), "area": found.area.code})


class AreaRiskOut(Output):
    """The risk of an area: the level, the rule that decided (its place in the list, from 0),
    and what was known, null where it was not."""

    area: str
    level: Literal["high", "medium", "low"]
    rule: int
    facts: dict[str, int | None]

    @classmethod
    def of(cls, found: AreaRisk) -> Self:
        """From the class of an area."""
        return cls.model_construct(
            area=found.area.code,
            level=found.verdict.level,
            rule=found.verdict.place,
            facts=dict(found.verdict.facts),
        )


class RiskOut(Output):
    """The areas of an incident classed by the rule in force on `day`, the last one with
    figures. `follows_incubation`: the days looked back on follow from `incubation_days`, which
    are assumed while they are not `incubation_known`."""

    version: UUID
    window_days: int
    follows_incubation: bool
    incubation_days: int
    incubation_known: bool
    day: date
    as_of: datetime
    computed_at: datetime
    areas: list[AreaRiskOut]

    @classmethod
    def of(cls, found: Risk) -> Self:
        """From what was computed."""
        return cls.model_construct(
            version=found.version.id,
            window_days=found.window,
            follows_incubation=found.follows,
            incubation_days=found.windows.incubation,
            incubation_known=found.windows.known,
            day=found.day,
            as_of=found.as_of,
            computed_at=found.computed_at,
            areas=[AreaRiskOut.of(row) for row in found.rows],
        )


class ImportOut(Output):
    """What a file gave. ``recorded`` is null where faults stood in the way: then nothing was
    written. Of skipped rows, faults and corrections the first 500 are listed."""

    dry_run: bool
    lines: int
    rows: int
    ignored: int
    areas: int
    first: date | None
    last: date | None
    unknown_columns: list[str]
    skipped: list[RowFault]
    faults: list[RowFault]
    recorded: RecordedOut | None
    corrections: list[CorrectionOut]

    @classmethod
    def of(cls, report: ImportReport, *, limit: int = 500) -> Self:
        """From the import."""
        return cls.model_construct(
            dry_run=report.dry_run,
            lines=report.lines,
            rows=report.rows,
            ignored=report.ignored,
            areas=report.areas,
            first=report.first,
            last=report.last,
            unknown_columns=list(report.unknown_columns),
            skipped=[RowFault.of(refusal) for refusal in report.skipped[:limit]],
            faults=[RowFault.of(refusal) for refusal in report.faults[:limit]],
            recorded=RecordedOut.of(report.recorded) if report.recorded else None,
            corrections=[CorrectionOut.of(found) for found in report.corrections[:limit]],
        )
