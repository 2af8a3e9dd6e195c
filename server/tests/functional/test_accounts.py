"""Signing in and being locked out, an account by invitation, another post, another language."""

import re

import pytest
from playwright.sync_api import expect

from tongzhou.demo.cast import PASSWORD

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.node]
#: Whom to lock out: nobody whom another test needs.
VICTIMS = {"en": "ren", "zh-hans": "chu"}
TRIES = 5


def test_after_five_wrong_passwords_the_account_is_locked(visitor: Open, language: str) -> None:
    stranger = visitor(language=language)
    page = stranger.open("/sign-in")

    for attempt in range(TRIES):
        page.fill("[name=username]", VICTIMS[language])
        page.fill("[name=password]", f"wrong-{attempt}")
        page.locator("main button").click()
        if attempt < TRIES - 1:
            wrong = stranger.say("User name and password do not fit together.")
            expect(page.locator("main")).to_contain_text(wrong)
    locked = page.locator("main").inner_text()
    stranger.fit()
    page.goto("/sign-in")
    page.fill("[name=username]", VICTIMS[language])
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").click()

    expect(page.locator("main")).to_have_text(re.compile(re.escape(locked.splitlines()[-1])))
    page.goto("/today")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_an_invitation_makes_an_account_with_its_post(visitor: Open, language: str) -> None:
    mei = visitor("mei", language=language)
    page = mei.open("/units/baoshi-community")
    page.locator("#invite [name=label]").fill("新来的网格员")
    page.locator("#invite [name=role]").select_option("grid_worker")
    mei.button("Make the link").click()
    link = page.locator("main code").inner_text()
    mei.fit()

    newcomer = visitor(language=language)
    page = newcomer.open(link)
    page.fill("[name=username]", f"newcomer-{language}")
    page.fill("[name=name_zh]", "陈新")
    page.fill("[name=name_en]", "Chen Xin")
    page.fill("[name=password]", "short")
    newcomer.button("Create my account").click()
    expect(page.locator("[data-error-summary], .tz-error").first).to_be_visible()
    expect(page.locator("[name=username]")).to_have_value(f"newcomer-{language}")
    newcomer.fit()
    page.fill("[name=password]", "three-little-boats")
    newcomer.button("Create my account").click()

    expect(page).to_have_url(f"{newcomer.site.address}/me")
    expect(page.locator("main")).to_contain_text(newcomer.say_unit("baoshi-community"))
    expect(page.locator("main")).to_contain_text(newcomer.say("grid worker"))
    used = visitor(language=language)
    answer = used.page.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(used.page.locator("main")).to_contain_text(
        used.say("This invitation was used already. If it was you, sign in.")
    )

    page.locator(".tz-bar [name=language]").click()
    other = "zh-Hans" if language == "en" else "en"
    expect(page.locator("html")).to_have_attribute("lang", other)
    again = visitor(language=language)
    again.sign_in(f"newcomer-{language}", password="three-little-boats")
    expect(again.page.locator("html")).to_have_attribute("lang", other)


def test_the_post_is_changed_without_signing_out(visitor: Open, language: str) -> None:
    ye = visitor("ye", language=language)
    page = ye.open("/tasks")

    page.locator(".tz-who").click()
    page.locator(".tz-posts").get_by_text(ye.say_unit("xh-command")).click()

    expect(page).to_have_url(f"{ye.site.address}/tasks")
    expect(page.locator(".tz-who-text")).to_contain_text(ye.say_unit("xh-command"))
    page.goto("/today")
    expect(page.locator("main")).to_contain_text(ye.say("department liaison"))


def test_somebody_signed_out_comes_back_to_the_page_that_was_wanted(
    visitor: Open, language: str
) -> None:
    mei = visitor("mei", language=language)
    page = mei.open("/tasks?late=1")
    page.locator(".tz-who").click()
    page.locator(".tz-posts").get_by_role("button", name=mei.say("Sign out")).click()
    expect(page).to_have_url(f"{mei.site.address}/sign-in")

    page.goto("/tasks?late=1")
    page.fill("[name=username]", "mei")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").click()

    expect(page).to_have_url(f"{mei.site.address}/tasks?late=1")
