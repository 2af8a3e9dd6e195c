"""The gallery shows every component, in both languages."""

import re
from pathlib import Path

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.utils import translation

from tongzhou import ui
from tongzhou.ui.pages import gallery
from tongzhou.ui.templatetags.ui import registered

pytestmark = pytest.mark.urls("tongzhou.ui.urls")
TEMPLATES = Path(ui.__file__).parent / "templates"
FRAGMENT = {"HX-Request": "true", "HX-Target": "sample-list"}


def shown(
    address: str = "/gallery", language: str = "en", headers: dict[str, str] | None = None
) -> str:
    with translation.override(language):
        response = gallery(RequestFactory().get(address, headers=headers))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_opens_in_both_languages(language: str) -> None:
    html = shown(language=language)

    assert html.count("tz-badge") > 20
    assert "tz-chart" in html


def test_the_chinese_gallery_has_no_english_words_left() -> None:
    html = shown(language="zh-hans")

    body = re.sub(
        r"<(script|style|kbd|template)\b.*?</\1>|<[^>]+>",
        " ",
        html[html.index("<main") :],
        flags=re.S,
    )
    words = set(re.findall(r"[A-Za-z]{4,}", body))

    tones = {"grey", "blue", "cyan", "teal", "green", "yellow", "orange", "purple"}
    assert words <= tones | {"Tongzhou", "Apache", "Asia", "Shanghai", "Enter"}


def test_the_list_is_a_fragment_of_its_own() -> None:
    html = shown("/gallery?q=market", headers=FRAGMENT)

    assert "<html" not in html
    assert html.count("<tr data-href") == 1


def test_messages_can_be_tried() -> None:
    request = RequestFactory().get("/gallery?say=1")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]

    html = gallery(request).content.decode()

    assert "The task was dispatched." in html
    assert 'data-message="error" role="alert"' in html


def test_a_filter_that_nothing_fits_says_so() -> None:
    html = shown("/gallery?q=zzz", headers=FRAGMENT)

    assert "No task fits these filters" in html


def test_every_tag_is_in_the_gallery_or_the_shell() -> None:
    from_templates = _template_source()

    unused = {
        name
        for name in registered()
        if not re.search(rf"{{%\s*{name}\b|\|{name}\b", from_templates)
    }

    assert unused <= {"live", "query_string", "field", "loading", "word"}


def _template_source() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
