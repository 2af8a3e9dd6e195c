"""Act types are declared once, in the past tense, with both sentences."""

import pytest
from django.utils import translation

from tongzhou.ledger import types


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "_DECLARED", {})


@pytest.mark.parametrize("name", ["task", "task.done", "Task.done.v1", "task.done.v0", ""])
def test_a_malformed_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="malformed"):
        types.declare(name, en="", zh="")


def test_a_taken_name_is_refused() -> None:
    types.declare("test.noted.v1", en="noted", zh="记录")

    with pytest.raises(ValueError, match="twice"):
        types.declare("test.noted.v1", en="noted", zh="记录")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        types.declare("test.kind.v1", kind="chat", en="", zh="")


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "A told B"), ("zh-hans", "A告知B"), ("fr", "A told B")]
)
def test_the_sentence_is_in_the_readers_language(language: str, sentence: str) -> None:
    told = types.declare("test.told.v1", en="{by} told {with_units}", zh="{by}告知{with_units}")

    with translation.override(language):
        assert told.sentence(by="A", with_units="B") == sentence


def test_a_type_that_is_no_longer_declared_is_not_found() -> None:
    assert types.find("test.forgotten.v1") is None
