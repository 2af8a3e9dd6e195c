"""Panels, tabs, empty states, timelines, boards, figures and charts."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.template import engines

from tongzhou.ui.components import figures, layout

NOW = datetime(2020, 1, 23, 4, 30, tzinfo=UTC)


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_the_last_breadcrumb_is_the_page_itself() -> None:
    assert '<a href="/tasks">Tasks</a>' in layout.crumb("Tasks", "/tasks")
    assert 'aria-current="page"' in layout.crumb("T-1")


def test_the_active_tab_is_marked_and_counts_are_shown_even_when_zero() -> None:
    html = render(
        '{% tabs "Parts" %}{% tab "A" "/a" active=True %}{% tab "B" "/b" count=0 %}{% endtabs %}'
    )

    assert html.count('aria-current="page"') == 1
    assert '<b class="tz-count">0</b>' in html
    assert 'aria-label="Parts"' in html


def test_a_card_is_named_by_its_title() -> None:
    html = render('{% card "Who did what" id="acts" flush=True %}<p>x</p>{% endcard %}')

    assert 'id="acts" aria-labelledby="acts-title"' in html
    assert 'id="acts-title">Who did what</h2>' in html
    assert "tz-card-flush" in html


def test_what_a_block_holds_is_escaped_once() -> None:
    html = render("{% card title %}{{ text }}{% endcard %}", title="<i>", text="<b>")

    assert "&lt;i&gt;" in html
    assert "&lt;b&gt;" in html
    assert "&amp;lt;" not in html


def test_an_empty_state_says_what_to_do_next() -> None:
    html = layout.empty("Nothing waits", "Tasks appear here.", "New task", "/new")

    assert "Nothing waits" in html
    assert '<a class="btn btn-primary" href="/new">New task</a>' in html
    assert "btn" not in layout.empty("Nothing waits", action_label="New task")


def test_only_a_danger_interrupts_the_reader() -> None:
    assert 'role="alert"' in layout.notice("Stop", tone="danger")
    assert 'role="note"' in layout.notice("By the way", title="Hint")


def test_an_unknown_notice_is_an_error() -> None:
    with pytest.raises(KeyError):
        layout.notice("x", tone="loud")


def test_a_column_says_so_when_it_is_empty() -> None:
    empty = render('{% board_column "Refused" 0 id="refused" %} {% endboard_column %}')
    full = render('{% board_column "Refused" 1 tone="blue" %}<p>x</p>{% endboard_column %}')

    assert "Nothing here" in empty
    assert "tz-tone-red" in empty
    assert "Nothing here" not in full
    assert "tz-tone-blue" in full


def test_an_event_has_its_moment_and_its_words() -> None:
    html = render('{% event at "Refused" "ban" "red" %}<p>why</p>{% endevent %}', at=NOW)

    assert "<strong>Refused</strong>" in html
    assert "23 Jan 2020, 12:30" in html
    assert "<p>why</p>" in html


def test_a_menu_and_a_definition_are_one_click_away() -> None:
    menu = render('{% menu "More" %}<a class="dropdown-item">x</a>{% endmenu %}')
    definition = render('{% define "How counted" %}words{% enddefine %}')

    assert 'aria-label="More"' in menu
    assert definition.startswith('<details class="tz-define">')


def test_a_live_element_knows_its_topics_and_where_to_ask() -> None:
    html = render('<p {% live "task:1 unit" url %}>', url="/x?a=1&b=2")

    assert 'data-live="task:1 unit"' in html
    assert 'hx-get="/x?a=1&amp;b=2"' in html
    assert 'hx-trigger="live"' in html


def test_waiting_is_said_to_screen_readers() -> None:
    assert layout.skeleton(2).count("<i></i>") == 2
    assert 'role="status"' in layout.skeleton()
    assert "htmx-indicator" in layout.loading()


def test_a_tile_is_a_link_only_with_an_address() -> None:
    assert figures.stat("Overdue", 1284, url="/t", tone="red").startswith('<a class="tz-stat ')
    assert figures.stat("Overdue", 0).startswith('<div class="tz-stat">')
    assert "1,284" in figures.stat("Overdue", 1284)


def test_a_figure_shows_n_source_and_age() -> None:
    html = figures.figure_card("Accepted", 87.4, n=412, unit="%", source="acts", as_of=NOW)

    assert "n = 412" in html
    assert "acts" in html
    assert "<time" in html
    assert "tz-figure-meta" not in figures.figure_card("Accepted", 3)


def test_a_chart_brings_its_option_as_data_and_its_table() -> None:
    html = figures.chart(
        "curve",
        {"title": {"text": "</script><b>"}, "series": []},
        "Cases per day",
        table={"headers": ["Day", "Cases"], "rows": [["<1>", 1234]]},
        map_url="/areas.json",
        n=30,
        note="invented",
    )

    data = re.search(r'<template id="curve">(.*?)</template>', html)
    assert data is not None
    assert json.loads(data.group(1))["title"]["text"] == "</script><b>"
    assert 'role="img" aria-label="Cases per day"' in html
    assert 'data-map-url="/areas.json"' in html
    assert '<td>&lt;1&gt;</td><td class="tz-num">1,234</td>' in html
    assert "n = 30" in html


def test_a_chart_without_table_or_note_has_neither() -> None:
    html = figures.chart("net", {}, "Network")

    assert "<details" not in html
    assert "<figcaption" not in html
