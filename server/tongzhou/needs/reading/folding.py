"""A text as it is searched: one width, one case, with the way back to what was written."""

import unicodedata
from dataclasses import dataclass

#: Katakana and other signs that stand for Chinese ones when text comes out of a picture.
_LOOK_ALIKE = str.maketrans({"ロ": "口", "冂": "口", "０": "0"})


@dataclass(frozen=True)
class Folded:
    """``text`` is folded; ``places[i]`` is where its character ``i`` stands in the original,
    with one more place for the end."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From where to where the original says this."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def fold(text: str) -> Folded:
    """NFKC, lower case, character by character, so that every place is kept."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character.translate(_LOOK_ALIKE)).casefold():
            out.append(one)
            places.append(place)
    places.append(len(text))
    return Folded("".join(out), tuple(places))
