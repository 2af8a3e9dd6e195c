"""Templates as files, for the tests of the library."""

from collections.abc import Callable

import pytest

from tongzhou.library.reading import Read, read

FILE = """\
kind: guidance
key: masks
jurisdiction: "{jurisdiction}"
title: {{zh: 口罩, en: Masks}}
valid_from: {first}
{last}legal_force: guidance
source: {{text: Notice}}
confidence: k
body:
  issuer: {{zh: 委, en: Commission}}
  items:
    - key: wear
      title: {{zh: 佩戴, en: Wear}}
      text: {{zh: 佩戴口罩, en: "{words}"}}
"""


def written(
    *, first: str = "2026-01-01", last: str = "", jurisdiction: str = "33", words: str = "Wear one"
) -> bytes:
    """A guidance as a file."""
    until = f"valid_to: {last}\n" if last else ""
    text = FILE.format(first=first, last=until, jurisdiction=jurisdiction, words=words)
    return text.encode()


@pytest.fixture
def guidance() -> Callable[..., Read]:
    """``guidance(first=…, last=…, jurisdiction=…, words=…)`` – a guidance that was read."""
    return lambda **given: read(written(**given), file="masks.yaml")
