"""When much or little is done together."""

from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material
from actscope.report.pictures import lines
from actscope.report.vocabulary import kind
from actscope.tempo.per_day import acts_per_day

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
            Exhibit(
                title=say("Acts per day", "每日行为数"),
                lead=say(
                    f"Days in {found.zone}; the {len(largest)} most frequent kinds are drawn.",
                    f"按 {found.zone} 自然日统计；图中为最常见的 {len(largest)} 类。",
                ),
                picture=lines(found.days, named) if found.days and named else "",
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
            )
        ],
    )
