"""What the gallery shows its components with: invented rows in both languages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

STATES: tuple[tuple[str, str | Promise], ...] = (
    ("created", _("created")),
    ("dispatched", _("dispatched")),
    ("seen", _("seen")),
    ("accepted", _("accepted")),
    ("in_progress", _("in progress")),
    ("blocked", _("blocked")),
    ("refused", _("refused")),
    ("returned", _("returned")),
    ("done", _("done")),
    ("confirmed", _("confirmed")),
    ("reopened", _("reopened")),
    ("merged", _("merged")),
)
LEVELS: tuple[tuple[str, str | Promise], ...] = (
    ("I", _("Level I response")),
    ("II", _("Level II response")),
    ("III", _("Level III response")),
    ("IV", _("Level IV response")),
)


@dataclass(frozen=True)
class Unit:
    """A unit as the chips need it."""

    name_en: str
    name_zh: str
    sector: str


@dataclass(frozen=True)
class Row:
    """One task of the sample list."""

    number: str
    title_en: str
    title_zh: str
    state: str
    state_label: str | Promise
    unit: Unit
    due_at: datetime
    done: bool


UNITS = (
    Unit("Zhejiang Centre for Disease Control and Prevention", "浙江省疾病预防控制中心", "cdc"),
    Unit("Xihu District Government", "西湖区人民政府", "government"),
    Unit("Cuiyuan Street Office", "翠苑街道办事处", "community"),
    Unit("Hangzhou No. 6 People's Hospital", "杭州市第六人民医院", "hospital"),
    Unit("Green Town Property Service", "绿城物业服务企业", "property_firm"),
    Unit("Blue Sky Volunteers", "蓝天志愿者服务队", "volunteer_team"),
)
_TITLES = (
    ("Set up a fever clinic at the east gate", "在东门设置发热门诊"),
    (
        "Bring food and medicine to 38 households in isolation, twice a day, until further notice",
        "每日两次为38户居家隔离家庭送菜送药，直至另行通知",
    ),
    ("Send two epidemiologists to Cuiyuan", "向翠苑街道增派两名流调人员"),
    ("Report beds, staff and drugs", "上报床位、人员和药品储备"),
    ("Disinfect the market", "对农贸市场进行消毒"),
    ("Answer residents' questions on the gate rule", "解答居民对小区出入规定的疑问"),
)


def rows(now: datetime, count: int) -> list[Row]:
    """Tasks in every state, from overdue to far away."""
    made = []
    for index in range(count):
        state, label = STATES[index % len(STATES)]
        english, chinese = _TITLES[index % len(_TITLES)]
        made.append(
            Row(
                number=f"T-2020-{index + 118:04d}",
                title_en=english,
                title_zh=chinese,
                state=state,
                state_label=label,
                unit=UNITS[index % len(UNITS)],
                due_at=now + timedelta(hours=(index - 2) * 7, minutes=index * 11),
                done=state in {"done", "confirmed"},
            )
        )
    return made


def matching(tasks: list[Row], text: str, state: str) -> list[Row]:
    """The tasks whose title or number holds the text, in the given state (empty: in any)."""
    found = text.casefold()
    return [
        task
        for task in tasks
        if found in f"{task.number} {task.title_en} {task.title_zh}".casefold()
        and state in ("", task.state)
    ]


def columns(now: datetime) -> list[tuple[str | Promise, str, list[Row]]]:
    """Four columns of a board: label, state, tasks; the last one is empty."""
    tasks = rows(now, 30)
    return [
        (label, state, [row for row in tasks if row.state == state][: 3 - index])
        for index, (state, label) in enumerate(STATES[3:7])
    ]


def curve(now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """A line and bar chart, and its table."""
    days = [(now - timedelta(days=29 - i)).date().isoformat() for i in range(30)]
    new = [round(4 + 120 * 2.718 ** (-((i - 11) ** 2) / 40)) for i in range(30)]
    total: list[int] = []
    for value in new:
        total.append(value + (total[-1] if total else 0))
    option = {
        "xAxis": {"type": "category", "data": days},
        "yAxis": [{"type": "value"}, {"type": "value", "splitLine": {"show": False}}],
        "series": [
            {"name": str(_("New cases")), "type": "bar", "data": new},
            {"name": str(_("Cumulative cases")), "type": "line", "data": total, "yAxisIndex": 1},
        ],
    }
    table = {
        "headers": [_("Day"), _("New cases"), _("Cumulative cases")],
        "rows": list(zip(days, new, total, strict=True)),
    }
    return option, table


def network() -> dict[str, Any]:
    """Who worked with whom, as a force-directed graph."""
    chinese = (get_language() or "").startswith("zh")
    names = [unit.name_zh if chinese else unit.name_en for unit in UNITS]
    pairs = [(0, 1, 24), (1, 2, 61), (2, 4, 18), (2, 5, 22), (0, 3, 40), (1, 3, 9), (4, 5, 6)]
    return {
        "series": [
            {
                "type": "graph",
                "label": {"show": True, "position": "bottom"},
                "data": [
                    {
                        "name": name,
                        "symbolSize": 14 + 5 * sum(i in pair[:2] for pair in pairs),
                        "itemStyle": {"color": f"--tz-{tone}-solid"},
                    }
                    for i, (name, tone) in enumerate(
                        zip(
                            names,
                            ("blue", "purple", "teal", "red", "yellow", "orange"),
                            strict=True,
                        )
                    )
                ],
                "links": [
                    {"source": a, "target": b, "value": n, "lineStyle": {"width": 1 + n / 12}}
                    for a, b, n in pairs
                ],
            }
        ]
    }


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), help_text=_("What is to be done, in one line"))
    unit = forms.ChoiceField(label=_("Lead unit"), choices=[("", "–"), ("1", "…")])
    due = forms.DateTimeField(
        label=_("Due time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.ChoiceField(
        label=_("Authority basis"),
        widget=forms.RadioSelect,
        choices=[("order", _("order")), ("agreement", _("agreement")), ("law", _("law"))],
    )
    urgent = forms.BooleanField(label=_("Tell the duty office at once"), required=False)
