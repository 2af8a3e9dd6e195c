"""What the check of a table found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from actscope.acts.sentences import SENTENCES, Level

SHOWN = 60
"""Longest piece of a bad value that is repeated in a sentence, in characters."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem. ``row`` counts data rows from 1 (the header is not counted); it is ``None``
    when the problem is one of the file or of a whole column. ``value`` is what stood there."""

    code: str
    row: int | None = None
    field: str | None = None
    value: str | None = None

    @property
    def level(self) -> Level:
        """``error`` or ``warning``."""
        return SENTENCES[self.code].level

    def sentence(self, language: str = "en") -> str:
        """The problem in plain words; ``language`` is ``en`` or ``zh``."""
        chosen = SENTENCES[self.code]
        words = chosen.zh if language == "zh" else chosen.en
        return words.format(row=self.row, field=self.field, value=_shortened(self.value))

    def to_dict(self) -> dict[str, Any]:
        """``{code, level, row, field, value, en, zh}``."""
        return {
            "code": self.code,
            "level": self.level,
            "row": self.row,
            "field": self.field,
            "value": _shortened(self.value),
            "en": self.sentence("en"),
            "zh": self.sentence("zh"),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check of ``rows`` data rows.

    ``counts`` holds how often each code came, all of them; ``issues`` lists at most a limited
    number per code and field, in order of row within each.
    """

    table: str
    rows: int
    issues: tuple[Issue, ...]
    counts: tuple[tuple[str, int], ...]

    @property
    def errors(self) -> int:
        """How many errors there are, listed or not."""
        return sum(n for code, n in self.counts if SENTENCES[code].level == "error")

    @property
    def warnings(self) -> int:
        """How many warnings there are, listed or not."""
        return sum(n for code, n in self.counts if SENTENCES[code].level == "warning")

    @property
    def ok(self) -> bool:
        """True when nothing stops the table from being read."""
        return self.errors == 0

    def to_dict(self) -> dict[str, Any]:
        """``{table, rows, ok, errors, warnings, counts: {code: n}, issues: [...]}``."""
        return {
            "table": self.table,
            "rows": self.rows,
            "ok": self.ok,
            "errors": self.errors,
            "warnings": self.warnings,
            "counts": dict(self.counts),
            "issues": [issue.to_dict() for issue in self.issues],
        }


class Findings:
    """Gathers issues while a table is checked, and closes into a ``Report``."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._issues: list[Issue] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, *, field: str | None = None, value: str | None = None) -> None:
        """Note one problem of the file or of a whole column."""
        self._issues.append(Issue(code, None, field, value))
        self._counts[code] += 1

    def add_rows(
        self, code: str, field: str | None, rows: Iterable[tuple[int, str | None]], total: int
    ) -> None:
        """Note ``total`` problems of rows, of which ``rows`` gives the numbers and values."""
        for (row, value), _ in zip(rows, range(self._limit), strict=False):
            self._issues.append(Issue(code, row, field, value))
        self._counts[code] += total

    @property
    def limit(self) -> int:
        """How many rows are listed per code and field."""
        return self._limit

    def report(self, table: str, rows: int) -> Report:
        """What was found, as a value."""
        return Report(table, rows, tuple(self._issues), tuple(sorted(self._counts.items())))


def _shortened(value: str | None) -> str | None:
    if value is None or len(value) <= SHOWN:
        return value
    return value[: SHOWN - 1] + "…"
