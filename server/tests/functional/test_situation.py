"""Figures from a file with a dry run first; curve, map and the analysis of who worked with whom."""

import pytest
from playwright.sync_api import expect

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.node]
#: A day of its own for each language, so that both find something new.
DAYS = {"en": "2020-02-01", "zh-hans": "2020-02-02"}


def test_counts_are_tried_and_then_recorded(visitor: Open, language: str) -> None:
    shen = visitor("shen", language=language)
    code = shen.site.story["incident"]
    page = shen.open(f"/incidents/{code}/situation")
    shen.link("Record daily counts").click()
    day = DAYS[language]

    def send(rows: str) -> None:
        content = f"date,city_code,confirmed,cured,dead\n{rows}\n".encode()
        file = {"name": "counts.csv", "mimeType": "text/csv", "buffer": content}
        page.set_input_files("[name=file]", files=[file])  # type: ignore[list-item] # a plain dict will do
        page.fill("[name=source]", "省卫健委通报")
        page.locator(".btn-primary", has_text=shen.say("Try it first")).click()

    send(f"{day},3303,not-a-number,0,0")
    expect(page.locator("main")).to_contain_text(shen.say("Some rows cannot be taken."))
    expect(page.locator("main tbody tr").first).to_contain_text("confirmed")
    shen.fit()
    shen.link("Another file").click()
    send(f"{day},3303,5,0,0")
    expect(page.locator("main")).to_contain_text(
        shen.say("This is a dry run: nothing has been recorded yet.")
    )
    shen.button("Record these figures").click()

    expect(page).to_have_url(f"{shen.site.address}/incidents/{code}/situation")
    shen.settle()
    expect(page.locator(".chart[data-drawn]")).to_have_count(3)
    assert page.locator(".chart canvas, .chart svg").count() >= 3
    page.locator("[data-table], details.tz-twin summary").first.click()
    expect(page.locator("details.tz-twin[open] table").first).to_contain_text(day)


def test_the_analysis_draws_who_worked_with_whom(visitor: Open, language: str) -> None:
    shen = visitor("shen", language=language)
    page = shen.open(f"/incidents/{shen.site.story['incident']}/insight")

    # "Analyse", or "Analyse again" where the other language was first.
    page.locator("main form[action*=insight] button").click()

    # A background job draws it; how soon is for the machine.
    expect(page.locator("#network, [data-chart=network]").first).to_be_visible(timeout=30_000)
    shen.settle()
    expect(page.locator("main")).to_contain_text(shen.say("Who worked with whom"))
    expect(page.locator("main")).to_contain_text(shen.say("Most frequent hand-overs"))
    expect(page.locator(".chart[data-drawn]")).to_have_count(2)
    shen.fit()
