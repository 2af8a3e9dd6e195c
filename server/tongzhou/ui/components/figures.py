"""Figures that explain themselves: with n, source and age, and a table beside every chart."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from tongzhou.ui.components.marks import icon as draw
from tongzhou.ui.components.marks import number, tone_class, when_ago


class Table(TypedDict):
    """The figures of a chart as a table: its twin for screen readers and print."""

    headers: Sequence[object]
    rows: Sequence[Sequence[object]]


def _shown(value: object) -> object:
    return number(value) if isinstance(value, int | float) else value


def stat(
    label: object, value: object, url: str = "", icon: str = "", tone: str = "", hint: object = ""
) -> SafeString:
    """A small tile with one figure; several stand in ``tz-stats``."""
    inner = format_html(
        '{}<span class="tz-stat-value">{}</span><span class="tz-stat-label">{}</span>{}',
        format_html('<span class="tz-stat-icon">{}</span>', draw(icon)) if icon else "",
        _shown(value),
        label,
        format_html('<span class="tz-stat-hint">{}</span>', hint) if hint else "",
    )
    classes = f"tz-stat {tone_class(tone) if tone else ''}".rstrip()
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', classes, url, inner)
    return format_html('<div class="{}">{}</div>', classes, inner)


def figure_card(
    label: object,
    value: object,
    n: int | None = None,
    unit: object = "",
    hint: object = "",
    source: object = "",
    as_of: datetime | None = None,
    url: str = "",
    tone: str = "",
) -> SafeString:
    """A figure with how many cases it rests on, where it comes from and how old it is."""
    parts = []
    if n is not None:
        parts.append(
            format_html('<span title="{}">n = {}</span>', gettext("cases counted"), number(n))
        )
    if source:
        parts.append(format_html("<span>{}</span>", source))
    if as_of is not None:
        parts.append(format_html("<span>{}</span>", when_ago(as_of)))
    name = format_html('<a href="{}">{}</a>', url, label) if url else label
    return format_html(
        '<div class="tz-figure {}"><p class="tz-figure-label">{}</p>'
        '<p class="tz-figure-value">{}{}</p>{}{}</div>',
        tone_class(tone) if tone else "",
        name,
        _shown(value),
        format_html(" <small>{}</small>", unit) if unit else "",
        format_html('<p class="tz-figure-hint">{}</p>', hint) if hint else "",
        format_html(
            '<p class="tz-figure-meta">{}</p>', format_html_join("", "{}", ((p,) for p in parts))
        )
        if parts
        else "",
    )


def chart(
    id: str,
    option: Mapping[str, Any],
    label: object,
    height: int = 320,
    table: Table | None = None,
    map_url: str = "",
    n: int | None = None,
    note: object = "",
) -> SafeString:
    """An ECharts figure. ``option`` is the chart's option object as plain data; ``map_url`` the
    address of a GeoJSON that is registered before drawing; ``label`` says what is to be seen."""
    said: list[tuple[object]] = []
    if n is not None:
        said.append((f"n = {number(n)}",))
    if note:
        said.append((note,))
    return format_html(
        '<figure class="tz-chart" aria-label="{}"><div class="chart" data-chart="{}" role="img" '
        'aria-label="{}" style="height:{}px"{}></div>{}{}{}</figure>',
        label,
        id,
        label,
        height,
        format_html(' data-map-url="{}"', map_url) if map_url else "",
        _data(option, id),
        format_html("<figcaption>{}</figcaption>", format_html_join("", "<span>{}</span>", said))
        if said
        else "",
        _twin(label, table) if table is not None else "",
    )


def _data(option: Mapping[str, Any], id: str) -> SafeString:
    """The option as JSON in an inert ``<template>``: a ``<script>`` would be taken out of
    fragments that are swapped in, where no script is wanted."""
    block = json_script(option)
    inside = block[block.index(">") + 1 : block.rindex("<")]
    return format_html('<template id="{}">{}</template>', id, mark_safe(inside))  # noqa: S308 – json_script escapes <, > and &


def _twin(label: object, table: Table) -> SafeString:
    """The table of a chart, folded until it is wanted; print and screen readers use it."""
    head = format_html_join("", '<th scope="col">{}</th>', ((h,) for h in table["headers"]))
    body = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in table["rows"]))
    return format_html(
        '<details class="tz-twin"><summary>{}<span>{}</span></summary>'
        '<div class="table-responsive" tabindex="0" role="region" aria-label="{}">'
        '<table class="table table-sm"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        draw("table", "sm"),
        gettext("Show as a table"),
        label,
        label,
        head,
        body,
    )


def _row(cells: Sequence[object]) -> SafeString:
    return format_html_join(
        "",
        "<td{}>{}</td>",
        (
            (
                format_html(' class="{}"', "tz-num") if isinstance(cell, int | float) else "",
                _shown(cell),
            )
            for cell in cells
        ),
    )
