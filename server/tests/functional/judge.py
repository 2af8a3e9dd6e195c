"""What every page must hold to: nothing for axe to find, nothing beyond the edge of a phone, no
word in the wrong language."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from tongzhou import ui

_AXE: Final = Path(ui.__file__).parent / "assets" / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """
async () => {
  const found = await axe.run(document, {
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return found.violations.map((v) => ({
    id: v.id,
    nodes: v.nodes.map((n) => `${n.any[0]?.message || v.help} ${n.target.join(" ")} ${n.html}`),
  }));
}
"""
_WIDER: Final = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const clipped = (element) => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  };
  const found = [...document.body.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > width + 1 && !clipped(e))
    .slice(0, 5)
    .map((e) => e.outerHTML.slice(0, 120));
  return [`page is ${document.documentElement.scrollWidth} px wide`, ...found];
}
"""
_IN_SIGHT: Final = """
(tab) => {
  const { left, right } = tab.getBoundingClientRect();
  return left >= 0 && right <= document.documentElement.clientWidth;
}
"""
#: Three words of English in a row. What people typed in, and names, are no sentences.
#: What is meant for a machine stays as it is, and so do names of sources, both wordings of what
#: is compared, and what says of itself that it is English.
_CODE: Final = """[...document.querySelectorAll("code, pre, kbd, cite, ins, del, body [lang=en]")]
  .map((e) => e.innerText).filter((text) => text.length > 1)"""
_ENGLISH: Final = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b")
_NO_SENTENCE: Final = re.compile(r"Tongzhou – in the same boat.*")


@cache
def _axe() -> str:
    assert _AXE.exists(), "axe is missing: “make assets” brings it."
    return _AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [f"{v['id']}: {node[:300]}" for v in found for node in v["nodes"][:3]]


def wider_than_the_screen(page: Page) -> list[str]:
    """What makes one scroll sideways."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def open_tabs_out_of_sight(page: Page) -> list[str]:
    """Tabs that are open and cannot be seen without scrolling."""
    return [
        str(tab.inner_text())
        for tab in page.locator(".tz-tabs a[aria-current]").all()
        if not page.evaluate(_IN_SIGHT, tab.element_handle())
    ]


def photograph(page: Page, picture: Path) -> None:
    """A picture of the whole page, with what is fixed to the edge of the screen at its edge."""
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 400), 8_000)})
    page.screenshot(path=picture)
    page.set_viewport_size(size)


def english_sentences(page: Page) -> list[str]:
    """English sentences in what can be read."""
    text = _NO_SENTENCE.sub("", page.locator("body").inner_text())
    for code in page.evaluate(_CODE):
        text = text.replace(code, "")
    return [line for line in text.splitlines() if _ENGLISH.search(line)]
