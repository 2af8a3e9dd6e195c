"""News on an open page, in a real Chromium: what they refresh, and what they leave alone."""

from itertools import count

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Answer, Play, Site, fragment, page_source

pytestmark = [pytest.mark.browser, pytest.mark.urls("tongzhou.ui.urls")]

LIVE = """
<section id="one" {% live "task:1" "/one" "innerHTML" %}>old one</section>
<section id="two" {% live "task:2 unit" "/two" "innerHTML" %}>
  <form data-warn-unsaved><input id="typed" name="typed"></form>
</section>
<input id="elsewhere">
"""


def counted(name: str) -> Answer:
    return fragment(f"new {name} {next(COUNTER)}")


COUNTER = count(1)


def live_site() -> Site:
    return Site(
        {
            "/": fragment(page_source(LIVE)),
            "/one": lambda: counted("one"),
            "/two": lambda: counted("two"),
        }
    )


def test_news_refreshes_only_what_it_is_about(play: Play) -> None:
    site = live_site()

    def scenario(page: Page) -> None:
        expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")
        assert "topics=task%3A1%2Ctask%3A2%2Cunit" in page.evaluate("streams[0].url")
        page.evaluate("tell(['task:1']); tell(['task:1', 'task:9'])")
        expect(page.locator("#one")).to_contain_text("new one")

    play(site, scenario)

    assert site.times("/one") == 1
    assert site.times("/two") == 0


def test_what_somebody_types_in_is_not_replaced_until_they_leave(play: Play) -> None:
    site = live_site()

    def scenario(page: Page) -> None:
        page.fill("#typed", "half a sen")
        page.evaluate("tell(['unit'])")
        expect(page.locator("#two")).to_have_class("tz-stale")
        assert page.input_value("#typed") == "half a sen"
        page.focus("#elsewhere")
        expect(page.locator("#typed")).to_have_value("half a sen")

        page.fill("#typed", "")
        page.focus("#elsewhere")
        expect(page.locator("#two")).to_contain_text("new two")

    play(site, scenario)


def test_after_a_gap_everything_is_fetched_once(play: Play) -> None:
    site = live_site()

    def scenario(page: Page) -> None:
        expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")
        page.evaluate("drop()")
        expect(page.locator("#one")).to_contain_text("new one")
        expect(page.locator("#two")).to_contain_text("new two")
        assert page.evaluate("streams.length") == 2

    play(site, scenario)


def test_a_selection_and_the_focus_survive_a_refresh(play: Play) -> None:
    rows = """<table data-rows><tr data-href="/t/7"><td>{% bulk_item "7" "T-7" %}</td>
        <td><a href="/t/7">Seven</a></td></tr></table>"""
    content = f'<div id="list" {{% live "unit" "/rows" "innerHTML" %}}>{rows}</div>'
    content += "{% bulk_bar %}{% endbulk_bar %}"
    whole = page_source(content)
    inner = whole[whole.index("<table data-rows") : whole.index("</table>") + 8]
    site = Site({"/": fragment(whole), "/rows": fragment(inner + "<p>fresh</p>")})

    def scenario(page: Page) -> None:
        page.check("[data-bulk-item]")
        page.focus("#list a")
        page.evaluate("tell(['unit'])")
        expect(page.locator("#list p")).to_have_text("fresh")
        expect(page.locator("[data-bulk-item]")).to_be_checked()
        expect(page.locator("#list a")).to_be_focused()
        expect(page.locator("[data-bulk-count]")).to_have_text("1")

    play(site, scenario)


#: A part that lives, with a button that opens a form in a dialog and one that acts at once.
STEPS = """
<section id="task" {% live "task:1" "/task" "outerHTML" %}>old
  <button id="ask" hx-get="/form" hx-target="#step" hx-swap="innerHTML">Ask</button>
  <button id="act" hx-post="/act" hx-target="#task" hx-swap="outerHTML">Act</button>
</section>
<dialog id="step"></dialog>
"""
#: Opens the dialog when its form has come, as the pages of tasks do.
OPENING = """
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const dialog = document.getElementById("step");
  if (detail.target.id === "step") dialog.showModal();
  else if (detail.requestConfig.triggeringEvent.type !== "live") dialog.close();
});
"""
FORM = """<form hx-post="/act" hx-target="#task" hx-swap="outerHTML"><button>Send</button></form>"""
#: Resolves when news have either replaced a part or been put off.
MET = "(part) => part.dataset.stale === '1' || !part.isConnected"


def steps_site() -> Site:
    whole = page_source(STEPS)
    part = whole[whole.index('<section id="task"') : whole.index("</section>") + 10]
    return Site(
        {
            "/": fragment(whole),
            "/task": lambda: fragment(part.replace("old", f"new {next(COUNTER)}")),
            "/form": fragment(FORM),
            "/act": lambda: fragment(part.replace("old", "done")),
        }
    )


def with_news_under_way(page: Page, path: str, press: str) -> None:
    """Presses a button, and news of its part arrive before the answer."""
    held: list[Route] = []
    page.route(f"**{path}", lambda route: held.append(route))
    part = page.locator("#task").element_handle()
    with page.expect_request(f"**{path}"):
        page.click(press)
    page.evaluate("tell(['task:1'])")
    page.wait_for_function(MET, arg=part)
    held[0].fallback()


def test_a_form_opens_and_is_answered_whatever_news_arrive_meanwhile(play: Play) -> None:
    site = steps_site()

    def scenario(page: Page) -> None:
        page.evaluate(OPENING)
        with_news_under_way(page, "/form", "#ask")
        expect(page.locator("dialog[open] form")).to_be_visible()
        expect(page.locator("#task")).to_contain_text("new")

        page.evaluate("tell(['task:1'])")
        expect(page.locator("#task")).to_contain_text("new")
        expect(page.locator("dialog[open] form")).to_be_visible()

        with_news_under_way(page, "/act", "dialog button")
        expect(page.locator("#task")).to_contain_text("done")
        expect(page.locator("dialog[open]")).to_have_count(0)

    play(site, scenario)


def test_an_act_in_one_tap_is_answered_where_it_was_done(play: Play) -> None:
    site = steps_site()

    def scenario(page: Page) -> None:
        with_news_under_way(page, "/act", "#act")
        expect(page.locator("#task")).to_contain_text("done")

    play(site, scenario)


def test_a_closed_dialog_gives_the_focus_back_after_news(play: Play) -> None:
    site = steps_site()

    def scenario(page: Page) -> None:
        page.evaluate(OPENING)
        page.click("#ask")
        expect(page.locator("dialog[open]")).to_be_visible()
        page.evaluate("tell(['task:1'])")
        expect(page.locator("#task")).to_contain_text("new")
        page.keyboard.press("Escape")
        expect(page.locator("#ask")).to_be_focused()

    play(site, scenario)
