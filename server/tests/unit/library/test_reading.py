"""Broken files: each fault with its line and field, in the reader's language."""

import pytest
from django.utils import translation

from tongzhou.library.reading import FileUnfit, read

from .conftest import written


def refused(content: bytes) -> list[tuple[int, str, str]]:
    """Line, field and code of everything that is wrong with the file."""
    with pytest.raises(FileUnfit) as unfit:
        read(content, file="masks.yaml")
    return [(fault.line, fault.field, fault.code) for fault in unfit.value.faults]


GOOD = written()
BROKEN = [
    (GOOD.replace(b"kind: guidance", b"kind: guidence"), (1, "kind", "unknown-kind")),
    (GOOD.replace(b"legal_force: guidance\n", b""), (1, "legal_force", "missing")),
    (GOOD.replace(b"confidence: k", b"confidence: z"), (8, "confidence", "unknown-choice")),
    (GOOD.replace(b"2026-01-01", b"2026-13-01"), (5, "valid_from", "value-malformed")),
    (GOOD.replace(b"2026-01-01", b"soon"), (5, "valid_from", "not-a-day")),
    (GOOD.replace(b"en: Masks", b"de: Masken"), (4, "title.en", "missing")),
    (GOOD + b"surprise: 1\n", (15, "surprise", "unknown-field")),
    (GOOD + b"kind: guidance\n", (15, "kind", "field-twice")),
    (GOOD.replace(b"key: wear", b"kei: wear"), (12, "body.items.0.kei", "unknown-field")),
    (GOOD.replace(b"key: wear", b"key: Not a key"), (12, "body.items.0.key", "malformed")),
    (GOOD + b"marks: {items.7: k}\n", (15, "marks.items.7", "mark-of-nothing")),
    (GOOD.replace(b"key: masks", b"key: &a masks\nx: *a"), (3, "", "alias-refused")),
    (GOOD.replace(b"Masks", b"!!python/object:os.system ls"), (4, "title.en", "tag-refused")),
    (GOOD.replace(b"key: masks", b"key: [masks"), (3, "", "not-yaml")),
    (b"- a\n- b\n", (1, "", "not-an-object")),
    (b"", (1, "", "not-an-object")),
    (b"\xff\xfe", (1, "", "not-utf8")),
    (GOOD.replace(b"Masks", b'"a\\0b"'), (4, "title.en", "not-yaml")),
    (b"[" * 5000, (1, "", "too-deep")),
    (b"a:\n " + b"[" * 100_000 + b"]" * 100_000, (2, "", "too-deep")),
    (b"a: 1\n" * 100_000, (1, "", "file-too-large")),
]


@pytest.mark.parametrize(
    ("content", "fault"), BROKEN, ids=[b[1][2] + str(n) for n, b in enumerate(BROKEN)]
)
def test_a_broken_file_names_line_field_and_code(
    content: bytes, fault: tuple[int, str, str]
) -> None:
    assert fault in refused(content)


def test_dates_in_the_wrong_order_are_refused() -> None:
    found = refused(written(first="2026-02-01", last="2026-01-01"))
    assert [(field, code) for _line, field, code in found] == [("valid_to", "dates-reversed")]
    assert found[0][0] > 1


def test_the_sentence_is_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        with pytest.raises(FileUnfit) as unfit:
            read(GOOD.replace(b"key: wear", b"kei: wear"), file="口罩.yaml")
        sentence = str(unfit.value)

    assert sentence == "口罩.yaml，第12行，body.items.0.key：此项必填。"


@pytest.mark.parametrize(
    ("length", "code"),
    [("-PT2H", "length-not-positive"), ("PT0S", "length-not-positive"), ("P1M", "length-malformed"),
     ("2 hours", "length-malformed"), ("P", "length-malformed"), ("PT", "length-malformed")],
)  # fmt: skip
def test_a_length_of_time_is_longer_than_nothing(length: str, code: str) -> None:
    content = f"""\
kind: early_warning
key: tips
jurisdiction: cn
title: {{zh: 提示, en: Tips}}
valid_from: 2026-01-01
legal_force: norm
source: {{text: Notice}}
confidence: k
body:
  products:
    - key: tip
      title: {{zh: 提示, en: Tip}}
      audience: {{zh: 公众, en: All}}
      content: {{zh: 内容, en: Content}}
      answer_within: {length}
"""

    assert (15, "body.products.0.answer_within", code) in refused(content.encode())
