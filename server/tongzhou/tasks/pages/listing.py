"""What the lists of tasks have in common: filters in the address, three views, quick counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.tasks import queries
from tongzhou.tasks.forms.pickers import AreaField, UnitField
from tongzhou.tasks.models import Basis, Priority, State, Work
from tongzhou.tasks.pages.lines import lines
from tongzhou.tasks.pages.steps import STEPS
from tongzhou.tasks.queries import Bar, Column, Section, TaskFilters, Timeline
from tongzhou.ui.moments import local_text
from tongzhou.ui.tones import tone_of

Words = str | Promise
VIEWS: Final = ("list", "board", "timeline")
#: Several states under one name; in the address they are joined by commas.
WAITING: Final = "dispatched,seen"
IN_HAND: Final = "accepted,in_progress,blocked"
TO_DECIDE: Final = "refused,returned"
RUNNING: Final = f"{WAITING},{IN_HAND}"

STATES: Final[list[tuple[str, Words]]] = [
    (WAITING, _("to be accepted")),
    (IN_HAND, _("in hand")),
    (TO_DECIDE, _("refused or returned")),
    *((state.value, state.label) for state in State),
]
RELATIONS: Final[list[tuple[str, Words]]] = [
    ("lead", _("we lead")),
    ("asker", _("we asked")),
    ("assisting", _("we assist")),
    ("informed", _("we are informed")),
    ("direct", _("all of our own")),
    ("line", _("below us only")),
]
SHOWN: Final[list[tuple[str, Words]]] = [
    ("", _("Open tasks")),
    ("closed", _("Closed tasks")),
    ("all", _("Open and closed tasks")),
]
SORTS: Final[list[tuple[str, Words]]] = [
    ("", _("By due time")),
    ("created", _("Newest first")),
    ("updated", _("Latest change first")),
]

#: Filters that are folded away until they are used.
_FOLDED: Final = ("show", "sort", "area", "unit", "basis", "work", "priority")
#: Acts that are offered for a selection.
BULK: Final = ("accept", "start", "finish", "confirm", "urge", "withdraw", "comment")


class PlaceForm(forms.Form):
    """The two filters that are looked up."""

    area = AreaField(label=_("Area"), required=False, attrs={"placeholder": _("Area")})
    unit = UnitField(
        label=_("Unit (asks or leads)"),
        required=False,
        attrs={"placeholder": _("Unit (asks or leads)")},
    )


@dataclass(frozen=True)
class Quick:
    """A count that leads to its tasks."""

    label: Words
    section: Section | None
    address: str
    bad: bool = False
    here: bool = False

    @property
    def figure(self) -> str:
        """The count, "100+" where there are more."""
        if self.section is None:
            return ""
        return f"{self.section.count}+" if self.section.more else str(self.section.count)

    @property
    def none(self) -> bool:
        """True where nothing waits."""
        return self.section is not None and not self.section.count


def filters_of(request: HttpRequest, **fixed: str) -> TaskFilters:
    """The filters in the address, those that the page fixes put in their place. Raises
    UnknownChoice."""
    return TaskFilters.from_query(_spread(request.GET, fixed))


def _spread(query: QueryDict, fixed: Mapping[str, str]) -> QueryDict:
    """States that are joined by commas as values of their own."""
    spread = query.copy()
    states = [part for value in query.getlist("state") for part in value.split(",") if part]
    spread.setlist("state", states)
    for name, value in fixed.items():
        spread[name] = value
    return spread


def view_of(request: HttpRequest) -> str:
    """Which of the three views is asked for."""
    view = request.GET.get("view", "")
    return view if view in VIEWS else "list"


def listing(request: HttpRequest, *, post: Post, at: datetime, **fixed: str) -> dict[str, Any]:
    """The list, board or timeline that the address asks for, as its template takes it;
    ``fixed``: filters that the page sets. Raises UnknownChoice, CursorInvalid."""
    filters = filters_of(request, **fixed)
    view = view_of(request)
    query = urlencode(filters.to_query())
    context: dict[str, Any] = {
        "view": view,
        "now": at,
        "filtered": bool(filters.to_query()),
        "export_query": f"?{query}" if query else "",
        "full_path": request.get_full_path(),
        "shared": request.build_absolute_uri(),
    }
    match view:
        case "board":
            found = queries.board(visible_to=post, filters=filters, at=at)
            context["columns"] = [_laid(column, request) for column in found]
        case "timeline":
            laid = queries.timeline(visible_to=post, filters=filters, at=at)
            context |= {"timeline": laid, "days": list(days(laid, at=at))}
        case _:
            cursor = request.GET.get("cursor", "")
            page = queries.list_tasks(visible_to=post, filters=filters, at=at, cursor=cursor)
            within = "incident" in fixed
            context |= {"page": page, "lines": lines(page.rows, at=at, incident=not within)}
    return context


@dataclass(frozen=True)
class Laid:
    """A column with its tone, and where all of it is listed."""

    column: Column
    tone: str
    address: str

    @property
    def rest(self) -> bool:
        """True where not all of it is shown."""
        return self.column.more or self.column.count > len(self.column.rows)


def _laid(column: Column, request: HttpRequest) -> Laid:
    query = request.GET.copy()
    query.pop("view", None)
    query["state"] = ",".join(column.states)
    return Laid(column, tone_of(column.states[0]), f"?{query.urlencode()}")


def _marked(options: list[tuple[str, Words]], present: str) -> list[tuple[str, Words, bool]]:
    return [(value, label, value == present) for value, label in options]


def choices(request: HttpRequest) -> dict[str, Any]:
    """What the filters offer."""
    place = PlaceForm(initial={name: request.GET.get(name, "") for name in ("area", "unit")})
    return {
        "states": STATES,
        "relations": RELATIONS,
        "shown": _marked(SHOWN, request.GET.get("show", "")),
        "sorts": _marked(SORTS, request.GET.get("sort", "")),
        "bases": Basis.choices,
        "works": Work.choices,
        "priorities": Priority.choices,
        "place": place,
        "more_open": any(request.GET.get(name) for name in _FOLDED),
        "bulk_steps": [STEPS[verb] for verb in BULK],
    }


def quick_counts(request: HttpRequest, *, post: Post, at: datetime) -> list[Quick]:
    """What waits for the post's unit, each with the address of its list. One query."""
    waiting = queries.counts_waiting(visible_to=post, at=at)
    hand = Section(
        [],
        waiting.in_hand.count + waiting.late.count,
        waiting.in_hand.more or waiting.late.more,
    )
    rows: list[tuple[Words, Section | None, dict[str, str], bool]] = [
        (_("All open"), None, {}, False),
        (_("To accept"), waiting.to_accept, {"relation": "lead", "state": WAITING}, False),
        (_("In hand"), hand, {"relation": "lead", "state": IN_HAND}, False),
        (_("Late"), waiting.late, {"relation": "lead", "state": IN_HAND, "late": "1"}, True),
        (_("To confirm"), waiting.to_confirm, {"relation": "asker", "state": "done"}, False),
        (_("To decide"), waiting.to_decide, {"relation": "asker", "state": TO_DECIDE}, True),
        (_("Assisting"), waiting.assisting, {"relation": "assisting", "state": RUNNING}, False),
        (_("Drafts"), waiting.drafts, {"relation": "asker", "state": "draft"}, False),
    ]
    present = {k: v for k, v in request.GET.items() if v and k not in {"view", "cursor", "part"}}
    return [
        Quick(label, section, f"?{urlencode(query)}" if query else "?", bad, present == query)
        for label, section, query, bad in rows
    ]


@dataclass(frozen=True)
class Placed:
    """A bar on its day, with its place in per cent of the span. ``due`` is "" where the due
    time lies outside the span; ``cut``: since when, for a bar that begins before it, else ""."""

    bar: Bar
    style: str
    due: str
    tone: str
    cut: str


@dataclass(frozen=True)
class Day:
    """The tasks that are due on a day. ``late``: one of them was not done in time."""

    date: datetime
    bars: list[Placed]
    late: bool
    today: bool


def days(laid: Timeline, *, at: datetime) -> Iterable[Day]:
    """The bars of a timeline by the local day on which they are due."""
    span = max((laid.end - laid.start).total_seconds(), 1.0)
    today = timezone.localdate(at)
    for date, bars in groupby(laid.bars, key=lambda bar: timezone.localdate(bar.due_at)):
        placed = [_placed(bar, laid, span) for bar in bars]
        start = timezone.localtime(placed[0].bar.due_at).replace(hour=0, minute=0)
        late = any(each.bar.late for each in placed)
        yield Day(start, placed, late=late, today=date == today)


def _placed(bar: Bar, laid: Timeline, span: float) -> Placed:
    def place(moment: datetime) -> float:
        return 100 * (moment - laid.start).total_seconds() / span

    left = min(max(place(bar.start), 0.0), 99.0)
    width = min(max(place(bar.end) - left, 1.0), 100 - left)
    due = f"left:{min(place(bar.due_at), 99.7):.2f}%"
    return Placed(
        bar,
        style=f"left:{left:.2f}%;width:{width:.2f}%",
        due=due if laid.start <= bar.due_at <= laid.end else "",
        tone="red" if bar.late else "green" if bar.row.done_at else "blue",
        cut=local_text(bar.start) if bar.start < laid.start else "",
    )
