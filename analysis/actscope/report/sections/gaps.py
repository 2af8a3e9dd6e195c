"""How well work crosses the boundaries, and how the mechanisms inside hold."""

from actscope.dimensions.gaps import GAPS, PARTS, Gap
from actscope.dimensions.measured import Dimensions, dimensions
from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material
from actscope.report.pictures import bars
from actscope.report.vocabulary import (
    BOUNDARIES,
    MECHANISMS,
    PARTS_OF_GAPS,
    PARTS_OF_MECHANISMS,
)

LEAST = 3
"""Figures of fewer organisations are not shown, and single pairs are named in diagnoses only."""


def section(material: Material) -> Section:
    """The four gaps and the three mechanisms; empty where nobody listed the units."""
    say = material.say
    title = say("Gaps and mechanisms", "四类鸿沟与三项机制")
    if material.actors is None or not material.actors.num_rows:
        told = say(
            "Without a table of units, with sectors, levels and areas, boundaries cannot be seen.",
            "缺少单位名录（部门类别、层级、区域），无法识别边界。",
        )
        return Section(id="gaps", title=title, exhibits=[Exhibit(title=title, lead=told)])
    found = dimensions(
        material.acts, material.actors, plan=material.plan, seed=material.seed, at_least=LEAST
    )
    return Section(
        id="gaps", title=title, exhibits=[_gaps(material, found), *_inner(material, found)]
    )


def _gaps(material: Material, found: Dimensions) -> Exhibit:
    say = material.say
    named = {say(*BOUNDARIES[one.value]): gap for one, gap in found.gaps.items()}
    return Exhibit(
        title=say("Across the four boundaries", "跨越四类边界的协同"),
        lead=say(
            "0 is no collaboration that could be seen, 1 is all that was asked and planned. "
            f"{found.requests} requests about cases; {found.without_case} about none are left out.",
            "0 表示看不到协同，1 表示所请求、所规划者均已实现。"
            f"共 {found.requests} 项关联事项的请求；未关联事项的 {found.without_case} 项不计入。",
        ),
        picture=bars(
            {name: gap.index for name, gap in named.items()},
            intervals={name: (gap.lower, gap.upper) for name, gap in named.items()},
            most=1.0,
        ),
        table=Table(
            head=(
                say("boundary", "边界"),
                say("index", "指数"),
                say("95 % interval", "95% 区间"),
                say("pairs", "单位对数"),
                say("missing", "缺失"),
                *(say(*PARTS_OF_GAPS[name]) for name in PARTS),
            ),
            rows=[_row(name, gap) for name, gap in named.items()],
        ),
        definition=GAPS,
        n=found.n,
        missing=found.missing,
    )


def _row(name: str, gap: Gap) -> tuple[object, ...]:
    return (name, gap.index, between(gap.lower, gap.upper), gap.n, gap.missing, *gap.parts.values())


def _inner(material: Material, found: Dimensions) -> list[Exhibit]:
    say = material.say
    return [
        Exhibit(
            title=say(*MECHANISMS[name.value]),
            lead=say("Index", "指数") + f" {_shown(one.index)} ({between(one.lower, one.upper)})",
            table=Table(
                head=(say("part", "分项"), say("figure", "数值")),
                rows=[
                    (say(*PARTS_OF_MECHANISMS[part]), value) for part, value in one.parts.items()
                ],
            ),
            definition=one.definition,
            n=one.n,
            missing=one.missing,
        )
        for name, one in found.mechanisms.items()
    ]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def between(lower: float | None, upper: float | None) -> str:
    """An interval as people read it."""
    return "–" if lower is None or upper is None else f"{lower:.2f}\u00a0–\u00a0{upper:.2f}"
