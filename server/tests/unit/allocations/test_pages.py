"""The pages of allocations, as people use them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tongzhou.actors.models import Post
from tongzhou.allocations import jobs
from tongzhou.allocations.actions.cancel_allocation import cancel_allocation
from tongzhou.allocations.models import Allocation
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.needs.models import Commitment

from .conftest import AT, DAY, HOUR, Drafting, fresh

Browser = Callable[[Post], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + HOUR)


def change(allocation: Allocation, quantity: str, reason: str = "Ward", **more: Any) -> Any:
    """What the form beside a line sends, of the hospital's line."""
    line = allocation.lines.get(need_line__priority=1)
    return {
        "site": line.site_id, "need_line": line.need_line_id, "item": line.item_id,
        "quantity": quantity, "reason": reason, **more,
    }  # fmt: skip


def test_an_allocation_goes_through_the_pages(
    cast: Cast, draft: Drafting, signed_in: Browser
) -> None:
    lou = signed_in(cast.lou)
    form = lou.get("/allocations/new")
    assert "600 missing in 3 lines, 300 free" in form.content.decode()
    made = lou.post("/allocations/new", {"name": "Masks", "objective": "max_min"})
    found = Allocation.objects.get(name="Masks")
    assert made["Location"] == f"/allocations/{found.number}"

    lou.post(f"/allocations/{found.number}/compute")
    waiting = lou.get(f"/allocations/{found.number}").content.decode()
    assert "every 1s" in waiting
    assert "being computed" in waiting
    ready = computed_by_worker(found)
    page = lou.get(f"/allocations/{found.number}").content.decode()
    assert "every 1s" not in page
    assert "Proven to be the best." in page
    assert "Proportional split" in page
    lou.post(f"/allocations/{found.number}/line", change(ready, "120"))
    page = lou.get(f"/allocations/{found.number}").content.decode()
    assert "What the changes cost against the computed plan" in page
    assert "−10 percentage points" in page

    due = (AT + DAY).strftime("%Y-%m-%dT%H:%M")
    answer = lou.post(f"/allocations/{found.number}/approve", {"due_at": due}, follow=True)

    assert "Approved: everything is reserved" in answer.content.decode()
    assert Commitment.objects.count() == 3
    assert "Masks" in lou.get("/allocations?show=approved").content.decode()


def computed_by_worker(allocation: Allocation) -> Allocation:
    """The worker's part."""
    held = fresh(allocation)
    jobs.compute(allocation=str(held.id), run=held.run)
    return fresh(allocation)


def test_a_refusal_stands_on_the_page_with_what_was_typed(
    cast: Cast, ready: Allocation, signed_in: Browser
) -> None:
    lou = signed_in(cast.lou)

    answer = lou.post(f"/allocations/{ready.number}/line", change(ready, "151"))

    assert answer.status_code == 422
    assert "151 is more." in answer.content.decode()
    assert fresh(ready).chosen is None


def test_it_reads_in_chinese(cast: Cast, ready: Allocation, signed_in: Browser) -> None:
    page = signed_in(cast.lou).get(
        f"/allocations/{ready.number}", headers={"Accept-Language": "zh-hans"}
    )

    assert "已证明为最优" in page.content.decode()


def test_nobody_else_finds_it(cast: Cast, ready: Allocation, signed_in: Browser) -> None:
    for outsider in (cast.he, cast.mei, cast.ou):
        assert signed_in(outsider).get(f"/allocations/{ready.number}").status_code == 404
        assert "Respirators" not in signed_in(outsider).get("/allocations").content.decode()


def test_lines_come_as_files(cast: Cast, ready: Allocation, signed_in: Browser) -> None:
    lou = signed_in(cast.lou)

    csv = b"".join(lou.get(f"/allocations/{ready.number}/export.csv")).decode("utf-8-sig")
    sheet = lou.get(f"/allocations/{ready.number}/export.xlsx")

    assert len(csv.splitlines()) == 4
    assert "Hangzhou store" in csv
    assert b"".join(sheet)[:2] == b"PK"
    assert lou.get(f"/allocations/{ready.number}/export.pdf").status_code == 404


def test_lists_are_narrowed_and_cost_the_same_however_long(
    cast: Cast, draft: Drafting, signed_in: Browser
) -> None:
    lou = signed_in(cast.lou)
    cancel_allocation(allocation=draft(name="Old"), reason="No", by=cast.lou, at=AT)
    draft(name="Fresh")
    lou.get("/allocations")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            lou.get("/allocations")
        return len(found.captured_queries)

    few = asked()
    for number in range(5):
        draft(name=f"Yet another {number}")
    assert asked() == few
    page = lou.get("/allocations?show=cancelled").content.decode()
    assert "Old" in page
    assert "Fresh" not in page
    number = Allocation.objects.get(name="Fresh").number
    page = lou.get(f"/allocations?q=AL-{number}").content.decode()
    assert "Fresh" in page
    assert "Yet another" not in page
