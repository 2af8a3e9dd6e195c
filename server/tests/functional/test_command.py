"""The command layer in a browser: a plan is previewed, stood up, looked at and taken back; a
report goes up level by level; people in the field check in with one button. Every page on the
way is fit for everybody, in both languages, also on a phone."""

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .judge import violations, wider_than_the_screen
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]


def opened(commander: Visitor, code: str) -> str:
    """An incident of the province, opened by a program with the session of the browser."""
    page = commander.open("/incidents")
    headers = {"X-CSRFToken": str(page.locator("body").get_attribute("data-csrf"))}
    body = {"code": code, "title_zh": f"演示疫情{code}", "title_en": code, "area": "33",
            "incubation_days": 14}  # fmt: skip
    answer = commander.context.request.post("/api/v1/incidents", data=body, headers=headers)
    assert answer.status == 201, answer.text()
    return f"/incidents/{code}"


def sound(reader: Visitor) -> None:
    """The page is fit, but for the words: tasks of a plan carry their titles in both
    languages, and sources are cited as they are."""
    reader.settle()
    found = violations(reader.page) + wider_than_the_screen(reader.page)
    assert not found, "\n".join(found)


def test_level_one_stands_up_from_its_plan_and_is_taken_back(visitor: Open, language: str) -> None:
    shen = visitor("shen", language=language)
    phone = visitor("shen", language=language, phone=True)
    room = opened(shen, f"plan-{language}")
    page = shen.open(f"{room}/do/grade")
    page.locator("main [name=grade][value=I]").check()
    page.locator("main [name=criterion]").fill("出现社区传播")
    page.locator("main [name=legal_basis]").fill("省应急预案第四章")
    page.get_by_role("main").get_by_role("button", name=shen.say("Set the level")).click()
    expect(page.locator("main")).to_contain_text("出现社区传播")

    page = shen.open(f"{room}/plans")
    shen.fit()
    shen.link("Preview").click()
    expect(page.locator("#unresolved-title")).to_be_visible()
    shen.fit()
    preview = page.url
    phone.open(preview)
    phone.fit()
    line = page.locator("section[aria-labelledby=unresolved-title] li:has([name^='unit:task:'])")
    title = line.first.locator(".pl-title").inner_text()
    line.first.locator("[name^='unit:']").fill(f"{shen.say_unit('hz-health')} · hz-health")
    line.first.locator("[name^='why:']").fill("最近")
    page.locator("[data-dialog=stand-up]").click()
    shen.fit()
    shen.dialog.get_by_role("button", name=shen.say("Stand up"), exact=True).click()

    expect(page).to_have_url(f"{shen.site.address}{room}/plans")
    expect(page.locator("#messages")).to_contain_text(
        shen.say("The plan stands. All units were told.")
    )
    sound(shen)
    phone.open(f"{room}/plans")
    sound(phone)
    for part in page.locator("#plans details:has(a[href^='/tasks/'])").all():
        part.locator("summary").first.click()
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("#task")).to_contain_text(shen.say_unit("hz-health"))
    task = page.url

    shen.open(f"{room}/plans")
    shen.link("Take back").click()
    expect(page.locator("#taken-title")).to_be_visible()
    expect(page.locator("main")).to_contain_text(title)
    sound(shen)
    phone.open(page.url)
    sound(phone)
    page.locator("main [name=reason]").fill("误启动")
    shen.button("Take back").click()
    expect(page.locator("#messages")).to_contain_text(shen.say("The plan was taken back."))
    shen.open(task)
    expect(page.locator("#task")).to_contain_text(shen.say("withdrawn"))

    for address in ("/modes", "/exercise", "/processes", "/processes/task", f"{room}/situation"):
        for one in (shen, phone):
            one.open(address)
            one.fit()


def test_a_report_goes_up_and_the_field_checks_in(visitor: Open, language: str) -> None:
    shen, mei = visitor("shen", language=language), visitor("mei", language=language, phone=True)
    room = opened(shen, f"up-{language}")

    page = shen.open(f"{room}/report")
    sound(shen)
    page.locator("main form button.btn-primary").click()
    expect(page.locator("#messages")).to_contain_text(shen.say("The report is on its way up."))
    sound(shen)
    shen.open("/reports")
    expect(page.locator("#report-rows tbody tr").first).to_be_visible()
    sound(shen)
    shen.open("/reports?state=ended&late=1")
    sound(shen)

    page = mei.open("/shifts/new")
    mei.fit()
    page.fill("main [name=people]", "2")
    page.locator("main form .btn-primary").last.click()
    expect(page.locator("#messages")).to_contain_text(
        mei.say("The shift has begun. Open this page on the phone.")
    )
    mei.fit()
    page.locator("main button[name=state][value=well]").click()
    expect(page.locator("#messages")).to_contain_text(mei.say("Checked in. Take care."))
    for address in ("/shifts", "/shifts?state=silent&unit=none", "/reports"):
        mei.open(address)
        mei.fit()
    page.goto(page.url.replace("/reports", "/shifts?state=out"))
    mei.settle()
    page.locator("#shift-rows a[href^='/shifts/']").first.click()
    mei.button("Everybody is back").click()
    expect(page.locator("#messages")).to_contain_text(mei.say("The shift has ended."))
