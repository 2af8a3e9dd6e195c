"""A resident asks on a phone, without an account; the desk dispatches, the street answers, the
desk closes and calls back, the resident judges in two taps. Every page on the way is fit for
everybody, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]


def ask(resident: Visitor, text: str) -> str:
    """Asks on a phone; returns the number."""
    page = resident.open("/ask")
    resident.fit()
    page.fill("[name=text]", text)
    area = "Hangzhou" if resident.language == "en" else "杭州市"
    page.locator(".in-area-option", has_text=area).click()
    expect(page.locator(".in-area-way strong")).to_have_text(area)
    page.fill("[name=contact_phone]", "13900000000")
    page.locator(".btn-primary", has_text=resident.say("Send")).click()
    number = page.locator(".in-ticket-number").inner_text()
    resident.fit()
    return number


def step(worker: Visitor, ticket: str, verb: str, words: str, **typed: str) -> None:
    """An act on the page of its own, which is there without script too: news that arrive
    meanwhile change nothing on it."""
    page = worker.open(f"{ticket}/{verb}")
    worker.fit()
    for name, text in typed.items():
        page.fill(f"main [name={name}]", text)
    if verb == "forward":
        worker.pick("to", worker.say_unit("beishan-street"))
    if verb == "call_back":
        page.locator("main [name=reached][value=no]").check()
    page.get_by_role("main").get_by_role("button", name=worker.say(words), exact=True).click()
    expect(page).to_have_url(ticket)


def test_a_matter_goes_from_a_phone_to_the_street_and_back(visitor: Open, language: str) -> None:
    resident = visitor(language=language, phone=True)
    desk, street = visitor("lou", language=language), visitor("ye", language=language)
    text = f"五天没有人收垃圾（{language}）"

    number = ask(resident, text)

    desk.open("/hotline")
    desk.fit()
    desk.page.get_by_role("link", name=text).click()
    expect(desk.page.locator("#task")).to_be_visible()
    ticket = desk.page.url
    step(desk, ticket, "forward", "Dispatch to…", reason="属北山街道职责")

    street.open(ticket)
    street.button("Accept", inside="#task").click()
    expect(street.button("Answer", inside="#task")).to_be_visible()
    step(street, ticket, "finish", "Answer", result="今天十点已清运")

    desk.open(ticket)
    desk.fit()
    desk.button("Close the ticket", inside="#task").click()
    expect(desk.page.locator("#task")).to_contain_text(desk.say("Record the call-back"))
    step(desk, ticket, "call_back", "Record the call-back")

    page = resident.open(f"/ticket?number={number}")
    expect(page.locator("#ticket")).to_contain_text("今天十点已清运")
    resident.fit()
    page.locator(".tk-two label", has_text=resident.say("Solved")).first.click()
    page.get_by_role("button", name=resident.say("I am satisfied"), exact=True).click()
    expect(page.locator("#judge")).to_have_text(resident.say("Thank you for your evaluation."))
    resident.fit()

    for address in ("/hotline?tab=all", "/hotline/new", "/hotline/rates"):
        desk.open(address)
        desk.fit()
    for address in ("/whistles", "/whistles/new"):
        street.open(address)
        street.fit()
    on_a_phone = visitor("ye", language=language, phone=True)
    for address in ("/whistles/new", "/hotline", "/hotline/rates"):
        on_a_phone.open(address)
        on_a_phone.fit()
    assert re.fullmatch(r"TZ-\w{4}-\w{4}", number)
