"""Template tags and filters of the interface, available in every template without a load.

What each gives is described in docs/developers/ui.md and shown in the gallery.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tongzhou.ui import navigation, wording
from tongzhou.ui.components import figures, forms, layout, lists, marks

register = template.Library()

Component = Callable[..., Any]

SIMPLE: tuple[Component, ...] = (
    marks.icon,
    marks.badge,
    marks.moment,
    marks.chip,
    marks.unit_chip,
    marks.person_chip,
    marks.progress,
    marks.copy_button,
    layout.crumb,
    layout.tab,
    layout.empty,
    layout.notice,
    layout.live,
    layout.skeleton,
    layout.loading,
    figures.stat,
    figures.figure_card,
    figures.chart,
    forms.field,
    forms.fields,
    forms.form_errors,
    forms.bulk_all,
    forms.bulk_item,
    wording.word,
)
READS_CONTEXT: tuple[Component, ...] = (
    lists.query_string,
    lists.filter_search,
    lists.filter_select,
    lists.filter_check,
    lists.page_nav,
)
BLOCKS: tuple[Component, ...] = (
    layout.tabs,
    layout.card,
    layout.define,
    layout.menu,
    layout.event,
    layout.board_column,
    forms.bulk_bar,
)
BLOCKS_WITH_CONTEXT: tuple[Component, ...] = (
    lists.filter_bar,
    forms.confirm,
)
FILTERS: tuple[Component, ...] = (
    marks.duration,
    marks.number,
    marks.localised,
    marks.in_own_language,
)

for component in SIMPLE:
    register.simple_tag(component)
for component in READS_CONTEXT:
    register.simple_tag(component, takes_context=True)
for component in BLOCKS:
    register.simple_block_tag(component)
for component in BLOCKS_WITH_CONTEXT:
    register.simple_block_tag(component, takes_context=True)
for component in FILTERS:
    register.filter(component)


def _now(context: Context, now: datetime | None) -> datetime | None:
    """The moment a page was made for: given, or the page's own ``now``, or the clock's."""
    found = now or context.get("now")
    if not isinstance(found, datetime):
        return None
    # A context processor may hand out a lazy object, which knows no subtraction.
    return datetime.fromtimestamp(found.timestamp(), tz=UTC)


@register.simple_tag(takes_context=True)
def due(
    context: Context, at: datetime | None, now: datetime | None = None, done: bool = False
) -> SafeString:
    """See :func:`tongzhou.ui.components.marks.due`."""
    return marks.due(at, _now(context, now), done)


@register.simple_tag(takes_context=True)
def when_ago(context: Context, at: datetime | None, now: datetime | None = None) -> SafeString:
    """See :func:`tongzhou.ui.components.marks.when_ago`."""
    return marks.when_ago(at, _now(context, now))


@register.simple_tag
def address(name: str) -> str:
    """The address of a named route without arguments, empty while no room offers it."""
    return navigation.address(name)


@register.simple_tag(takes_context=True)
def navigation_links(context: Context) -> list[navigation.Link]:
    """The links of the shell for whoever is looking."""
    session = context.get("session")
    path = getattr(context.get("request"), "path", "")
    if session is None or not getattr(session, "person", None):
        return navigation.links(navigation.PUBLIC, path)
    emergency = bool(getattr(getattr(session, "post", None), "emergency", False))
    entries = navigation.by_mode(navigation.SIGNED_IN, emergency=emergency)
    return navigation.links(entries, path, getattr(session, "can", None))


@register.simple_tag
def page_words() -> SafeString:
    """The sentences that the scripts say, as a JSON data block."""
    return json_script(dict(_script_words()), "tz-words")


def _script_words() -> Iterator[tuple[str, str | Promise]]:
    yield "live", gettext("Live")
    yield "reconnecting", gettext("Reconnecting…")
    yield "offline", gettext("Offline")
    yield "stale", gettext("There is news; it will be shown when you leave this field.")
    yield "network", gettext("The server cannot be reached. Nothing was changed; please try again.")
    yield "failed", gettext("Something went wrong on the server. Nothing was changed.")
    yield "close", gettext("Close")
    yield "map_failed", gettext("The map could not be loaded.")
    yield "chart_failed", gettext("The chart could not be drawn; see its table.")


def registered() -> dict[str, Any]:
    """All tags and filters by name; the guide is checked against it."""
    return {**register.tags, **register.filters}
