"""Words are extracted, merged, compiled and checked room by room."""

import gettext
from pathlib import Path

import pytest

from tongzhou.ui import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Task")
LINE = f"<b>{_('Inside')}</b>" f"{_(TITLE)}"
def words(n): return ngettext("%(n)s unit", "%(n)s units", n), pgettext("map", "Layer")
"""
TEMPLATE = """
<h1>{% translate "Who's there" %}</h1>
      {% blocktranslate with name=unit.name %}Sent to {{ name }}{% endblocktranslate %}
  {% badge state _("Done") %} {% comment %}{% translate "not this" %}{% endcomment %}
<p>It's 50% (unbalanced " quotes
"""
ALL = {"Task", "Inside", "%(n)s unit", "Layer", "Who's there", "Sent to %(name)s", "Done"}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A room with some words in Python and in a template."""
    folder = tmp_path / "rooms" / "harbour"
    (folder / "templates" / "harbour").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "pages.py").write_text(PYTHON)
    (folder / "templates" / "harbour" / "page.html").write_text(TEMPLATE)
    return folder


def catalogue(room: Path) -> Path:
    return room / messages.CATALOGUE


def translate(room: Path, **words: str) -> None:
    """Fill in translations, given as English=Chinese with ``_`` for a space."""
    path = catalogue(room)
    text = path.read_text(encoding="utf-8")
    for english, chinese in words.items():
        msgid = english.replace("_", " ")
        assert f'msgid "{msgid}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{chinese}"')
    path.write_text(text, encoding="utf-8")


def complete(room: Path) -> None:
    messages.update(room)
    translate(room, Task="任务", Inside="内部", Layer="图层", Done="完成")
    path = catalogue(room)
    text = path.read_text(encoding="utf-8")
    for english, chinese in (("Who's there", "谁在"), ("Sent to %(name)s", "已发给%(name)s")):
        text = text.replace(f'"{english}"\nmsgstr ""', f'"{english}"\nmsgstr "{chinese}"')
    text = text.replace('msgstr[0] ""', 'msgstr[0] "%(n)s个单位"')
    path.write_text(text, encoding="utf-8")


def reasons(room: Path) -> dict[str, str]:
    return {problem.msgid: problem.reason for problem in messages.problems([room])}


def test_it_finds_words_in_python_and_in_templates(room: Path) -> None:
    found = {messages._key(m)[1] for m in messages.extract(room) if m.id}

    assert found == ALL


def test_the_catalogue_names_files_but_no_lines_machines_or_times(room: Path) -> None:
    messages.update(room)

    text = catalogue(room).read_text(encoding="utf-8")
    assert "#: pages.py\n" in text
    assert "#: templates/harbour/page.html\n" in text
    assert str(room) not in text
    assert "Date" not in text
    assert "Generated" not in text
    assert 'msgctxt "map"' in text


def test_extracting_twice_changes_nothing(room: Path) -> None:
    assert messages.update(room) is True
    before = catalogue(room).read_bytes()

    assert messages.update(room) is False
    assert catalogue(room).read_bytes() == before


def test_moving_a_line_changes_nothing(room: Path) -> None:
    messages.update(room)
    pages = room / "pages.py"
    pages.write_text("\n\n\n" + pages.read_text())

    assert messages.update(room) is False


def test_translations_are_kept_and_a_similar_string_is_not_guessed(room: Path) -> None:
    complete(room)
    pages = room / "pages.py"
    pages.write_text(pages.read_text().replace('_("Task")', '_("Tasks")') + '_("Task")\n')

    messages.update(room)

    text = catalogue(room).read_text(encoding="utf-8")
    assert 'msgid "Task"\nmsgstr "任务"' in text
    assert 'msgid "Tasks"\nmsgstr ""' in text
    assert "fuzzy" not in text


def test_a_word_that_goes_and_comes_back_has_kept_its_translation(room: Path) -> None:
    complete(room)
    pages = room / "pages.py"
    whole = pages.read_text()

    pages.write_text(whole.replace('_("Task")', "0"))
    messages.update(room)
    gone = catalogue(room).read_text(encoding="utf-8")
    pages.write_text(whole)
    messages.update(room)

    assert '#~ msgid "Task"' in gone
    assert 'msgid "Task"\nmsgstr "任务"' in catalogue(room).read_text(encoding="utf-8")


def test_pruning_forgets_what_is_not_used(room: Path) -> None:
    complete(room)
    (room / "pages.py").write_text("")

    messages.update(room, prune=True)

    assert "Task" not in catalogue(room).read_text(encoding="utf-8")
    assert reasons(room) == {}


def test_a_room_without_words_needs_no_catalogue(room: Path) -> None:
    (room / "pages.py").write_text("")
    (room / "templates" / "harbour" / "page.html").write_text("<p>1</p>")

    assert messages.update(room) is False
    assert not catalogue(room).exists()
    assert messages.compile_room(room) is False


def test_a_complete_room_has_no_problem(room: Path) -> None:
    complete(room)

    assert reasons(room) == {}


def test_what_was_never_extracted_is_named(room: Path) -> None:
    assert reasons(room) == dict.fromkeys(ALL, "not extracted (run make messages)")


def test_what_is_not_translated_is_named(room: Path) -> None:
    messages.update(room)

    assert reasons(room) == dict.fromkeys(ALL, "not translated")


def test_a_fuzzy_translation_does_not_count(room: Path) -> None:
    complete(room)
    path = catalogue(room)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Task"', '#, fuzzy\nmsgid "Task"'), encoding="utf-8")

    assert reasons(room) == {"Task": "fuzzy"}


def test_what_is_not_used_any_more_is_named(room: Path) -> None:
    complete(room)
    (room / "pages.py").write_text("")

    assert reasons(room)["Task"] == "obsolete (run make messages)"
    messages.update(room)
    assert reasons(room)["Task"].startswith("obsolete (delete it")


def test_a_lost_place_is_named(room: Path) -> None:
    complete(room)
    path = catalogue(room)
    path.write_text(path.read_text(encoding="utf-8").replace("已发给%(name)s", "已发给%(nmae)s"))

    assert reasons(room) == {"Sent to %(name)s": "places differ in '已发给%(nmae)s'"}


def test_a_place_without_a_name_is_refused(room: Path) -> None:
    (room / "pages.py").write_text('from x import gettext\ngettext("%s of %s")\n')
    (room / "templates" / "harbour" / "page.html").write_text("")
    messages.update(room)
    path = catalogue(room)
    path.write_text(path.read_text().replace('of %s"\nmsgstr ""', 'of %s"\nmsgstr "%s/%s"'))

    assert reasons(room) == {"%s of %s": "has a place without a name"}


def test_two_rooms_may_not_translate_one_word_in_two_ways(room: Path) -> None:
    complete(room)
    other = room.with_name("pier")
    other.mkdir()
    (other / "pages.py").write_text('from x import gettext\ngettext("Task")\n')
    messages.update(other)
    translate(other, Task="工作")

    found = messages.problems([room, other])

    assert [(p.room, p.msgid) for p in found] == [("pier", "Task")]
    assert "translated otherwise in harbour" in found[0].reason


def test_a_word_that_another_room_has_translated_is_taken_over(room: Path) -> None:
    complete(room)
    other = room.with_name("pier")
    other.mkdir()
    (other / "pages.py").write_text('from x import gettext\ngettext("Task")\ngettext("Quay")\n')

    messages.update(other, elsewhere=messages.translated([room]))

    assert reasons(other) == {"Quay": "not translated"}


def test_compiled_words_can_be_read_and_are_compiled_once(room: Path) -> None:
    complete(room)

    assert messages.compile_room(room) is True
    assert messages.compile_room(room) is False
    with catalogue(room).with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("Task") == "任务"
    assert words.pgettext("map", "Layer") == "图层"
    assert words.ngettext("%(n)s unit", "%(n)s units", 5) == "%(n)s个单位"


def test_rooms_are_found_by_name(room: Path) -> None:
    assert messages.rooms(root=room.parent) == [room]
    assert messages.rooms(["harbour"], root=room.parent) == [room]
    with pytest.raises(ValueError, match="attic"):
        messages.rooms(["attic"], root=room.parent)


def test_the_command_line_names_each_problem_and_fails(
    room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(messages, "ROOMS", room.parent)
    monkeypatch.setattr(messages.rooms, "__defaults__", ((), room.parent))

    assert messages.main(["check"]) == 1
    assert "harbour: not extracted (run make messages): 'Task'" in capsys.readouterr().out
    assert messages.main(["extract"]) == 0
    assert "harbour/locale/zh_Hans/LC_MESSAGES/django.po updated" in capsys.readouterr().out
    complete(room)
    assert messages.main(["compile", "harbour"]) == 0
    assert messages.main(["check"]) == 0


def test_the_words_of_the_interface_are_complete() -> None:
    assert messages.problems(messages.rooms(["ui"])) == []
