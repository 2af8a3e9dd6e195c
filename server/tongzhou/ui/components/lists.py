"""Filters and pages of a list. Their whole state is in the address, so that a view can be
bookmarked, sent to a colleague and gone back to."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from tongzhou.ui.components.marks import icon as draw
from tongzhou.ui.components.marks import number

#: The parameter that holds the place in a list. Every other change goes back to the first page.
CURSOR = "cursor"
#: A filter form with a search field also asks while one types, once the typing pauses.
TYPING = "input changed delay:350ms from:find [data-search], "


def _request(context: Context) -> HttpRequest | None:
    found = context.get("request")
    return found if isinstance(found, HttpRequest) else None


def _query(context: Context) -> QueryDict:
    request = _request(context)
    return QueryDict(mutable=True) if request is None else request.GET.copy()


def _path(context: Context) -> str:
    request = _request(context)
    return "" if request is None else request.path


def query_string(context: Context, **changes: Any) -> str:
    """The present query string with some parameters changed; None removes one, a list sets
    several values. Unless it is changed itself, the cursor is dropped."""
    query = _query(context)
    query.pop(CURSOR, None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(v) for v in value])
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


def filter_bar(
    context: Context, content: SafeString, target: str, label: object = ""
) -> SafeString:
    """A form that filters the list ``target`` (a CSS selector) while one types or chooses."""
    is_set = any(value for name, value in _query(context).items() if name != CURSOR)
    clear = format_html(
        '<a class="btn btn-ghost-secondary tz-filter-clear" href="{}"{}>{}{}</a>',
        _path(context),
        "" if is_set else mark_safe(" hidden"),
        draw("filter-off", "sm"),
        gettext("Clear filters"),
    )
    return format_html(
        '<form class="tz-filter" method="get" action="{}" role="search" aria-label="{}" '
        'data-filter hx-get="{}" hx-target="{}" hx-push-url="true" '
        'hx-trigger="change delay:50ms, {}submit" '
        'hx-indicator="find .tz-loading">{}<div class="tz-filter-end">'
        '<noscript><button class="btn">{}</button></noscript>{}'
        '<span class="htmx-indicator tz-loading" aria-hidden="true">{}</span></div></form>',
        _path(context),
        label or gettext("Filter the list"),
        _path(context),
        target,
        TYPING if "data-search" in content else "",
        content,
        gettext("Apply"),
        clear,
        draw("loader-2"),
    )


def filter_search(context: Context, name: str, label: object) -> SafeString:
    """A search field of a filter bar; ``/`` leads to it."""
    return format_html(
        '<div class="tz-filter-search"><label class="visually-hidden" for="f-{}">{}</label>{}'
        '<input class="form-control" type="search" id="f-{}" name="{}" value="{}" '
        'placeholder="{}" autocomplete="off" data-search></div>',
        name,
        label,
        draw("search"),
        name,
        name,
        _query(context).get(name, ""),
        label,
    )


def filter_select(
    context: Context, name: str, label: object, options: Iterable[tuple[object, object]]
) -> SafeString:
    """A choice of a filter bar; the empty first option means no filter."""
    present = _query(context).get(name, "")
    choices = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if str(value) == present else "", text)
            for value, text in options
        ),
    )
    return format_html(
        '<div><label class="visually-hidden" for="f-{}">{}</label>'
        '<select class="form-select{}" id="f-{}" name="{}"><option value="">{}</option>{}'
        "</select></div>",
        name,
        label,
        " tz-filter-on" if present else "",
        name,
        name,
        gettext("%(label)s: all") % {"label": label},
        choices,
    )


def filter_check(context: Context, name: str, label: object, value: str = "1") -> SafeString:
    """A yes/no of a filter bar."""
    on = value in _query(context).getlist(name)
    return format_html(
        '<label class="tz-filter-check"><input class="form-check-input" type="checkbox" name="{}" '
        'value="{}"{}><span>{}</span></label>',
        name,
        value,
        mark_safe(" checked") if on else "",
        label,
    )


def page_nav(
    context: Context,
    next: object = "",
    previous: object = "",
    total: int | None = None,
    shown: int | None = None,
    target: str = "",
    param: str = CURSOR,
) -> SafeString | str:
    """Previous and next by cursor; the filters stay. ``total`` and ``shown`` say how many."""
    words = ""
    if shown is not None and total is not None:
        words = gettext("%(shown)s of %(total)s shown") % {
            "shown": number(shown),
            "total": number(total),
        }
    elif total is not None:
        words = gettext("%(total)s in all") % {"total": number(total)}
    if not (next or previous or words):
        return ""
    swap: SafeString | str = ""
    if target:
        swap = format_html(' hx-target="{}" hx-push-url="true" hx-swap="innerHTML show:window:top"',
                           target)  # fmt: skip
    return format_html(
        '<nav class="tz-pages" aria-label="{}"><p>{}</p><div>{}{}</div></nav>',
        gettext("Pages of the list"),
        words,
        _page_link(context, previous, param, swap, gettext("Previous"), "chevron-left", "prev"),
        _page_link(context, next, param, swap, gettext("Next"), "chevron-right", "next"),
    )


def _page_link(
    context: Context,
    cursor: object,
    param: str,
    swap: SafeString | str,
    label: str,
    drawing: str,
    rel: str,
) -> SafeString | str:
    if not cursor:
        return ""
    url = _path(context) + query_string(context, **{param: cursor})
    before = draw(drawing, "sm") if rel == "prev" else ""
    after = draw(drawing, "sm") if rel == "next" else ""
    return format_html(
        '<a class="btn btn-outline-secondary btn-sm" rel="{}" href="{}"{}>{}{}{}</a>',
        rel,
        url,
        format_html(' hx-get="{}"{}', url, swap) if swap else "",
        before,
        label,
        after,
    )
