"""Somebody in front of a browser, who reads one language."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils import translation
from integration.conftest import Node
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tongzhou.demo.cast import PASSWORD, UNITS

from .judge import english_sentences, violations, wider_than_the_screen

#: Resolves ``window.seen`` to the moment at which the text is there, or to 0 after a while.
_WATCH: Final = """
([selector, text]) => {
  window.watched = `${text} in ${selector}`;
  window.seen = new Promise((resolve) => {
    const there = () => [...document.querySelectorAll(selector)].some(
      (part) => part.textContent.includes(text));
    const observer = new MutationObserver(() => { if (there()) done(Date.now()); });
    const done = (moment) => { observer.disconnect(); resolve(moment); };
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    setTimeout(() => done(0), 20000);
    if (there()) done(Date.now());
  });
}
"""
#: Resolves when the fonts are there and nothing fades or moves any more.
_STILL: Final = """
async () => {
  await document.fonts.ready;
  const finite = document.getAnimations().filter(
    (a) => a.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(finite.map((a) => a.finished));
}
"""
_UNDRAWN: Final = ".chart[data-chart]:not([data-drawn]):not(.tz-chart-failed)"


@dataclass(frozen=True)
class Site:
    """The served node, its address, and what ``story.py`` made."""

    node: Node
    address: str
    story: dict[str, Any]


@dataclass
class Visitor:
    """One person with one page open."""

    context: BrowserContext
    site: Site
    language: str
    faults: list[str] = field(default_factory=list)
    _page: Page | None = None

    @property
    def page(self) -> Page:
        """The page, opened when it is first asked for."""
        if self._page is None:
            self._page = self.context.new_page()
            self._page.on("pageerror", lambda error: self.faults.append(str(error)))
            self._page.on("console", self._listen)
        return self._page

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def say(self, words: str, **places: object) -> str:
        """Words of the interface as this visitor reads them."""
        with translation.override(self.language):
            said = translation.gettext(words)
        if self.language != "en":
            assert said != words, f"not translated: {words}"
        return said % places if places else said

    def say_unit(self, code: str) -> str:
        """The name of a unit of the cast as this visitor reads it."""
        unit = next(unit for unit in UNITS if unit.code == code)
        return unit.name_en if self.language == "en" else unit.name_zh

    def sign_in(self, username: str, *, password: str = PASSWORD) -> None:
        """By the form, in the visitor's own language."""
        self.page.goto("/sign-in")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.locator("main button").click()
        expect(self.page).not_to_have_url(f"{self.site.address}/sign-in")

    def open(self, path: str) -> Page:
        """Goes to an address and waits until the page has come to rest."""
        self.page.goto(path, wait_until="load")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until parts that are fetched have come, charts are drawn and fonts are there."""
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        expect(self.page.locator(_UNDRAWN)).to_have_count(0)
        self.page.evaluate(_STILL)

    def button(self, words: str, *, inside: str = "main", **places: object) -> Locator:
        """A button, or a link that looks like one, by its words."""
        name = self.say(words, **places)
        return self.page.locator(inside).get_by_role("button", name=name).first

    def link(self, words: str, *, inside: str = "main", **places: object) -> Locator:
        """A link by its words."""
        return self.page.locator(inside).get_by_role("link", name=self.say(words, **places)).first

    def fit(self) -> None:
        """What is on the screen now – a dialog, an answer to a form – is fit for everybody."""
        self.settle()
        found = violations(self.page) + wider_than_the_screen(self.page)
        if self.language != "en":
            found += english_sentences(self.page)
        assert not found, "\n".join(found)

    def live(self) -> None:
        """Waits until news arrive on this page, and marks it: a reload would lose the mark."""
        state = self.page.locator("[data-live-state]")
        expect(state).to_have_attribute("data-state", "live")
        self.page.evaluate("window.stayed = true")

    def watch(self, selector: str, text: str) -> None:
        """Notes when a text appears in a part of the page."""
        self.page.evaluate(_WATCH, [selector, text])

    def seen_at(self) -> float:
        """The moment, in seconds, at which what is watched for appeared; fails when it does
        not, or when the page was loaded anew meanwhile."""
        assert self.page.evaluate("window.stayed === true"), "the page was loaded anew"
        seen = self.page.evaluate("window.seen")
        assert seen, f"never seen: {self.page.evaluate('window.watched')}"
        return float(seen) / 1000

    def now(self) -> float:
        """The time of the browser, in seconds."""
        return float(self.page.evaluate("Date.now()")) / 1000

    def pick(self, field: str, text: str) -> None:
        """Looks something up in a search field and takes the first that is found."""
        box = self.page.locator(f"[data-picker]:has([name={field}]) input[role=combobox]")
        box.fill(text)
        options = self.page.locator(f"[data-picker]:has([name={field}]) [role=option]")
        options.filter(has_text=text).first.click()

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator("dialog[open]")

    def send(self, words: str) -> None:
        """Presses the button of the open dialog, which closes when that was taken."""
        self.dialog.get_by_role("button", name=self.say(words), exact=True).click()
        expect(self.dialog).to_have_count(0)

    def asks(self, title: str, *, of: str, **changes: Any) -> int:
        """Sends a task by the API, with the session of this browser; returns its number."""
        due = datetime.now(UTC) + timedelta(days=1)
        body = {"title": title, "lead": of, "due_at": due.isoformat(), "basis": "order"}
        headers = {"X-CSRFToken": str(self.page.locator("body").get_attribute("data-csrf"))}
        answer = self.context.request.post("/api/v1/tasks", data=body | changes, headers=headers)
        assert answer.status == 201, answer.text()
        return int(answer.json()["number"])

    def leave(self) -> None:
        """Closes the browser window."""
        self.context.close()
