"""When much or little is done together, and how the tasks change."""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material
from actscope.report.pictures import lines
from actscope.report.vocabulary import kind, phase
from actscope.tempo.cooperation import Cooperation, cooperation
from actscope.tempo.joint import SILENCE
from actscope.tempo.per_day import acts_per_day
from actscope.tempo.phase_mix import phase_mixes

SILENT = ("{days} days with nothing to draw", "{days} 天无可绘数值")

DRAWN = 6
"""More series than these cannot be told apart."""


def section(material: Material) -> Section:
    """Acts per day by kind."""
    say = material.say
    found = acts_per_day(material.acts, zone=material.zone)
    shown = [series for series in found.by_kind if series.suppressed is None]
    largest = sorted(shown, key=lambda series: -(series.total or 0))[:DRAWN]
    named = {kind(series.kind or "", material.language): series.numbers for series in largest}
    return Section(
        id="when",
        title=say("When it is done", "协作的节奏"),
        exhibits=[
            _curve(material),
            Exhibit(
                title=say("Acts per day", "每日行为数"),
                lead=say(
                    f"Days in {found.zone}; the {len(largest)} most frequent kinds are drawn.",
                    f"按 {found.zone} 自然日统计；图中为最常见的 {len(largest)} 类。",
                ),
                picture=lines(found.days, named, silence=say(*SILENT))
                if found.days and named
                else "",
                table=Table(
                    head=(say("kind", "类型"), say("acts", "行为数")),
                    rows=[
                        (kind(series.kind or "", material.language), series.total)
                        for series in found.by_kind
                    ],
                ),
                definition=found.definition,
                n=found.n,
                missing=found.missing,
            ),
            _mix(material),
        ],
    )


def _curve(material: Material) -> Exhibit:
    say = material.say
    found = cooperation(material.acts, cases=material.cases, zone=material.zone)
    smooth, daily = say("mean of 7 days", "7 日均值"), say("each day", "逐日")
    return Exhibit(
        title=say("Joint acts per open case", "每个在办事项的联合行为"),
        lead=say("; ", "；").join(_told(found, say)),
        picture=lines(
            found.days,
            {
                smooth: _finite(found.smoothed),
                daily: _finite(found.ratio),
            },
            faint=(daily,),
            silence=say(*SILENT),
            marks={say("peak", "峰值"): found.peak.day} if found.peak else None,
        )
        if found.days
        else "",
        definition=found.definition,
        n=found.n,
        missing=found.missing,
    )


def _told(found: Cooperation, say: Callable[[str, str], str]) -> Iterator[str]:
    """What the curve shows, as far as it could be computed."""
    if found.test is not None:
        verdict = (
            say("It rises and then falls", "先升后降")
            if found.test.found
            else say("It does not rise and then fall", "未呈现先升后降")
        )
        chance = "< 0.001" if found.test.p < 0.001 else f"{found.test.p:.2g}"
        yield f"{verdict} (t²: {found.test.curvature.value:.2g}, p {chance})"
    half = found.half_life_days
    # Without both ends anything may be true, and the figure alone would mislead.
    if half is not None and half.lower is not None and half.upper is not None:
        figures = f"{half.value:.0f} ({half.lower:.0f}–{half.upper:.0f})"
        yield say(f"after the peak it halves in {figures} days", f"峰值后约 {figures} 天减半")
    if found.outside:
        span = f"{found.days[0]} – {found.days[-1]}"
        yield say(
            f"{span}: {found.outside:,} joint acts before or after more than {SILENCE} days of "
            "silence are left out",
            f"{span}：此前或此后相隔 {SILENCE} 天以上无行为的 {found.outside:,} 次联合行为未计入",
        )


def _mix(material: Material) -> Exhibit:
    say = material.say
    found = phase_mixes(material.acts)
    shifted = {shift.after: shift for shift in found.shifts}
    return Exhibit(
        title=say("The core task of each phase", "各阶段的核心任务"),
        table=Table(
            head=(
                say("phase", "阶段"),
                say("acts", "行为数"),
                say("core task", "核心任务"),
                say("its share", "占比"),
                say("shift from the phase before", "与上一阶段的差异"),
            ),
            rows=[
                (
                    phase(mix.phase, material.language),
                    mix.n,
                    ", ".join(kind(core, material.language) for core in mix.core),
                    max(mix.shares.values()) if mix.shares else None,
                    shifted[mix.phase].divergence if mix.phase in shifted else None,
                )
                for mix in found.phases
            ],
        ),
        definition=found.definition,
        n=found.n,
        missing=found.missing,
    )


def _finite(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
