"""All dimensions of a log at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from actscope.definition import Definition
from actscope.dimensions.boundaries import BOUNDARIES, Boundary
from actscope.dimensions.evidence import Evidence, evidence_of
from actscope.dimensions.gaps import GAPS, Gap, figure, gaps
from actscope.dimensions.mechanisms import Mechanism, MechanismFigure, mechanisms
from actscope.dimensions.requests import requests
from actscope.dimensions.resampling import interval, resamples
from actscope.dimensions.theories import CONSTRUCTS, Construct, Theory
from actscope.dimensions.view import view
from actscope.errors import InputError
from actscope.results import Result

DRAWS = 500


class NoOrganisationsError(InputError):
    """A table of actors without rows: there is nobody to measure."""

    code = "dimensions_actors_none"
    en = "The table of actors has no rows."
    zh = "参与方表中没有数据行。"


class DrawsRefusedError(InputError):
    """Too few draws for an interval, or too many to wait for."""

    code = "dimensions_draws"
    en = "“{field}” is {value}; it must be from {least} to {most}."
    zh = "“{field}”为 {value}；应在 {least} 与 {most} 之间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstructFigure(Result):
    """``value`` with its interval, on ``n`` acts, cases, requests or organisations, of ``units``
    organisations; suppressed where these are too few. Where the log does not carry it, ``needs``
    says what would have to be known, and ``ask`` what to ask people."""

    theory: Theory
    name: str
    value: float | None
    lower: float | None
    upper: float | None
    n: int
    units: int
    suppressed: bool
    measurable: bool
    needs: dict[str, str] | None
    ask: dict[str, str] | None
    definition: Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured(Result):
    """A part that is in no index, and what is missing for it."""

    where: str
    part: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions(Result):
    """``n`` acts used, ``missing`` by reason, ``set_aside`` not asked about; ``organisations`` in
    all, of which ``listed`` in the table of actors and ``taking_part`` in acts; ``draws`` and
    ``seed`` of the intervals; ``coverage``: requests confirmed by both sides ÷ requests, a hint at
    how much of what happened the log holds; ``without_case``: requests about no case."""

    gaps: dict[Boundary, Gap]
    mechanisms: dict[Mechanism, MechanismFigure]
    constructs: dict[Theory, tuple[ConstructFigure, ...]]
    unmeasured: tuple[Unmeasured, ...]
    n: int
    missing: int
    missing_by: dict[str, int]
    set_aside: int
    organisations: int
    listed: int
    taking_part: int
    requests: int
    without_case: int
    coverage: float | None
    draws: int
    seed: int
    at_least: int
    definition: Definition = GAPS
    boundaries: Definition = BOUNDARIES


def dimensions(
    acts: pa.Table,
    actors: pa.Table,
    *,
    plan: pa.Table | None = None,
    seed: int = 1,
    draws: int = DRAWS,
    at_least: int = 1,
) -> Dimensions:
    """The four gaps, the three mechanisms and the constructs.

    ``acts``: a table of acts; ``actors``: a table of units with ``sector``, ``level``, ``area``;
    ``plan``: planned ties (``source``, ``target``; the direction does not matter). Organisations
    of acts that are not listed count, with all attributes missing. ``seed``, ``draws``: of the
    intervals (organisations drawn anew). Figures of fewer than ``at_least`` organisations are
    suppressed. The order of rows does not matter where positions or times tell them apart.

    Raises ``NoOrganisationsError``, ``DrawsRefusedError``, ``ColumnMissingError``.
    """
    if not actors.num_rows:
        raise NoOrganisationsError()
    if not 20 <= draws <= 100_000:
        raise DrawsRefusedError(field="draws", value=draws, least=20, most=100_000)
    seen = view(acts, actors, plan)
    found = requests(seen)
    taking = seen.involved()
    involved = taking if seen.plan is None else np.union1d(taking, seen.plan)
    drawn = resamples(len(seen.organisations), involved, draws=draws, seed=seed)
    gap = gaps(seen, found, drawn, at_least=at_least)
    inner = mechanisms(seen, found, drawn, at_least=at_least)
    settled = int(np.count_nonzero(~found.running))
    evidence = evidence_of(seen, found, drawn)
    return Dimensions(
        gaps=gap,
        mechanisms=inner,
        constructs={
            theory: tuple(
                _construct(construct, evidence, at_least)
                for construct in CONSTRUCTS
                if construct.theory == theory
            )
            for theory in Theory
        },
        unmeasured=tuple(_unmeasured(gap, inner)),
        n=seen.counted.n,
        missing=seen.counted.missing,
        missing_by=dict(seen.counted.missing_by),
        set_aside=seen.counted.set_aside,
        organisations=len(seen.organisations),
        listed=seen.organisations.listed,
        taking_part=len(taking),
        requests=len(found),
        without_case=found.without_case,
        coverage=int(np.count_nonzero(found.is_confirmed)) / settled
        if settled and found.can_confirm
        else None,
        draws=draws,
        seed=seed,
        at_least=at_least,
    )


def _construct(construct: Construct, evidence: Evidence, at_least: int) -> ConstructFigure:
    measured = construct.measure(evidence) if construct.measure else None
    units = measured.units if measured else 0
    suppressed = 0 < units < at_least
    value = None if measured is None or suppressed else figure(measured.drawn[0])
    lower, upper = (
        (None, None) if measured is None or value is None else interval(measured.drawn, units)
    )
    needs, ask = construct.needs, construct.ask
    carried = measured is not None and bool(np.isfinite(measured.drawn[0]))
    return ConstructFigure(
        theory=construct.theory,
        name=construct.name,
        value=value,
        lower=lower,
        upper=upper,
        n=measured.n if measured else 0,
        units=units,
        suppressed=suppressed,
        measurable=carried,
        needs=None if carried else {"en": needs[0], "zh": needs[1]},
        ask=None if ask is None else {"en": ask[0], "zh": ask[1]},
        definition=construct.definition,
    )


LACKING = {
    "reach": ("planned ties across the boundary", "跨该边界的计划联系"),
    "answer": ("requests about cases that are due or answered", "与事项相关联且到期或已答复的请求"),
    "on_time": ("answered requests with a date", "有时限且已答复的请求"),
    "closure": ("acts of who asked that confirm the result", "提出方确认办结的行为"),
    "reciprocity": ("acts with partners", "有伙伴的行为"),
    "joint": ("sectors of the organisations", "组织类别"),
    "taking_part": ("listed organisations", "组织名单"),
    "plan_fit": ("a table of planned ties", "计划联系表"),
    "fair_burden": ("requests about cases", "与事项相关联的请求"),
    "exchange": ("transfers or services with partners", "有伙伴的调拨或服务"),
    "agreement": ("the basis of acts", "行为依据"),
    "acknowledged": ("reports or shares about cases", "与事项相关联的报告或共享"),
    "answered": ("questions about cases", "与事项相关联的询问"),
}


def _unmeasured(
    gap: dict[Boundary, Gap], inner: dict[Mechanism, MechanismFigure]
) -> Iterable[Unmeasured]:
    of_gaps = [
        (boundary.value, held.parts) for boundary, held in gap.items() if not held.suppressed
    ]
    of_inner = [
        (mechanism.value, held.parts) for mechanism, held in inner.items() if not held.suppressed
    ]
    for where, parts in (*of_gaps, *of_inner):
        for name, value in parts.items():
            if value is None:
                en, zh = LACKING[name]
                yield Unmeasured(where=where, part=name, en=en, zh=zh)
