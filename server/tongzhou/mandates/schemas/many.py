"""What became of many at once: a list laid out, a workbook brought in."""

from typing import Any, Self

from tongzhou.kernel.api.values import Output, RowFault
from tongzhou.mandates.actions.import_matrix import Report
from tongzhou.mandates.actions.layout import Layout


class UnresolvedOut(Output):
    """A part for which there is not exactly one unit."""

    duty: str
    part: str
    code: str
    detail: str
    units: list[str]


class LayoutOut(Output):
    """What was proposed, or would be."""

    dry_run: bool
    declared: int
    proposed: int
    unchanged: int
    unresolved: list[UnresolvedOut]

    @classmethod
    def of(cls, layout: Layout, *, dry_run: bool) -> Self:
        """From the act."""
        return cls.model_construct(
            dry_run=dry_run,
            declared=len(layout.new),
            proposed=len(layout.lines),
            unchanged=layout.unchanged,
            unresolved=[
                UnresolvedOut.model_construct(
                    duty=one.duty,
                    part=one.part,
                    code=one.code,
                    detail=one.sentence,
                    units=list(one.units),
                )
                for one in layout.unresolved
            ],
        )


class MatrixImportOut(Output):
    """What a workbook gave. With faults nothing was written."""

    dry_run: bool
    proposed: int
    ends: int
    means: int
    unchanged: int
    waiting: int
    faults: list[RowFault]

    @classmethod
    def of(cls, report: Report) -> Self:
        """From the import."""
        given: dict[str, Any] = dict(vars(report))
        given["faults"] = [RowFault.of(fault) for fault in report.faults]
        return cls.model_construct(**given)
