"""Input that cannot give a right answer, named.

Each family of measures declares its own refusals beside the code that raises them. A code is
stable and never reused for another meaning; the sentences have named places: ``{field}``,
``{row}``, ``{value}``, and whatever else the refusal is raised with.
"""

from collections.abc import Iterator
from typing import ClassVar


class InputError(ValueError):
    """Base of all refusals. ``field`` names the column or argument, ``row`` counts data rows
    from 1, ``value`` is what stood there; each is ``None`` where it does not apply."""

    code: str
    en: ClassVar[str]
    zh: ClassVar[str]

    def __init__(
        self,
        *,
        field: str | None = None,
        row: int | None = None,
        value: object = None,
        **named: object,
    ) -> None:
        self.field = field
        self.row = row
        self.value = value
        self.named = named
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """The refusal in plain words; ``language`` is ``en`` or ``zh``."""
        words = self.zh if language == "zh" else self.en
        return words.format(field=self.field, row=self.row, value=self.value, **self.named)


def refusals() -> Iterator[type[InputError]]:
    """All refusals that are declared in the modules loaded so far."""
    waiting = [InputError]
    while waiting:
        for refusal in waiting.pop().__subclasses__():
            waiting.append(refusal)
            yield refusal
