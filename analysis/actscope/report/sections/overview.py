"""How large the log is, and what in it cannot be used."""

from typing import Any

import pyarrow.compute as pc

from actscope.counting import asked_about, column_of
from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material


def section(material: Material) -> Section:
    """Acts, units, span and coverage."""
    acts, say = material.acts, material.say
    at = column_of(acts, "at")
    span: dict[str, Any] = pc.min_max(at).as_py()
    collaboration = int(asked_about(acts, None).sum())
    acting = pc.count_distinct(column_of(acts, "by_unit")).as_py()
    first, last = (f"{span[end]:%Y-%m-%d %H:%M} UTC" if span[end] else "–" for end in span)
    rows = [
        (say("Acts", "行为"), acts.num_rows),
        (say("of these collaboration", "其中协同行为"), collaboration),
        (say("Units that acted", "有行为的单位"), acting),
        (
            say("Units that could act", "名录中的单位"),
            None if material.actors is None else material.actors.num_rows,
        ),
        (
            say("Rows of the plan", "预案协作关系（行）"),
            None if material.plan is None else material.plan.num_rows,
        ),
        (
            say("Rows of cases", "事项表（行）"),
            None if material.cases is None else material.cases.num_rows,
        ),
    ]
    return Section(
        id="overview",
        title=say("The log", "行为日志"),
        exhibits=[
            Exhibit(
                title=say("What the figures rest on", "数据基础"),
                lead=say(
                    f"From {first} to {last}. No log is not no cooperation: what was done outside "
                    "of the system is not here.",
                    f"自 {first} 至 {last}。没有记录不等于没有协作：系统之外的协作不在此列。",
                ),
                table=Table(head=(say("what", "项目"), say("number", "数量")), rows=rows),
            )
        ],
    )
