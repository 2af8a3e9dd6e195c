"""The shell: for visitors and for those who are signed in, with whatever addresses exist."""

from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(f"{name}/", nothing, name=name)
    for name in ("today", "tasks", "public", "sign-in", "sign-out", "set-language", "switch-post")
]
pytestmark = pytest.mark.urls(__name__)


def signed_in(exercise: str = "") -> SimpleNamespace:
    unit = SimpleNamespace(name_en="Cuiyuan Street Office", name_zh="翠苑街道办事处")
    post = SimpleNamespace(id="p1", unit=unit, get_role_display="street coordinator")
    return SimpleNamespace(
        person=SimpleNamespace(name_en="Lin Yue", name_zh="林悦"),
        post=post,
        posts=[post],
        unread=3,
        exercise=exercise,
        can={},
    )


def page(session: object = None, address: str = "/tasks/42", **context: object) -> str:
    request = RequestFactory().get(address)
    return render_to_string("ui/base.html", {"session": session, **context}, request)


def test_a_visitor_sees_the_public_way_in_and_no_inner_links() -> None:
    html = page()

    assert 'href="/public/"' in html
    assert 'href="/sign-in/"' in html
    assert 'href="/tasks/"' not in html


def test_somebody_signed_in_sees_the_rooms_that_exist() -> None:
    html = page(signed_in())

    assert 'href="/today/"' in html
    assert "Lin Yue" in html
    assert "Cuiyuan Street Office" in html
    assert "Ledger" not in html


def test_the_room_one_is_in_is_marked() -> None:
    assert '<a href="/tasks/" aria-current="page">' in page(signed_in(), "/tasks/42")
    assert '<a href="/tasks/" aria-current="page">' not in page(signed_in(), "/tasksmith/")


def test_the_language_switch_offers_the_other_language_and_comes_back() -> None:
    english = page(address="/tasks/?q=a")
    with translation.override("zh-hans"):
        chinese = page()

    assert '<html lang="en">' in english
    assert 'value="zh-hans" lang="zh-Hans">中文</button>' in english
    assert 'name="next" value="/tasks/?q=a"' in english
    assert '<html lang="zh-Hans">' in chinese
    assert 'value="en" lang="en">English</button>' in chinese
    assert "跳到正文" in chinese


def test_an_exercise_is_told_from_the_real_thing_on_every_page() -> None:
    assert "Exercise, not a real event: Spring drill" in page(signed_in("Spring drill"))
    assert "Exercise" not in page(signed_in())


def test_messages_are_shown_in_their_tone() -> None:
    html = page(
        messages=[Message(constants.SUCCESS, "It was sent."), Message(constants.ERROR, "<b>No")]
    )

    assert 'tz-tone-green" data-message="success" role="status"' in html
    assert 'tz-tone-red" data-message="error" role="alert"' in html
    assert "&lt;b&gt;No" in html


def test_no_script_is_written_into_the_page() -> None:
    html = page(signed_in())

    scripts = html.split("<script")[1:]
    assert all(part.startswith((" defer src=", ' id="tz-words" type="application/json"'))
               for part in scripts)  # fmt: skip
    assert " onclick=" not in html
    assert "http://" not in html
    assert "https://" not in html


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_error_pages_can_be_shown_when_nothing_else_works(code: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{code}.html")

    assert "<h1>" in html
    assert "</html>" in html


def test_the_last_error_page_needs_no_other_file() -> None:
    html = render_to_string("500.html")

    assert "static" not in html
    assert "服务器出错" in html


def test_a_refusal_is_said_on_its_page() -> None:
    assert "Ask the street first." in render_to_string("403.html", {"refusal": "Ask the street first."})  # fmt: skip  # noqa: E501


def test_a_form_page_is_narrow_and_has_the_same_shell() -> None:
    html = render_to_string("ui/narrow.html", {}, RequestFactory().get("/"))

    assert "tz-narrow" in html
    assert 'id="messages"' in html
