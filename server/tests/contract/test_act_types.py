"""The acts that rooms declare: named after the past, with a sentence in both languages."""

import importlib
import importlib.util
import pkgutil
import re

import pytest
from django.utils import translation

import tongzhou
from tongzhou.ledger import types

for room in pkgutil.iter_modules(tongzhou.__path__):
    if importlib.util.find_spec(f"tongzhou.{room.name}.acts"):
        importlib.import_module(f"tongzhou.{room.name}.acts")

DECLARED = sorted(types.declared().values(), key=lambda declared: declared.name)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_declared_type_has_a_sentence(declared: types.ActType, language: str) -> None:
    with translation.override(language):
        sentence = declared.sentence(by="[BY]", with_units="[WITH]")

    assert sentence
    assert not set("{}") & set(sentence)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
def test_both_sentences_name_the_same(declared: types.ActType) -> None:
    def places(sentence: str) -> list[str]:
        return sorted(re.findall(r"{(\w+)}", sentence))

    assert places(declared.en) == places(declared.zh)


def test_no_type_is_of_a_room_that_is_not_there() -> None:
    assert len(DECLARED) > 20
    assert {declared.kind for declared in DECLARED} - {""} <= set(types.KINDS)
