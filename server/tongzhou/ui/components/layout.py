"""The parts that order a page: panels, tabs, empty states, timelines, boards."""

from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext

from tongzhou.ui.components.marks import icon as draw
from tongzhou.ui.components.marks import moment, number, tone_class
from tongzhou.ui.tones import tone_of

NOTICE_TONES = {
    "info": ("blue", "info-circle"),
    "success": ("green", "circle-check"),
    "warning": ("yellow", "alert-triangle"),
    "danger": ("red", "alert-circle"),
}


def crumb(label: object, url: str = "") -> SafeString:
    """One step of the way to this page; without address it is the page itself."""
    if url:
        return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', url, label)
    return format_html(
        '<li class="breadcrumb-item active" aria-current="page"><span>{}</span></li>', label
    )


def tabs(content: SafeString, label: object) -> SafeString:
    """Tabs that are pages of their own; holds ``tab`` items."""
    return format_html(
        '<nav class="tz-tabs" aria-label="{}"><ul>{}</ul></nav>',
        label,
        content,
    )


def tab(
    label: object, url: str, active: bool = False, count: int | None = None, icon: str = ""
) -> SafeString:
    """One tab, with a count where it helps."""
    return format_html(
        '<li><a href="{}"{}>{}<span>{}</span>{}</a></li>',
        url,
        mark_safe(' aria-current="page"') if active else "",
        draw(icon, "sm") if icon else "",
        label,
        "" if count is None else format_html('<b class="tz-count">{}</b>', number(count)),
    )


def card(
    content: SafeString,
    title: object,
    icon: str = "",
    id: str = "",
    flush: bool = False,
    level: int = 2,
) -> SafeString:
    """A titled panel. ``flush`` lets tables and lists reach its edges."""
    anchor = id or f"card-{slugify(str(title), allow_unicode=True)}"
    return format_html(
        '<section class="card tz-card" {}aria-labelledby="{}-title">'
        '<header class="card-header">{}<h{} class="card-title" id="{}-title">{}</h{}></header>'
        '<div class="{}">{}</div></section>',
        format_html('id="{}" ', id) if id else "",
        anchor,
        draw(icon) if icon else "",
        level,
        anchor,
        title,
        level,
        "tz-card-flush" if flush else "card-body",
        content,
    )


def empty(
    title: object,
    text: object = "",
    action_label: object = "",
    action_url: str = "",
    icon: str = "inbox",
) -> SafeString:
    """An empty state: what it means that nothing is here, and what to do next."""
    action = ""
    if action_label and action_url:
        action = format_html(
            '<p><a class="btn btn-primary" href="{}">{}</a></p>', action_url, action_label
        )
    return format_html(
        '<div class="tz-empty"><span class="tz-empty-icon">{}</span>'
        '<p class="tz-empty-title">{}</p>{}{}</div>',
        draw(icon),
        title,
        format_html('<p class="tz-empty-text">{}</p>', text) if text else "",
        action,
    )


def notice(text: object, title: object = "", tone: str = "info") -> SafeString:
    """A boxed remark inside the page."""
    colour, drawing = NOTICE_TONES[tone]
    return format_html(
        '<div class="tz-notice {}" role="{}">{}<div>{}<p>{}</p></div></div>',
        tone_class(colour),
        "alert" if tone == "danger" else "note",
        draw(drawing),
        format_html('<p class="tz-notice-title">{}</p>', title) if title else "",
        text,
    )


def define(content: SafeString, term: object) -> SafeString:
    """A definition, one click away from the figure it belongs to."""
    return format_html(
        '<details class="tz-define"><summary>{}<span>{}</span></summary><div>{}</div></details>',
        draw("help-circle", "sm"),
        term,
        content,
    )


def menu(content: SafeString, label: str, icon: str = "dots") -> SafeString:
    """An overflow menu: what is done seldom stays out of the way."""
    return format_html(
        '<div class="dropdown tz-menu"><button type="button" class="btn btn-icon '
        'btn-ghost-secondary" data-bs-toggle="dropdown" aria-expanded="false" aria-label="{}" '
        'title="{}">{}</button><div class="dropdown-menu dropdown-menu-end">{}</div></div>',
        label,
        label,
        draw(icon),
        content,
    )


def event(
    content: SafeString, at: datetime | None, title: object = "", icon: str = "", tone: str = ""
) -> SafeString:
    """One entry of a ``tz-timeline``."""
    return format_html(
        '<li class="tz-event {}"><span class="tz-event-mark">{}</span>'
        '<div class="tz-event-body"><p class="tz-event-head">{}{}</p>{}</div></li>',
        tone_class(tone or "grey"),
        draw(icon, "sm") if icon else "",
        format_html("<strong>{}</strong> ", title) if title else "",
        moment(at) if at else "",
        content,
    )


def board_column(
    content: SafeString,
    title: object,
    count: int = 0,
    tone: str = "",
    id: str = "",
) -> SafeString:
    """One column of a ``tz-board``; says so when it is empty. The tone follows the ``id`` where
    that is a state."""
    anchor = id or f"column-{slugify(str(title), allow_unicode=True)}"
    inner = content if content.strip() else _nothing()
    return format_html(
        '<section class="tz-column {}" id="{}" aria-labelledby="{}-title">'
        '<h2 class="tz-column-title" id="{}-title"><i class="tz-dot"></i>{} '
        '<b class="tz-count">{}</b></h2><div class="tz-column-body" tabindex="0" role="group" '
        'aria-labelledby="{}-title">{}</div></section>',
        tone_class(tone or tone_of(id)),
        anchor,
        anchor,
        anchor,
        title,
        number(count),
        anchor,
        inner,
    )


def _nothing() -> SafeString:
    return format_html('<p class="tz-column-empty">{}</p>', gettext("Nothing here"))


def live(topics: object, url: str, swap: str = "outerHTML") -> SafeString:
    """Attributes of an element that fetches itself anew when news about ``topics`` comes."""
    return format_html(
        'data-live="{}" hx-get="{}" hx-trigger="live" hx-swap="{}"', topics, url, swap
    )


def skeleton(rows: int = 3) -> SafeString:
    """Grey lines where content is about to come."""
    lines = mark_safe("<i></i>" * rows)  # noqa: S308
    return format_html(
        '<div class="tz-skeleton" role="status"><span class="visually-hidden">{}</span>{}</div>',
        gettext("Loading…"),
        lines,
    )


def loading() -> SafeString:
    """A spinner that shows while htmx is fetching for the element around it."""
    return format_html(
        '<span class="htmx-indicator tz-loading" aria-hidden="true">{}</span>', draw("loader-2")
    )
