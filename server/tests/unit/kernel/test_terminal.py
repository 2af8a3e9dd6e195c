"""Words on a terminal."""

import pytest

from tongzhou.kernel.terminal import Fault, language, words


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "TONGZHOU_LANGUAGE": "zh-hans"}, "zh-hans"),
        ({"LC_MESSAGES": "zh_TW", "LC_ALL": ""}, "zh-hans"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def test_sentences_come_in_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "The database in %(folder)s was made by another user of this machine."

    monkeypatch.setenv("TONGZHOU_LANGUAGE", "en")
    english = words("kernel")(sentence)
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "zh-hans")
    chinese = words("kernel")(sentence)

    assert english == sentence
    assert chinese == "%(folder)s 中的数据库由本机的其他用户建立。"


def test_nothing_is_nothing_in_any_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGZHOU_LANGUAGE", "zh-hans")

    assert words("kernel")("") == ""


def test_a_fault_has_a_code_and_a_sentence() -> None:
    fault = Fault("no-luck", "It did not work.")

    assert (fault.code, str(fault)) == ("no-luck", "It did not work.")
