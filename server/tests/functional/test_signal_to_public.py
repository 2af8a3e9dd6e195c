"""From what a visitor noticed to the public page: reported without an account on a phone,
assessed by two, opened, graded, a measure put in force, answered."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]


def report(stranger: Visitor, text: str) -> str:
    """Reports on a phone; returns the ticket number."""
    page = stranger.open("/")
    page.get_by_role("link", name=stranger.say("Report something")).first.click()
    for area in ("杭州市", "西湖区", "北山街道") if stranger.language != "en" else (
        "Hangzhou", "Xihu District", "Beishan Subdistrict",
    ):  # fmt: skip
        page.locator(".in-area-option", has_text=area).click()
        expect(page.locator(".in-area-way strong")).to_have_text(area)
    page.fill("[name=text]", text)
    page.fill("[name=contact_phone]", "13900000000")
    page.locator(".btn-primary", has_text=stranger.say("Send the report")).click()
    number = page.locator(".in-ticket-number").inner_text()
    stranger.fit()
    expect(page.locator("h1")).to_have_text(stranger.say("Thank you. Your report has arrived."))
    return number


def assess(expert: Visitor, ticket: str) -> None:
    """Gives a view on the signal."""
    page = expert.open(f"/signals/{ticket}")
    form = page.locator("form[action$=assess]")
    for question in ("serious", "spread"):
        form.locator(f"[name={question}][value=yes]").check()
    form.locator("[name=verdict][value=incident]").check()
    form.locator("[name=reasons]").fill("两例相互关联")
    form.get_by_role("button", name=expert.say("Keep the assessment")).click()
    expect(page.locator("#messages")).to_contain_text(expert.say("Your assessment is kept."))


def test_a_signal_becomes_an_incident_that_everybody_can_read_of(
    visitor: Open, language: str
) -> None:
    stranger = visitor(language=language, phone=True)
    qiu, ye = visitor("qiu", language=language), visitor("ye", language=language)
    shen = visitor("shen", language=language)
    text = f"同一栋楼四人发热（{language}）"
    code = f"building-{language}"
    ye.open("/signals")
    shen.open("/today")

    ticket = report(stranger, text)
    expect(ye.open("/signals").locator("main")).to_contain_text(text)
    assess(ye, ticket)
    assess(qiu, ticket)
    expect(qiu.page.locator(".in-view")).to_have_count(2)

    page = shen.open(f"/signals/{ticket}")
    shen.link("Open an incident from it").click()
    page.fill("[name=title_zh]", f"北山街道聚集性发热{language}")
    page.fill("[name=title_en]", f"Cluster of fever in Beishan {language}")
    page.fill("[name=code]", code)
    page.get_by_label(shen.say_unit("zj-cdc")).check()
    page.locator(".btn-primary", has_text=shen.say("Open the incident")).click()
    expect(page).to_have_url(f"{shen.site.address}/incidents/{code}")
    page.locator(f"a[href='/incidents/{code}/do/grade']").first.click()
    shen.fit()
    shen.dialog.locator("[name=grade][value=III]").check()
    shen.dialog.locator("[name=criterion]").fill("一周内同一社区四例")
    shen.dialog.locator("[name=legal_basis]").fill("省应急预案第四章")
    shen.dialog.get_by_role("button", name=shen.say("Set the level")).last.click()
    expect(page.locator("main")).to_contain_text("一周内同一社区四例")
    page.goto(f"/incidents/{code}/decisions")
    page.locator(f"a[href='/incidents/{code}/do/measure']").first.click()
    shen.fit()
    shen.dialog.locator("[name=title_zh]").fill("暂停棋牌室营业")
    shen.dialog.locator("[name=title_en]").fill("Card rooms are closed")
    shen.dialog.locator("[name=legal_basis]").fill("传染病防治法第四十二条")
    shen.dialog.locator("[name=stop_rule]").fill("七天无新增")
    shen.dialog.get_by_role("button", name=shen.say("Put in force")).last.click()
    expect(page.locator("main")).to_contain_text("七天无新增")

    page = qiu.open(f"/signals/{ticket}")
    answer = page.locator("form[action$=answer]")
    answer.locator("[name=answer]").fill("已派人到场，请居家等候。")
    answer.locator("[name=incident]").select_option(code)
    answer.get_by_role("button", name=qiu.say("Answer")).last.click()
    expect(page.locator("#messages")).to_contain_text(
        qiu.say("The reporter can read your answer now.")
    )

    page = stranger.open("/")
    page.fill("[name=number]", ticket.lower())
    page.locator("form[action='/ticket'] button").click()
    expect(page.locator(".in-answer")).to_have_text("已派人到场，请居家等候。")
    stranger.fit()
    page.locator("#ticket a[href^='/public/']").click()
    expect(page).to_have_url(f"{stranger.site.address}/public/{code}")
    expect(page.locator("main")).to_contain_text(
        "Card rooms are closed" if language == "en" else "暂停棋牌室营业"
    )
    expect(page.locator("main")).to_contain_text("七天无新增")
    assert "13900000000" not in page.content()


def test_a_wrong_ticket_tells_nothing(visitor: Open, language: str) -> None:
    stranger = visitor(language=language, phone=True)

    answer = stranger.page.goto("/ticket?number=TZ-2222-2222")

    assert answer is not None
    assert answer.status == 404
    expect(stranger.page.locator("main")).to_contain_text(
        re.compile(re.escape(stranger.say("Your ticket number")))
    )
