"""From the opening to the re-check, the person's reply, the letter and its answer, the consent
past a quota: what is asked of a unit, and how it answers, in a browser."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]


def send(visitor: Visitor, words: str, **typed: str) -> None:
    """Fills in the form that has these fields, and sends it by its button."""
    form = visitor.page.locator(f"main form:has([name={next(iter(typed))}])").first
    for name, text in typed.items():
        form.locator(f"[name={name}]").fill(text)
    form.get_by_role("button", name=visitor.say(words), exact=True).click()
    visitor.settle()


def test_a_finding_is_answered_sent_back_and_closed(visitor: Open, language: str) -> None:
    gu, mei = visitor("gu", language=language), visitor("mei", language=language, phone=True)
    what = f"两处门岗无人登记（{language}）"

    gu.open("/oversight/findings/new")
    gu.pick("owner", gu.say_unit("baoshi-community"))
    send(gu, "Record the finding", what=what, rule="方案第四条")
    address = gu.page.url
    expect(gu.page).to_have_url(re.compile(r"/oversight/findings/\d+$"))

    for answer, passed in (("已补登记", "no"), ("已逐户补齐", "yes")):
        mei.open(address)
        send(mei, "Answer", text=answer, cites="F-1001")
        expect(mei.page.locator("#finding")).to_contain_text(answer)
        gu.open(address)
        form = gu.page.locator("form:has([name=passed])")
        form.locator(f"[name=passed][value={passed}]").check()
        if passed == "no":
            later = datetime.now(UTC) + timedelta(days=2)
            form.locator("[name=due_at]").fill(later.strftime("%Y-%m-%dT%H:%M"))
            gu.fit()
        send(gu, "Keep the re-check", text="现场查看")

    state = "closed" if language == "en" else "已销号"
    expect(gu.page.get_by_text(state, exact=True).first).to_be_visible()
    gu.fit()


def test_nobody_is_judged_unheard(visitor: Open, language: str) -> None:
    gu, ye = visitor("gu", language=language), visitor("ye", language=language, phone=True)
    entry = f"/oversight/entries/{gu.site.story['entries'][language]}"

    gu.open(entry)
    expect(gu.page.locator("[name=outcome]")).to_have_count(0)
    ye.open(entry)
    expect(ye.page.locator("main")).to_contain_text(ye.say("You have the right to be heard"))
    send(ye, "Send the reply", text="当日已报告缺员，附任务记录")
    expect(ye.page.locator("main")).to_contain_text("附任务记录")

    gu.open(entry)
    form = gu.page.locator("form:has([name=outcome])")
    form.locator("[name=outcome]").select_option("good_faith")
    form.locator("[name=decision]").fill("如实报告，尽职免责")
    form.locator("button").last.click()
    expect(gu.page.locator("main")).to_contain_text(gu.say("acted in good faith: exempt"))
    gu.fit()


def test_a_letter_is_answered_in_writing_and_printed(visitor: Open) -> None:
    gu, ye = visitor("gu", language="zh-hans"), visitor("ye", language="zh-hans")

    gu.open("/oversight/letters/new")
    gu.pick("recipient", gu.say_unit("beishan-street"))
    send(gu, "Send the letter", subject="夜间值守", body="请核查并书面报告。")
    ye.open(gu.page.url)
    send(ye, "Send the answer", answer="已核查，全部到岗。")

    expect(ye.page.locator("#letter")).to_contain_text("全部到岗")
    ye.fit()
    ye.page.emulate_media(media="print")
    expect(ye.page.locator(".ov-letter").first).to_be_visible()
    expect(ye.page.locator("header.navbar, nav").first).to_be_hidden()


def test_past_the_quota_the_unit_is_asked_first(visitor: Open, language: str) -> None:
    tang, mei = visitor("tang", language=language), visitor("mei", language=language, phone=True)
    title = f"再加一张表（{language}）"

    tang.open("/burden/ask?units=baoshi-community&wanted=fever_found")
    page = tang.page
    page.locator("[name=rhythm][value=daily]").check()
    for name, text in (("title", title), ("purpose", "掌握情况"), ("legal_basis", "条例第四十条")):
        page.fill(f"main [name={name}]", text)
    for name in ("first_on", "until"):
        page.fill(f"main [name={name}]", tang.site.story["asked_on"])
    tang.button("Send the request").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    tang.fit()
    page.locator("main [name=seek_consent]").check()
    tang.button("Send the request").click()
    expect(page).to_have_url(re.compile(r"/burden/requests/\d+$"))

    mei.open(page.url)
    mei.button("Consent").click()
    expect(mei.page.locator("main")).to_contain_text(mei.say("You consented past your quota"))
    mei.fit()
