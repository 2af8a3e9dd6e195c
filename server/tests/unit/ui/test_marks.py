"""Icons, badges, chips, times and figures inside a line."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from tongzhou.ui.components import marks
from tongzhou.ui.components.escaping import esc
from tongzhou.ui.icons import ICONS
from tongzhou.ui.tones import TONES, tone_of

NOW = datetime(2020, 1, 23, 4, 30, tzinfo=UTC)
UNIT = SimpleNamespace(name_en="Xihu District Government", name_zh="西湖区人民政府", sector="cdc")


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label() -> None:
    silent, spoken = marks.icon("check"), marks.icon("check", label="Done")

    assert 'aria-hidden="true"' in silent
    assert "visually-hidden" not in silent
    assert '<span class="visually-hidden">Done</span>' in spoken


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(marks.UnknownIconError):
        marks.icon("no-such-icon")


def test_every_sector_has_an_icon_that_exists() -> None:
    assert set(marks.SECTOR_ICONS.values()) <= ICONS


def test_a_badge_takes_its_tone_from_the_value() -> None:
    assert "tz-tone-red" in marks.badge("refused", "Refused")
    assert "tz-tone-purple" in marks.badge("refused", "Refused", tone="purple")
    assert tone_of("never heard of") == "grey"


def test_a_tone_that_the_style_sheet_lacks_is_an_error() -> None:
    with pytest.raises(marks.UnknownToneError):
        marks.badge("seen", "Seen", tone="pink")


def test_every_state_has_a_known_tone() -> None:
    states = ("created", "dispatched", "overdue", "I", "IV", "open", "lifted", "failed")

    assert {tone_of(state) for state in states} <= set(TONES)


def test_labels_are_escaped() -> None:
    assert "<b>" not in marks.badge("seen", "<b>bold</b>")
    assert "<b>" not in marks.chip("<b>bold</b>", url='"><b>')
    assert "<script>" not in render("{% badge 'seen' label %}", label="<script>alert(1)</script>")


def test_escaping_leaves_only_safe_strings_alone() -> None:
    assert esc('<a href="x">') == "&lt;a href=&quot;x&quot;&gt;"
    assert esc(mark_safe("<b>")) == "<b>"
    assert esc(SimpleNamespace(__html__=lambda: "<i>")) == "<i>"
    assert esc(gettext_lazy("Who's there")) == "Who&#x27;s there"
    assert esc(7) == "7"


def test_a_moment_is_shown_in_local_time_with_the_exact_one_beside_it() -> None:
    html = marks.moment(NOW)

    assert ">23 Jan 2020, 12:30</time>" in html
    assert 'datetime="2020-01-23T12:30:00+08:00"' in html
    assert 'title="2020-01-23 12:30:00+08:00"' in html


def test_a_moment_reads_chinese_in_chinese() -> None:
    with translation.override("zh-hans"):
        assert ">2020年1月23日 12:30</time>" in marks.moment(NOW)


def test_what_is_not_known_is_a_dash_that_says_so() -> None:
    nothing = (marks.moment(None), marks.when_ago(None), marks.unit_chip(None))
    for shown in (*nothing, marks.person_chip(None)):
        assert 'aria-label="not known"' in shown


@pytest.mark.parametrize(
    ("left", "css", "words"),
    [
        (timedelta(hours=-14), "tz-due-overdue", "overdue by 14 h"),
        (timedelta(minutes=30), "tz-due-soon", "due in 30 min"),
        (timedelta(hours=5), "tz-due-today", "due in 5 h"),
        (timedelta(days=3), "tz-due-later", "due in 3 d"),
    ],
)
def test_a_due_time_says_what_is_left(left: timedelta, css: str, words: str) -> None:
    html = marks.due(NOW + left, NOW)

    assert css in html
    assert words in html


def test_a_due_time_of_another_year_keeps_its_year_once_the_work_is_done() -> None:
    later = NOW + timedelta(days=366)

    assert ">23 Jan, 12:30</time>" in marks.due(NOW, NOW, done=True)
    assert ">23 Jan 2020, 12:30</time>" in marks.due(NOW, later, done=True)


def test_a_due_time_is_quiet_once_the_work_is_done() -> None:
    html = marks.due(NOW - timedelta(days=1), NOW, done=True)

    assert "tz-due-done" in html
    assert "overdue" not in html


def test_no_due_time_is_said() -> None:
    assert "no due time" in marks.due(None, NOW)


def test_the_tags_use_the_moment_the_page_was_made_for() -> None:
    html = render("{% due at %} {% when_ago at %}", at=NOW - timedelta(hours=3), now=NOW)

    assert "overdue by 3 h" in html
    assert "3 h ago" in html


def test_the_name_follows_the_language_and_falls_back_to_the_other() -> None:
    nameless = SimpleNamespace(name_en="", name_zh="翠苑街道")

    assert marks.localised(UNIT) == "Xihu District Government"
    assert marks.localised(nameless) == "翠苑街道"
    assert marks.localised({"title_en": "Gate", "title_zh": "大门"}, "title") == "Gate"
    assert marks.localised("as it is") == "as it is"
    assert marks.localised(None) == ""
    with translation.override("zh-hans"):
        assert marks.localised(UNIT) == "西湖区人民政府"


def test_a_text_in_one_language_says_which_to_a_reader_of_the_other() -> None:
    chinese, english = "《民法典》<第285条>", "Opinion of 2020"

    assert marks.in_own_language(chinese) == (
        '<span lang="zh-Hans">《民法典》&lt;第285条&gt;</span>'
        ' <span class="tz-muted">(in Chinese)</span>'
    )
    assert marks.in_own_language(english) == english
    with translation.override("zh-hans"):
        assert marks.in_own_language(chinese) == "《民法典》&lt;第285条&gt;"
        assert marks.in_own_language(english) == '<span lang="en">Opinion of 2020</span>'
    assert marks.in_own_language("") == ""


def test_a_unit_shows_the_icon_of_its_sector_and_a_link_where_it_has_a_page() -> None:
    assert "#i-flask" in marks.unit_chip(UNIT)
    assert marks.unit_chip(UNIT).startswith("<span")
    assert 'href="/units/x"' in marks.unit_chip(UNIT, url="/units/x")


def test_a_person_shows_the_first_letter() -> None:
    person = SimpleNamespace(name_en="Lin Yue", name_zh="林悦")

    assert ">L</i><span>Lin Yue</span>" in marks.person_chip(person)
    assert 'href="/p"' in marks.person_chip(person, url="/p")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (0, "0"), (1234567, "1,234,567"), (87.44, "87.4"), (3.0, "3")],
)
def test_figures_are_grouped(value: float | None, words: str) -> None:
    assert marks.number(value) == words


def test_progress_survives_an_empty_total() -> None:
    assert 'aria-valuenow="0"' in marks.progress(0, 0)
    assert 'aria-valuenow="30"' in marks.progress(12, 40)
    assert 'aria-valuenow="100"' in marks.progress(99, 40)
    assert "12 of 40" in marks.progress(12, 40)


def test_the_copy_button_holds_the_text_escaped() -> None:
    assert 'data-copy="a&quot;b"' in marks.copy_button('a"b')
