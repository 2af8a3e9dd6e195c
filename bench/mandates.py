"""``python -m bench.mandates ADDRESS``: the matrix page of 500 duties × 60 units, in Chromium.

Run with ``DJANGO_SETTINGS_MODULE=tongzhou.config.settings`` against a database of its own: it
writes duties and charges straight into the tables and takes them out again. What is counted is
what a reader waits for: from the click to a page that answers the next one.
"""

import argparse
import random
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import django
from playwright.sync_api import Page, sync_playwright

from bench.table import Row, show

DUTIES, UNITS = 500, 60
#: How many of a hundred cells hold something.
FILLED = 30
_AT = datetime(2020, 1, 20, tzinfo=UTC)
_CODE = "bench-"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--user", default="shen")
    parser.add_argument("--password", default="same-boat-2020")
    given = parser.parse_args()
    django.setup()
    with filled():
        print(show(list(measured(given))))
    return 0


@contextmanager
def filled() -> Iterator[None]:
    """500 duties and charges of 60 units, gone afterwards."""
    from tongzhou.mandates.models import Charge, Duty, Means  # noqa: PLC0415 – after set-up

    draw = random.Random(1)
    duties, charges, means = drawn(draw)
    try:
        Duty.objects.bulk_create(duties)
        Charge.objects.bulk_create(charges, batch_size=2000)
        Means.objects.bulk_create(means, batch_size=2000)
        yield
    finally:
        Means.objects.filter(charge__duty__code__startswith=_CODE).delete()
        Charge.objects.filter(duty__code__startswith=_CODE).delete()
        Duty.objects.filter(code__startswith=_CODE).delete()


def drawn(draw: random.Random) -> tuple[list[Any], list[Any], list[Any]]:
    """Duties, charges, means at random; each duty has one accountable unit."""
    from tongzhou.actors.models import Unit  # noqa: PLC0415 – after set-up
    from tongzhou.mandates.models import Charge, Duty, Means  # noqa: PLC0415 – after set-up

    units = list(Unit.objects.select_related("area").order_by("area__path", "code")[:UNITS])
    duties = [
        Duty(
            code=f"{_CODE}{n}",
            name_zh=f"突发公共卫生事件处置职责第{n}项",
            name_en=f"Duty {n} of the response to a public health emergency",
            needs=["power", "people"],
            declared_at=_AT,
        )
        for n in range(DUTIES)
    ]
    charges, means = [], []
    for duty in duties:
        held = draw.sample(units, k=UNITS * FILLED // 100)
        for place, unit in enumerate(held):
            part = (
                "accountable"
                if not place
                else draw.choice(("responsible", "consulted", "informed"))
            )
            charge = Charge(
                duty=duty, area=unit.area, unit=unit, part=part, state="in_force", proposed_at=_AT
            )
            charges.append(charge)
            if draw.random() < 0.8:
                means += [Means(charge=charge, kind=kind, text="x", at=_AT) for kind in duty.needs]
    return duties, charges, means


def measured(given: argparse.Namespace) -> Iterator[Row]:
    """The rows of the table."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{given.address}/sign-in")
        page.fill("[name=username]", given.user)
        page.fill("[name=password]", given.password)
        page.press("[name=password]", "Enter")
        page.wait_for_load_state()
        opened = [_open(page, f"{given.address}/duties?q={_CODE}") for _ in range(5)]
        page.wait_for_function(_ALL)
        links = page.locator(".md-matrix td > a").count()
        whole = _whole(page, f"{given.address}/duties?q={_CODE}")
        size = _size(page)
        yield Row(
            "matrix of 500 duties × 60 units, interactive",
            f"{statistics.median(opened):.2f} s",
            "< 1 s",
            f"{links} cells hold something; worst of five {max(opened):.2f} s",
        )
        yield Row(
            "matrix page, transferred", f"{size / 1000:.0f} kB", "< 400 kB", "compressed HTML"
        )
        yield Row("the last of its rows there", f"{whole:.2f} s", "", "rows follow while one reads")
        asked = []
        for phase in ("respond", "watch", "recover"):
            begun = time.perf_counter()
            with page.expect_response(lambda answer: "/duties" in answer.url):
                page.select_option("[name=phase]", phase)
            page.wait_for_function(_QUIET)
            asked.append(time.perf_counter() - begun)
        yield Row("another phase chosen, shown", f"{statistics.median(asked):.2f} s", "< 1 s", "")
        browser.close()


#: The last rows have come.
_ALL = "() => !document.getElementById('matrix-more')"
#: The table stands, and a frame was drawn after it.
_QUIET = """() => document.querySelectorAll('.md-matrix td').length > 0
    && new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        .then(() => true)"""


def _open(page: Page, address: str) -> float:
    begun = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_function(_QUIET)
    return time.perf_counter() - begun


def _whole(page: Page, address: str) -> float:
    begun = time.perf_counter()
    _open(page, address)
    page.wait_for_function(_ALL)
    return time.perf_counter() - begun


def _size(page: Page) -> int:
    return int(page.evaluate("performance.getEntriesByType('navigation')[0].transferSize"))


if __name__ == "__main__":
    sys.exit(main())
