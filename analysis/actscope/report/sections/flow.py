"""How work passes from unit to unit."""

from actscope.process.hand_overs import hand_overs
from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material


def section(material: Material) -> Section:
    """The most frequent hand-overs and how long they wait."""
    say = material.say
    found = hand_overs(material.acts)
    return Section(
        id="flow",
        title=say("How work is handed over", "工作的移交"),
        exhibits=[
            Exhibit(
                title=say("The most frequent hand-overs", "最常见的移交"),
                lead=say(
                    f"{found.cases_handed_over} of {found.cases} cases pass from one unit to "
                    "another.",
                    f"{found.cases} 个事项中有 {found.cases_handed_over} 个发生移交。",
                )
                if found.cases_handed_over is not None
                else "",
                table=Table(
                    head=(
                        say("from", "移出"),
                        say("to", "接收"),
                        say("times", "次数"),
                        say("cases", "事项数"),
                        say("median wait, hours", "等待中位数（小时）"),
                    ),
                    rows=[
                        (
                            material.name(row.source),
                            material.name(row.target),
                            row.number,
                            row.cases,
                            row.median_wait_hours,
                        )
                        for row in found.rows
                    ],
                ),
                definition=found.definition,
                n=found.n,
                missing=found.missing,
            )
        ],
    )
