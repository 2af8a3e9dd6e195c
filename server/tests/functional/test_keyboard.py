"""Everything by keyboard alone: sign in, skip to the content, find a task, accept it."""

import pytest
from playwright.sync_api import expect

from tongzhou.demo.cast import PASSWORD

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]
FOCUSED = "document.activeElement?.textContent?.trim() || document.activeElement?.value || ''"
#: What has the focus shows it. Nothing has it for a moment where news renew a part of the page.
OUTLINED = """
() => {
  if (document.activeElement === document.body) return true;
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}
"""
MOST = 60


def tab_to(reader: Visitor, words: str) -> None:
    """Presses Tab until something with these words has the focus, which must be seen."""
    for _press in range(MOST):
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate(OUTLINED), "the focus cannot be seen"
        if str(reader.page.evaluate(FOCUSED)).startswith(words):
            return
    pytest.fail(f"{words!r} is not reached by Tab")


def test_a_task_is_accepted_without_a_mouse(visitor: Open, language: str) -> None:
    lou = visitor("lou", language=language)
    title = "只用键盘也能接受" + language
    lou.open("/today")
    number = lou.asks(title, of="baoshi-community")
    mei = visitor(language=language)
    page = mei.open("/sign-in")
    keys = page.keyboard

    expect(page.locator("[name=username]")).to_be_focused()
    keys.type("mei")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page).to_have_url(f"{mei.site.address}/today")

    keys.press("Tab")
    expect(page.locator(".tz-skip")).to_be_focused()
    expect(page.locator(".tz-skip")).to_be_in_viewport()
    keys.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    keys.press("g")
    keys.press("k")
    expect(page).to_have_url(f"{mei.site.address}/tasks")
    mei.settle()
    keys.press("/")
    expect(page.locator("[data-search], [type=search]").first).to_be_focused()
    keys.type(title)
    expect(page.locator("#task-rows tbody tr")).to_have_count(1)
    keys.press("Escape")
    page.evaluate("document.activeElement.blur()")
    keys.press("j")
    expect(page.locator("tr.tz-current")).to_contain_text(title)
    keys.press("Enter")
    expect(page).to_have_url(f"{mei.site.address}/tasks/{number}")
    mei.settle()

    tab_to(mei, mei.say("Accept"))
    keys.press("Enter")

    expect(page.locator(".tk-now-head")).to_contain_text(mei.say("accepted"))


def test_a_dialog_keeps_the_focus_and_gives_it_back(visitor: Open, language: str) -> None:
    ye = visitor("ye", language=language)
    page = ye.open(f"/tasks/{ye.site.story['tasks']['running']}")

    ye.button("Report a blockage").focus()
    page.keyboard.press("Enter")
    expect(ye.dialog.locator("[name=reason]")).to_be_focused()
    for _press in range(8):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert page.evaluate(inside), "the focus left the dialog"
    page.keyboard.press("Escape")

    expect(ye.dialog).to_have_count(0)
    expect(ye.button("Report a blockage")).to_be_focused()
