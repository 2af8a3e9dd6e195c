"""Rules at work: a template is brought in, mended line by line and edited; a duty is declared,
proposed and consented to, and stands in the matrix; a limit that was missed says whom it told."""

from datetime import UTC, datetime
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]
PHONE: Final[Any] = {"width": 360, "height": 740}
DESKTOP: Final[Any] = {"width": 1280, "height": 860}
SCHEMES: Final[tuple[Any, ...]] = ("dark", "light")

RULES = """\
kind: clocks
key: gate-{language}
jurisdiction: "33"
title: {{zh: 门岗时限, en: 门岗时限}}
valid_from: {day}
legal_force: practice
source: {{text: 省指挥部会议纪要}}
confidence: k
body:
  rules:
    - key: gate-{language}
      title: {{zh: 门岗答复, en: 门岗答复}}
      starts: [signal.reported.v1]
      stops: [signal.answered.v1]
      length: PT2H
      calendar: {calendar}
"""


def everywhere(reader: Visitor) -> None:
    """The page is fit for everybody, wide and narrow, by day and by night."""
    for size in (PHONE, DESKTOP):
        reader.page.set_viewport_size(size)
        for scheme in SCHEMES:
            reader.page.emulate_media(color_scheme=scheme)
            reader.fit()


def test_a_template_is_mended_published_and_edited(visitor: Open, language: str) -> None:
    shen = visitor("shen", language=language)
    page = shen.open("/library")
    shen.link("Bring in files").click()

    def send(calendar: str) -> None:
        content = RULES.format(
            language=language[:2], day=datetime.now(UTC).date(), calendar=calendar
        )
        file = {"name": "gate.yaml", "mimeType": "text/yaml", "buffer": content.encode()}
        files: Any = [file]  # a plain dict will do
        page.set_input_files("[name=uploads]", files=files)
        page.fill("[name=reason]", "省指挥部要求")
        page.locator("main .btn-primary").click()

    send("lunar")
    refused = page.locator("main")
    expect(refused).to_contain_text("body.rules.0.calendar")
    expect(refused).to_contain_text("16")
    everywhere(shen)
    shen.link("Other files").click()
    send("workdays")
    expect(refused).to_contain_text(shen.say("This is a dry run: nothing has been published yet."))
    everywhere(shen)
    shen.button("Publish").click()

    template = f"/library/clocks/gate-{language[:2]}/33"
    shen.open(template)
    everywhere(shen)
    shen.link("New version").click()
    expect(page).to_have_url(f"{shen.site.address}{template}/edit?version=1")
    shen.fit()
    page.fill("[name=title_zh]", "门岗时限（修订）")
    page.fill("[name=title_en]", "门岗时限（修订）")
    page.fill("[name=reason]", "改为新的标题")
    page.locator("main .tz-actions .btn-primary").click()

    expect(page).to_have_url(f"{shen.site.address}{template}?version=2")
    expect(page.locator("main")).to_contain_text("改为新的标题")
    shen.fit()


def test_a_duty_is_proposed_and_stands_in_the_matrix(visitor: Open, language: str) -> None:
    lou, xia = visitor("lou", language=language), visitor("xia", language=language)
    code = f"gate-{language[:2]}"

    page = lou.open("/duties/new")
    everywhere(lou)
    page.fill("[name=code]", code)
    page.fill("[name=name_zh]", f"守好门岗（{language[:2]}）")
    page.locator("[name=needs][value=people]").check()
    lou.button("Declare the duty").click()
    expect(page).to_have_url(f"{lou.site.address}/duties/{code}")
    lou.link("Propose who takes part").click()
    lou.dialog.locator("[name=unit]").select_option("hz-health")
    lou.dialog.locator("[name=part][value=accountable]").check()
    lou.fit()
    lou.send("Propose")

    xia.open("/duties/proposals")
    everywhere(xia)
    xia.button("Consent to those ticked").click()
    expect(xia.page.locator("main")).to_contain_text(xia.say("Nothing waits for your unit"))

    page = lou.open("/duties?q=gate")
    cell = page.locator(f'.md-matrix td a[href="/duties/{code}/hz-health"]')
    expect(cell).to_have_text("A")
    cell.click()
    expect(lou.dialog).to_contain_text("守好门岗")
    lou.fit()
    lou.page.keyboard.press("Escape")
    lou.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = page.locator(f'.md-paper .md-matrix td a[href="/duties/{code}/hz-health"]')
    expect(on_paper).to_have_text("A")
    lou.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(on_paper).to_have_count(0)
    on_a_phone = visitor("xia", language=language, phone=True)
    on_a_phone.open("/units/hz-health/duties")
    expect(on_a_phone.page.locator("main")).to_contain_text("守好门岗")
    on_a_phone.fit()


def test_a_missed_limit_says_whom_it_told(visitor: Open, language: str) -> None:
    ye = visitor("ye", language=language)
    page = ye.open("/units/beishan-street")
    ye.link("Time limits").click()
    everywhere(ye)
    page.select_option("[name=state]", "missed")
    missed = page.locator("#clock-list a", has_text="为隔离户送菜").first
    missed.click()

    expect(page.locator("#clock")).to_contain_text(ye.say_unit("beishan-street"))
    expect(page.locator(".ck-way .ck-past").first).to_be_visible()
    everywhere(ye)
