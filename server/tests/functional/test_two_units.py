"""Two organisations at work on one task, each in a browser of its own: what one does the other
sees without reload."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from .conftest import Open
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.node]
COUNT = itertools.count(1)
#: A loaded machine is slow now and then; the promise is a second, and each journey must keep it
#: at least once (``make bench`` measures it).
PROMISE = 1.0


def a_title(words: str) -> str:
    """A title that no other test uses."""
    return f"{words}{next(COUNT)}号"


def item(reader: Visitor, title: str) -> Locator:
    """The task among what waits on Today."""
    return reader.page.locator(".tk-item", has_text=title)


def test_a_task_is_asked_accepted_done_and_confirmed(
    visitor: Open, language: str, record_property: Callable[[str, object], None]
) -> None:
    lou, mei = visitor("lou", language=language), visitor("mei", language=language)
    title = a_title("为独居老人送药")
    mei.open("/today")
    mei.live()

    lou.open("/tasks/new")
    lou.page.fill("[name=title]", title)
    lou.pick("lead", lou.say_unit("baoshi-community"))
    lou.page.locator("label:has([name=due][value='2h'])").click()
    lou.page.locator("label:has([name=basis][value=order])").click()
    mei.watch("#today", title)
    asked_at = lou.now()
    lou.button("Dispatch").click()
    lags = [mei.seen_at() - asked_at]
    expect(lou.page.locator("h1")).to_have_text(title)
    lou.live()

    def step(words: str, becomes: str, press: Locator) -> None:
        """The community acts; the commander reads the new state."""
        lou.watch(".tk-now-head", lou.say(becomes))
        acted_at = mei.now()
        press.click()
        lags.append(lou.seen_at() - acted_at)

    waiting = item(mei, title)
    step("Accept", "accepted", waiting.get_by_role("button", name=mei.say("Accept")))
    expect(waiting.get_by_role("button", name=mei.say("Start"))).to_be_visible()
    step("Start", "in progress", waiting.get_by_role("button", name=mei.say("Start")))
    waiting.get_by_role("link", name=title).click()
    mei.live()
    mei.button("Report as done").click()
    mei.fit()
    mei.dialog.locator("[name=result]").fill("十二户都已送到")
    lou.watch(".tk-now-head", lou.say("done"))
    done_at = mei.now()
    mei.send("Report as done")
    lags.append(lou.seen_at() - done_at)
    expect(lou.page.locator("#task")).to_contain_text("十二户都已送到")
    mei.watch(".tk-now-head", mei.say("confirmed"))
    confirmed_at = lou.now()
    lou.button("Confirm").click()
    lags.append(mei.seen_at() - confirmed_at)

    by = {lou.say_unit("hz-command"): 0, lou.say_unit("baoshi-community"): 0}
    for line in lou.page.locator("#acts .tk-history > li").all():
        expect(line.locator("time")).to_have_count(1)
        expect(line).to_contain_text(lou.say("By order"))
        who = next(name for name in by if line.inner_text().startswith(name))
        by[who] += 1
    assert list(by.values()) == [3, 3], "drafted, dispatched, confirmed; accepted, started, done"
    assert min(lags) < PROMISE, f"seen after {lags} s"
    record_property("seconds until the other saw it", [round(lag, 2) for lag in lags])


def test_a_refused_task_goes_on_to_the_better_owner_in_one_step(
    visitor: Open, language: str
) -> None:
    lou, mei = visitor("lou", language=language), visitor("mei", language=language)
    ye = visitor("ye", language=language)
    title = a_title("转运发热病人")
    lou.open("/today")
    lou.asks(title, of="baoshi-community")
    lou.live()
    ye.open("/today")
    ye.live()
    mei.open("/today")

    lou.watch("#today", title)
    item(mei, title).get_by_role("button", name=mei.say("Refuse")).click()
    mei.pick("better_owner", mei.say_unit("beishan-street"))
    mei.fit()
    mei.dialog.locator("[name=reason]").fill("社区没有车辆")
    mei.send("Refuse")

    decide = lou.page.locator(".tk-item", has_text="社区没有车辆")
    expect(decide).to_contain_text(lou.say_unit("beishan-street"))
    ye.watch("#today", title)
    decide.get_by_role("button", name=lou.say("Forward")).click()
    expect(lou.dialog.locator("[data-picker] input[role=combobox]")).to_have_value(
        lou.say_unit("beishan-street")
    )
    lou.dialog.locator("[name=reason]").fill("街道有车")
    lou.send("Forward")

    ye.seen_at()
    expect(item(ye, title).get_by_role("button", name=ye.say("Accept"))).to_be_visible()
    expect(item(lou, title).get_by_role("button", name=lou.say("Forward"))).to_have_count(0)


def test_of_two_who_act_at_once_one_wins_and_the_other_reads_why(
    visitor: Open, language: str
) -> None:
    lou, mei = visitor("lou", language=language), visitor("mei", language=language)
    title = a_title("发放口罩")
    lou.open("/today")
    number = lou.asks(title, of="baoshi-community")
    # Mei's page learns nothing of what happens meanwhile.
    mei.context.route("**/live?*", lambda route: route.abort())
    mei.open(f"/tasks/{number}")
    lou.open(f"/tasks/{number}")

    lou.page.locator(
        "main .dropdown [data-bs-toggle], main [data-bs-toggle=dropdown]"
    ).first.click()
    lou.page.locator(".dropdown-menu.show").get_by_text(lou.say("Withdraw")).click()
    lou.dialog.locator("[name=reason]").fill("由市里统一发放")
    lou.send("Withdraw")
    mei.button("Accept").click()

    refused = mei.page.locator("#task [data-refusal]")
    expect(refused).to_be_visible()
    mei.fit()
    expect(refused).to_contain_text(mei.say("withdrawn"))
    expect(mei.page.locator(".tk-now-head")).to_contain_text(mei.say("withdrawn"))
    expect(mei.button("Accept")).to_have_count(0)
