"""A served node, and browsers of the people who work with it.

The node is started once, filled through the act functions and shared by all tests of this
folder, which therefore run in one worker. Whoever changes something makes it first.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from integration.conftest import Node
from playwright.sync_api import Browser, sync_playwright

from .visitor import Site, Visitor

TESTS = Path(__file__).resolve().parents[1]
SCREENSHOTS = TESTS.parents[1] / ".tongzhou" / "screenshots"
LANGUAGES = ("en", "zh-hans")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--font-render-hinting=none",
)
TELL = f"""
import json, sys
sys.path.insert(0, {str(TESTS)!r})
from functional.story import tell
print(json.dumps(tell()))
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--keep-images``: make the pictures of the README anew."""
    parser.addoption("--keep-images", action="store_true", help="refresh docs/images")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The pictures are made only when somebody asks for them."""
    wanted = config.getoption("--keep-images", default=False)
    return True if collection_path.name == "test_images.py" and not wanted else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests of this folder share one node, so they go to one worker."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("functional"))


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The served node with what stands in it."""
    node = Node(tmp_path_factory.mktemp("site"))
    # Every visitor comes from an address of their own, as through a proxy: one address may sign
    # in so often only, and here hundreds do within minutes.
    node.environment["TONGZHOU_PROXIES"] = "1"
    try:
        assert node.command("migrate", "--quiet").returncode == 0
        told = node.command("manage", "shell", "-c", TELL)
        assert told.returncode == 0, told.stderr
        node.serve()
        story: dict[str, Any] = json.loads(told.stdout.strip().splitlines()[-1])
        yield Site(node=node, address=f"http://127.0.0.1:{node.port}", story=story)
        assert node.stop() == 0
    finally:
        node.clean_up()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "The browser tests need Chromium: “make browser” installs it."
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


_FAILED = pytest.StashKey[bool]()
_ADDRESSES = (f"{network}.{host}" for network, host in product(range(256), range(1, 255)))
Open = Callable[..., Visitor]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers whether a test failed, so that its windows can be photographed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def visitor(
    chromium: Browser, site: Site, screenshots: Path, request: pytest.FixtureRequest
) -> Iterator[Open]:
    """``visitor("mei", language="en", phone=True)`` – a browser of somebody who is signed in;
    without a name of somebody who is not. A fault in a script of any page fails the test."""
    opened: list[Visitor] = []

    def enter(username: str = "", *, language: str = "en", phone: bool = False) -> Visitor:
        context = chromium.new_context(
            base_url=site.address,
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            viewport={"width": 360, "height": 740} if phone else {"width": 1280, "height": 860},
            has_touch=phone,
            reduced_motion="reduce",
            extra_http_headers={"X-Forwarded-For": f"10.0.{next(_ADDRESSES)}"},
        )
        context.set_default_timeout(20_000)
        found = Visitor(context, site=site, language=language)
        opened.append(found)
        if username:
            found.sign_in(username)
        return found

    yield enter
    failed = request.node.stash.get(_FAILED, False)
    for number, one in enumerate(opened, 1):
        if failed:
            name = re.sub(r"\W+", "-", request.node.name)
            one.page.screenshot(path=screenshots / "failures" / f"{name}-{number}.png")
        one.leave()
    assert [fault for one in opened for fault in one.faults] == []


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each journey is made in both languages."""
    return str(request.param)


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder in which a picture of every page is kept."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS
