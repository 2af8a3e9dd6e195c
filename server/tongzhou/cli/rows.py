"""Refused rows of an import, for a reader and for a program."""

from collections.abc import Sequence

from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.terminal import words

_ = words("cli")

MOST_SHOWN = 20


def as_lines(refusals: Sequence[Refusal], word: str) -> list[str]:
    """One line for each, the first ``MOST_SHOWN`` of them, with place and code."""
    lines = [f"{word} [{_place(r)}] {r.code}: {r}" for r in refusals[:MOST_SHOWN]]
    more = len(refusals) - MOST_SHOWN
    if more > 0:
        lines.append(_("… and %(count)d more; --json has all.") % {"count": more})
    return lines


def as_data(refusals: Sequence[Refusal]) -> list[dict[str, object]]:
    """All of them: code, file where known, row, field and the sentence."""
    return [
        {
            "code": r.code,
            "file": r.params.get("file", ""),
            "row": r.row,
            "field": r.field,
            "detail": str(r),
        }
        for r in refusals
    ]


def _place(refusal: Refusal) -> str:
    parts = [refusal.params.get("file"), refusal.row, refusal.field]
    return ":".join(str(part) for part in parts if part not in (None, ""))
