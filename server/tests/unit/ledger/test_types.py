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


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"lead": "C", "assisting": "D, E"}, "A sent it to C; to assist: D, E"),
        ({"lead": "C"}, "A sent it to C"),
        ({}, "A sent it to B"),
    ],
)
def test_a_sentence_names_units_of_the_acts_data(named: dict[str, str], sentence: str) -> None:
    sent = types.declare(
        "test.sent.v1",
        en="{by} sent it to {lead}[; to assist: {assisting}]",
        zh="{by}发给{lead}[，由{assisting}协办]",
    )

    assert sent.named == {"lead", "assisting"}
    assert sent.sentence(by="A", with_units="B", **named) == sentence


def test_a_type_that_is_no_longer_declared_is_not_found() -> None:
    assert types.find("test.forgotten.v1") is None
