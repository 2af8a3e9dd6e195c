"""Refused rows of an import, for a reader and for a program."""

from collections.abc import Sequence

from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.terminal import words

_ = words("cli")

MOST_SHOWN = 20


def as_lines(refusals: Sequence[Refusal], word: str) -> list[str]:
    """One line for each, the first ``MOST_SHOWN`` of them, with row and code."""
    lines = [f"{word} [{r.row}] {r.code}: {r}" for r in refusals[:MOST_SHOWN]]
    more = len(refusals) - MOST_SHOWN
    if more > 0:
        lines.append(_("… and %(count)d more; --json has all.") % {"count": more})
    return lines


def as_data(refusals: Sequence[Refusal]) -> list[dict[str, object]]:
    """All of them: code, row, field and the sentence."""
    return [{"code": r.code, "row": r.row, "field": r.field, "detail": str(r)} for r in refusals]
