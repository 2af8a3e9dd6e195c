"""Every page and fragment of the room answers, in both languages, and answers another
organisation with 404."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from unit.incidents.conftest import AT, DAY

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Decision, Incident, Measure, Signal, WorkingGroup
from tongzhou.incidents.pages.steps import STEPS

SignedIn = Callable[[Post], Client]
ROOM = (
    "incident",
    "incident-situation",
    "incident-people",
    "incident-decisions",
    "incident-timeliness",
    "incident-acts",
    "counts-new",
)
PARTS = {
    "incident": "overview",
    "incident-situation": "situation",
    "incident-people": "people",
    "incident-decisions": "decisions",
    "incident-timeliness": "timeliness",
    "incident-acts": "acts",
}
both_languages = pytest.mark.parametrize("language", ["en", "zh-hans"])


@pytest.fixture
def open_page(signed_in: SignedIn) -> Callable[..., Any]:
    """``open_page(post, url, language)``"""

    def get(post: Post, url: str, language: str = "en", **headers: str) -> Any:
        client = signed_in(post)
        client.post(reverse("set-language"), {"language": language, "next": "/"})
        return client.get(url, headers=headers)

    return get


@both_languages
@pytest.mark.parametrize("name", ROOM)
def test_each_tab_of_the_room(
    cast: Cast, full: Incident, open_page: Callable[..., Any], name: str, language: str
) -> None:
    response = open_page(cast.shen, reverse(name, args=[full.code]), language)

    assert response.status_code == 200
    title = full.title_zh if language == "zh-hans" else full.title_en
    assert title in response.content.decode()


@pytest.mark.parametrize("name", ROOM)
def test_each_tab_is_there_before_anything_happened(
    cast: Cast, incident: Incident, at: None, open_page: Callable[..., Any], name: str
) -> None:
    assert open_page(cast.shen, reverse(name, args=[incident.code])).status_code == 200


@pytest.mark.parametrize("name", PARTS)
def test_each_tab_shows_level_and_phase(
    cast: Cast, full: Incident, open_page: Callable[..., Any], name: str
) -> None:
    content = open_page(cast.shen, reverse(name, args=[full.code])).content.decode()
    subtitle = content.split('class="tz-subtitle"')[1].split('class="tz-tabs"')[0]

    assert full.get_grade_display() in subtitle
    assert full.get_phase_display() in subtitle


def test_without_a_decision_none_was_carried_out(
    cast: Cast, incident: Incident, at: None, open_page: Callable[..., Any]
) -> None:
    content = open_page(cast.shen, reverse("incident", args=[incident.code])).content.decode()

    assert "No decision has been recorded yet." in content
    assert "has been carried out" not in content


def test_when_all_decisions_are_carried_out_the_overview_says_so(
    cast: Cast, full: Incident, open_page: Callable[..., Any]
) -> None:
    Decision.objects.filter(incident=full).update(completed_at=AT + DAY)

    content = open_page(cast.shen, reverse("incident", args=[full.code])).content.decode()

    assert "Every decision that was recorded has been carried out." in content


@pytest.mark.parametrize("name", PARTS)
def test_each_tab_gives_its_live_part_alone(
    cast: Cast, full: Incident, open_page: Callable[..., Any], name: str
) -> None:
    headers = {"HX-Request": "true", "HX-Target": PARTS[name]}

    response = open_page(cast.shen, reverse(name, args=[full.code]), **headers)

    content = response.content.decode()
    assert f'data-live="incident:{full.id}"' in content
    assert "<html" not in content


@pytest.mark.parametrize("name", ROOM)
def test_another_organisation_finds_no_tab(
    cast: Cast, full: Incident, open_page: Callable[..., Any], name: str
) -> None:
    assert open_page(cast.ou, reverse(name, args=[full.code])).status_code == 404


@pytest.mark.parametrize(
    ("language", "ends", "is_due"), [("en", "ends in", "due in"), ("zh-hans", "后结束", "剩余")]
)
def test_what_holds_until_then_ends_and_what_is_to_be_done_is_due(
    cast: Cast, full: Incident, open_page: Callable[..., Any], language: str, ends: str, is_due: str
) -> None:
    Decision.objects.filter(incident=full).update(due_at=AT + 8 * DAY)
    Measure.objects.filter(incident=full).update(expires_at=AT + 6 * DAY)

    page = open_page(cast.shen, reverse("incident-decisions", args=[full.code]), language)

    text = " ".join(re.sub("<[^>]+>", "", page.content.decode()).split())
    assert text.count(ends) == 1
    assert text.count(is_due) == 1


def test_a_level_that_is_over_has_ended(
    cast: Cast, full: Incident, open_page: Callable[..., Any]
) -> None:
    full.grades.update(expires_at=AT + DAY)

    page = open_page(cast.shen, reverse("incident", args=[full.code]))

    text = " ".join(re.sub("<[^>]+>", "", page.content.decode()).split())
    assert "ended 2 d ago" in text


@both_languages
@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("dialog", [False, True], ids=["page", "dialog"])
def test_each_form_of_an_act(
    cast: Cast,
    full: Incident,
    group: WorkingGroup,
    decision: Decision,
    measure: Measure,
    open_page: Callable[..., Any],
    verb: str,
    language: str,
    dialog: bool,
) -> None:
    objects = {"group": group, "decision": decision, "measure": measure}
    about = STEPS[verb].about
    args = [full.code, verb, *([objects[about].id] if about in objects else [])]
    url = reverse("incident-step-on" if about in objects else "incident-step", args=args)
    headers = {"HX-Request": "true", "HX-Target": "step"} if dialog else {}

    mine = open_page(cast.shen, url, language, **headers)
    theirs = open_page(cast.ou, url, language)
    refused = open_page(cast.gu if verb != "grade" else cast.lou, url, language)

    assert mine.status_code == 200
    assert ("<html" in mine.content.decode()) != dialog
    assert theirs.status_code == 404
    assert refused.status_code == 403


def test_an_unknown_act_is_not_found(
    cast: Cast, full: Incident, open_page: Callable[..., Any]
) -> None:
    url = reverse("incident-step", args=[full.code, "explode"])
    without_object = reverse("incident-step", args=[full.code, "measure-lift"])

    assert open_page(cast.shen, url).status_code == 404
    assert open_page(cast.shen, without_object).status_code == 404


@both_languages
@pytest.mark.parametrize("name", ["incidents", "incident-new", "signals", "ledger"])
def test_lists_and_the_ledger(
    cast: Cast, full: Incident, open_page: Callable[..., Any], name: str, language: str
) -> None:
    assert open_page(cast.shen, reverse(name), language).status_code == 200


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("incidents", "incident-list", "incident-rows"),
        ("signals", "signal-list", "signal-rows"),
        ("ledger", "ledger-state", "tz-stats"),
    ],
)
def test_lists_give_their_live_part_alone(
    cast: Cast,
    full: Incident,
    open_page: Callable[..., Any],
    name: str,
    target: str,
    expected: str,
) -> None:
    headers = {"HX-Request": "true", "HX-Target": target}

    content = open_page(cast.shen, reverse(name), **headers).content.decode()

    assert expected in content
    assert "<html" not in content


@both_languages
def test_a_signal_for_its_assessor_and_for_nobody_else(
    cast: Cast, full: Incident, signal: Signal, open_page: Callable[..., Any], language: str
) -> None:
    url = reverse("signal", args=[signal.ticket])

    mine = open_page(cast.ye, url, language)

    assert mine.status_code == 200
    assert signal.text in mine.content.decode()
    assert "13800000000" not in mine.content.decode()
    assert open_page(cast.ou, url).status_code == 404
    assert open_page(cast.mei, url).status_code == 404


@both_languages
def test_public_pages_need_no_account(
    client: Client, full: Incident, signal: Signal, language: str
) -> None:
    client.post(reverse("set-language"), {"language": language, "next": "/"})
    urls = [
        reverse("home"),
        reverse("public"),
        reverse("public-incident", args=[full.code]),
        reverse("report-signal"),
        reverse("ticket"),
        reverse("ticket") + f"?number={signal.ticket}",
        reverse("area-pick") + "?area_q=hang",
    ]

    assert [client.get(url).status_code for url in urls] == [200] * len(urls)


def test_what_is_not_public_is_not_shown(client: Client, full: Incident) -> None:
    Incident.objects.filter(id=full.id).update(public=False)

    assert client.get(reverse("public-incident", args=[full.code])).status_code == 404
    assert full.title_en not in client.get(reverse("public")).content.decode()


def test_the_public_page_sends_whoever_is_signed_in_to_work(
    cast: Cast, signed_in: SignedIn
) -> None:
    response = signed_in(cast.shen).get(reverse("home"))

    assert (response.status_code, response["Location"]) == (302, reverse("today"))


@pytest.mark.parametrize("name", ["incidents", "signals", "incident-new", "ledger"])
def test_visitors_are_asked_to_sign_in(client: Client, db: None, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert reverse("sign-in") in response["Location"]


def test_the_page_of_an_area_tells_what_concerns_it(
    cast: Cast, full: Incident, measure: Measure, open_page: Callable[..., Any]
) -> None:
    def content(post: Post, code: str) -> str:
        return str(open_page(post, reverse("area", args=[code])).content.decode())

    district = content(cast.shen, "330106")
    elsewhere = content(cast.shen, "3303")
    outsider = content(cast.ou, "3301")

    assert full.title_en in district
    assert measure.title_en in district
    assert measure.title_en not in elsewhere
    assert "7 confirmed cases" in elsewhere
    assert full.title_en not in outsider
    assert measure.title_en in outsider
