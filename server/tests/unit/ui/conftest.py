"""A real Chromium for the scripts of the interface, without a server: pages are answered from
templates, static files from the folder, everything else by the test."""

import json
import mimetypes
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tongzhou import ui

CHROMIUM = Path("/usr/bin/chromium")
SITE = "http://pages.test"
STATIC = Path(ui.__file__).parent / "static"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
#: The stream of news, in the hands of the test: ``tell([...])`` and ``drop()``.
STREAM = """
window.streams = [];
window.EventSource = class {
  static OPEN = 1;
  constructor(url) {
    this.url = url;
    this.readyState = 0;
    window.streams.push(this);
    setTimeout(() => { this.readyState = 1; this.onopen?.(); });
  }
  close() { this.readyState = 2; }
};
window.tell = (topics) => window.streams.at(-1).onmessage(
  { data: JSON.stringify({ topics, position: 1, type: "task.accepted.v1" }) });
window.drop = () => window.streams.at(-1).onerror();
"""


@dataclass
class Answer:
    """What an address gives."""

    body: str = ""
    status: int = 200
    kind: str = "text/html"


@dataclass
class Site:
    """The addresses of one test, and what was asked of them."""

    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def times(self, path: str) -> int:
        """How often an address was asked."""
        return sum(urlsplit(request.url).path == path for request in self.asked)

    def handle(self, route: Route) -> None:
        """Answer one request of the browser; an address without an answer is unreachable."""
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
            return
        self.asked.append(route.request)
        answer = self.answers.get(path)
        if answer is None:
            route.abort()
            return
        made = answer() if callable(answer) else answer
        route.fulfill(
            status=made.status,
            body=made.body,
            headers={"Content-Type": made.kind, "Content-Security-Policy": _policy()},
        )


def _policy() -> str:
    directives: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def page_source(content: str, **context: object) -> str:
    """A whole page of the shell around some content."""
    source = '{% extends "ui/base.html" %}{% block content %}' + content + "{% endblock %}"
    return engines["django"].from_string(source).render(context, RequestFactory().get("/"))


Scenario = Callable[[Page], None]
Play = Callable[[Site, Scenario], None]


@pytest.fixture(scope="module")
def chromium() -> Iterator[tuple[ThreadPoolExecutor, Browser]]:
    """A browser with a thread of its own: Playwright keeps an event loop running in the
    thread it works in, which Django takes for an asynchronous context."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium at /usr/bin/chromium (make browser)")
    with ThreadPoolExecutor(max_workers=1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        browser = thread.submit(
            lambda: playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        ).result()
        yield thread, browser
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


@pytest.fixture
def play(chromium: tuple[ThreadPoolExecutor, Browser]) -> Play:
    """Open ``/`` of a site and play a scenario on it; a fault in a script fails the test."""
    thread, browser = chromium

    def run(site: Site, scenario: Scenario) -> None:
        context = browser.new_context(base_url=SITE, viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        faults: list[str] = []
        try:
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.add_init_script(STREAM)
            page.route("**/*", site.handle)
            page.goto("/")
            scenario(page)
        finally:
            context.close()
        assert faults == []

    return lambda site, scenario: thread.submit(run, site, scenario).result()


def fragment(text: str) -> Answer:
    """An HTML fragment."""
    return Answer(text)


def problem(status: int, detail: str) -> Answer:
    """Problem details as the API gives them."""
    return Answer(json.dumps({"detail": detail}), status, "application/problem+json")
