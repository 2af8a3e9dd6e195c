"""The sentences of the refusals of surveys and codings."""

import importlib
import pkgutil
from string import Formatter

import pytest

import actscope.survey
from actscope.errors import InputError, refusals

for module in pkgutil.iter_modules(actscope.survey.__path__, "actscope.survey."):
    importlib.import_module(module.name)
OURS = sorted(
    (one for one in refusals() if one.__module__.startswith("actscope.survey.")),
    key=lambda one: one.code,
)


def places(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("refusal", OURS, ids=lambda refusal: refusal.code)
def test_both_languages_name_the_same_places(refusal: type[InputError]) -> None:
    assert places(refusal.en) == places(refusal.zh)


def test_each_code_means_one_thing() -> None:
    codes = [refusal.code for refusal in OURS]

    assert len(codes) == len(set(codes)) > 25
