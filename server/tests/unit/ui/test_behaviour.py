"""What the scripts do, in a real Chromium under the platform's content security policy."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from . import test_shell
from .conftest import Answer, Play, Site, fragment, page_source, problem

pytestmark = [pytest.mark.browser, pytest.mark.urls("tongzhou.ui.urls")]

ASKING = """
<form hx-post="/act" hx-target="#place"><button>Act</button></form><div id="place">before</div>
"""


def acting_site(answer: Answer) -> Site:
    return Site({"/": fragment(page_source(ASKING)), "/act": answer})


def test_a_refusal_is_said_and_leaves_the_page_as_it_is(play: Play) -> None:
    said = render_to_string("ui/_message.html", {"tone": "danger", "text": "Closed already."})
    site = acting_site(Answer(said, status=409))

    def scenario(page: Page) -> None:
        page.click("main button")
        expect(page.locator("#messages [role=alert] p")).to_have_text("Closed already.")
        expect(page.locator("#place")).to_have_text("before")
        page.click("#messages [data-message-close]")
        expect(page.locator("#messages [data-message]")).to_have_count(0)

    play(site, scenario)

    assert site.asked[-1].headers["x-csrftoken"]


def test_a_form_with_errors_takes_its_place_and_is_told_first(play: Play) -> None:
    site = acting_site(Answer('<div data-error-summary tabindex="-1">Two errors</div>', 422))

    def scenario(page: Page) -> None:
        page.click("main button")
        expect(page.locator("#place [data-error-summary]")).to_be_focused()
        expect(page.locator("#messages [data-message]")).to_have_count(0)

    play(site, scenario)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (problem(403, "Your post may not do this."), "Your post may not do this."),
        (
            Answer("<html><h1>Nothing here</h1><p>Switch the post.</p></html>", 404),
            "Nothing here – Switch the post.",
        ),
        (Answer("broken", 500, "text/plain"), "Something went wrong on the server."),
    ],
)
def test_other_faults_become_a_sentence(play: Play, answer: Answer, words: str) -> None:
    def scenario(page: Page) -> None:
        page.click("main button")
        expect(page.locator("#messages p")).to_contain_text(words)
        expect(page.locator("#place")).to_have_text("before")

    play(acting_site(answer), scenario)


def test_a_server_that_cannot_be_reached_is_said(play: Play) -> None:
    site = Site({"/": fragment(page_source(ASKING))})

    def scenario(page: Page) -> None:
        page.click("main button")
        expect(page.locator("#messages p")).to_contain_text("cannot be reached")

    play(site, scenario)


def test_a_form_is_sent_once_however_often_one_clicks(play: Play) -> None:
    form = '<form method="post" action="/sent" target="away"><button>Send</button></form>'
    site = Site({"/": fragment(page_source(form)), "/sent": fragment("sent")})

    def scenario(page: Page) -> None:
        with page.expect_popup() as away:
            page.evaluate("document.querySelector('main button').click()")
            page.evaluate("document.querySelector('main button').click()")
        away.value.close()
        expect(page.locator("main button")).to_have_attribute("aria-busy", "true")
        assert page.evaluate("document.querySelector('main form').dataset.submitting") == "1"

    play(site, scenario)


def test_a_dialog_opens_on_its_first_field_and_serves_many_rows(play: Play) -> None:
    content = """
    <button type="button" data-dialog="ask" data-dialog-action="/t/7/refuse">Seven</button>
    {% confirm "ask" "Refuse?" "Refuse" "/t/0/refuse" %}<input id="why" name="why">{% endconfirm %}
    """
    site = Site({"/": fragment(page_source(content))})

    def scenario(page: Page) -> None:
        page.click("[data-dialog=ask]")
        expect(page.locator("#why")).to_be_focused()
        assert page.evaluate("document.querySelector('#ask form').action").endswith("/t/7/refuse")
        page.click("#ask footer [data-dialog-close]")
        expect(page.locator("#ask")).not_to_be_visible()

    play(site, scenario)


def test_all_rows_are_selected_and_let_go_together(play: Play) -> None:
    content = """{% bulk_all %}{% bulk_item "1" "One" %}{% bulk_item "2" "Two" %}
    {% bulk_bar %}<button form="bulk">x</button>{% endbulk_bar %}"""
    site = Site({"/": fragment(page_source(content))})

    def scenario(page: Page) -> None:
        expect(page.locator("[data-bulk-bar]")).not_to_be_visible()
        page.check("[data-bulk-all]")
        expect(page.locator("[data-bulk-count]")).to_have_text("2")
        page.locator("[data-bulk-item]").first.uncheck()
        assert page.evaluate("document.querySelector('[data-bulk-all]').indeterminate") is True
        page.click("[data-bulk-clear]")
        expect(page.locator("[data-bulk-bar]")).not_to_be_visible()

    play(site, scenario)


LONG_LIST = (
    '<form id="bulk">{% bulk_bar %}'
    + '<button class="btn btn-sm btn-outline-secondary">Report as done</button>' * 7
    + '{% endbulk_bar %}</form><div class="card"><table class="table tz-table">'
    + '<tr><td>{% bulk_item "1" "One" %}</td><td><a class="tz-title" href="#r">Row</a></td></tr>'
    * 45
    + "</table></div>"
)


@pytest.mark.urls(test_shell.__name__)
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_bar_of_a_long_list_is_in_sight_and_leaves_the_last_row_free(
    play: Play, size: tuple[int, int]
) -> None:
    width, height = size
    site = Site({"/": fragment(page_source(LONG_LIST, session=test_shell.signed_in()))})

    def scenario(page: Page) -> None:
        page.set_viewport_size({"width": width, "height": height})
        page.locator("[data-bulk-item]").first.check()
        bar = page.locator("[data-bulk-bar]").bounding_box()
        assert bar is not None
        thumb = page.locator(".tz-thumb").bounding_box()
        assert (thumb is not None) == (width < 768)
        assert bar["y"] + bar["height"] <= (thumb["y"] if thumb else height)
        assert bar["x"] == pytest.approx((width - bar["width"]) / 2, abs=8)
        assert bar["height"] < height / 6
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        foot = page.locator(".tz-foot").bounding_box()
        assert foot is not None
        assert foot["y"] + foot["height"] <= bar["y"]

    play(site, scenario)


LIST = """<input data-search id="q"><table data-rows>
<tr data-href="/t/1"><td><input type="checkbox" id="c1"><a href="/t/1">One</a></td></tr>
<tr data-href="/t/2"><td><input type="checkbox" id="c2"><a href="/t/2">Two</a></td></tr></table>"""


def test_a_list_can_be_worked_from_the_keyboard(play: Play) -> None:
    site = Site({"/": fragment(page_source(LIST)), "/t/2": fragment("two")})

    def scenario(page: Page) -> None:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#c2")).to_be_checked()
        expect(page.locator("#c1")).not_to_be_checked()
        page.keyboard.press("/")
        page.keyboard.type("jjx")
        expect(page.locator("#q")).to_have_value("jjx")
        expect(page.locator("#c2")).to_be_checked()
        page.locator("tr a").last.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/t/2")

    play(site, scenario)


def test_single_keys_can_be_switched_off(play: Play) -> None:
    site = Site({"/": fragment(page_source(LIST))})

    def scenario(page: Page) -> None:
        page.keyboard.press("?")
        page.uncheck("[data-shortcuts-toggle]")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(page.locator(".tz-current")).to_have_count(0)

    play(site, scenario)


def test_filters_go_into_the_address_without_the_empty_ones(play: Play) -> None:
    content = """{% filter_bar "#list" %}{% filter_search "q" "Search" %}
    {% filter_select "state" "State" states %}{% endfilter_bar %}<div id="list">all</div>"""
    whole = page_source(content, states=[("open", "Open")])
    answers = iter([fragment(whole), fragment("some"), fragment("fewer")])
    site = Site({"/": lambda: next(answers)})

    def scenario(page: Page) -> None:
        expect(page.locator(".tz-filter-clear")).not_to_be_visible()
        page.fill("#f-q", "gate")
        expect(page.locator("#list")).to_have_text("some")
        assert page.url.endswith("/?q=gate")
        expect(page.locator(".tz-filter-clear")).to_be_visible()
        page.select_option("#f-state", "open")
        expect(page.locator("#list")).to_have_text("fewer")
        assert page.url.endswith("/?q=gate&state=open")

    play(site, scenario)


def test_a_chart_is_drawn_and_its_library_loaded_only_then(play: Play) -> None:
    content = "{% chart 'c' option 'Cases' table=table %}"
    option = {
        "xAxis": {"type": "category", "data": ["2020-01-23", "2020-01-24"]},
        "yAxis": {},
        "series": [{"type": "line", "data": [1, 2], "itemStyle": {"color": "--tz-red-solid"}}],
    }
    site = Site({"/": fragment(page_source(content, option=option, table=None))})
    plain = Site({"/": fragment(page_source("<p>no chart</p>"))})

    def drawn(page: Page) -> None:
        expect(page.locator(".chart")).to_have_attribute("data-drawn", "1")
        expect(page.locator(".chart canvas")).to_have_count(1)
        colour = page.evaluate(
            "echarts.getInstanceByDom(document.querySelector('.chart'))"
            ".getOption().series[0].itemStyle.color"
        )
        assert colour == "rgb(204, 48, 42)"

    def absent(page: Page) -> None:
        assert page.evaluate("typeof window.echarts") == "undefined"

    play(site, drawn)
    play(plain, absent)


def test_a_chart_that_is_swapped_in_is_drawn_again(play: Play) -> None:
    content = (
        "<section id='news' {% live 'unit' '/news' 'innerHTML' %}>"
        "{% chart 'c' option 'Cases' %}</section>"
    )
    option = {"xAxis": {"data": ["a"]}, "yAxis": {}, "series": [{"type": "bar", "data": [1]}]}
    whole = page_source(content, option=option)
    figure = whole[whole.index('<figure class="tz-chart"') : whole.index("</figure>") + 9]
    site = Site({"/": fragment(whole), "/news": fragment(f"<p>fresh</p>{figure}")})

    def scenario(page: Page) -> None:
        expect(page.locator("#news .chart canvas")).to_have_count(1)
        page.evaluate("tell(['unit'])")
        expect(page.locator("#news p")).to_have_text("fresh")
        expect(page.locator("#news .chart")).to_have_attribute("data-drawn", "1")
        expect(page.locator("#news .chart canvas")).to_have_count(1)

    play(site, scenario)


def test_a_map_that_cannot_be_loaded_leaves_its_table(play: Play) -> None:
    content = "{% chart 'm' option 'Areas' table=table map_url='/areas.json' %}"
    option = {"series": [{"type": "map", "map": "areas", "data": []}]}
    table = {"headers": ["Area"], "rows": [["Xihu"]]}
    site = Site({"/": fragment(page_source(content, option=option, table=table))})

    def scenario(page: Page) -> None:
        expect(page.locator(".chart")).to_have_text("The map could not be loaded.")
        expect(page.get_by_text("Xihu")).to_be_visible()

    play(site, scenario)


def test_nothing_of_the_page_offends_its_own_security_policy(play: Play) -> None:
    content = '<section id="one" {% live "task:1" "/one" %}></section>'
    site = Site({"/": fragment(page_source(content))})
    said: list[str] = []

    def scenario(page: Page) -> None:
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")

    play(site, scenario)

    assert [line for line in said if "Content Security Policy" in line] == []
