"""Names as they are compared: whatever the width, case, accents, blanks and punctuation."""

import unicodedata

LONGEST_NAME = 120


def fold(text: str) -> str:
    """The letters and digits of a name alone, in one form: ``N95``, ``Ｎ９５`` and ``n-95`` are
    the same. Empty where a text has none. Folding twice changes nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN")


def parts(text: str) -> list[str]:
    """The names in a text that gives several, as "医用防护口罩 | N95口罩" does, folded."""
    plain = unicodedata.normalize("NFKC", text)
    for sign in "|/、;；，,（）()":
        plain = plain.replace(sign, "\n")
    return [folded for part in plain.split("\n") if (folded := fold(part))]
