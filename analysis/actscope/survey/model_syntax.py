"""Models of factors as people write them down: the syntax of lavaan, as far as factors need it.

``f =~ x1 + x2`` measures f by x1 and x2; ``x1 ~~ x2`` lets two covary. ``0.5*x`` fixes a
coefficient, ``NA*x`` frees it, ``a*x`` names it (those of one name are equal). ``#`` and ``!``
begin a comment, ``;`` ends a statement as a new line does, and a statement goes on while it ends
with, or the next line begins with, an operator.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from actscope.errors import InputError

Operator = Literal["=~", "~~"]

NAME = r"[^\W\d][\w.]*"
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
TERM = re.compile(rf"(?:(?P<by>{NUMBER}|{NAME})\s*\*\s*)?(?P<name>{NAME})")
STATEMENT = re.compile(
    rf"(?P<left>{NAME}(?:\s*\+\s*{NAME})*)\s*(?P<operator>=~|~~)\s*(?P<right>.+)"
)
FOREIGN = re.compile(r":=|==|<-|<|>|\||~\*~|~")
"""Operators of the same syntax that say something other than which factor lies behind what."""


class ModelUnreadableError(InputError):
    """A line that is no statement of the model."""

    code = "model_unreadable"
    en = "Line {row} of the model cannot be read: “{value}”."
    zh = "模型第 {row} 行无法识别：“{value}”。"


class ModelUnsupportedError(InputError):
    """A statement that is right and says more than a model of factors can."""

    code = "model_unsupported"
    en = "Line {row} of the model uses “{value}”; only =~ and ~~ are supported."
    zh = "模型第 {row} 行使用了“{value}”；仅支持 =~ 和 ~~。"


class ModelRepeatsError(InputError):
    """The same path twice."""

    code = "model_repeats"
    en = "Line {row} of the model says again what was said of “{value}”."
    zh = "模型第 {row} 行重复定义了“{value}”。"


class ModelEmptyError(InputError):
    """No factor."""

    code = "model_empty"
    en = "The model measures no factor: write at least one line such as “f =~ x1 + x2 + x3”."
    zh = "模型没有任何因子：请至少写一行，如“f =~ x1 + x2 + x3”。"


@dataclass(frozen=True, slots=True)
class Path:
    """One coefficient: of ``right`` on the factor ``left``, or the covariance of the two. It is
    ``fixed`` at a number, or ``freed`` where it usually is not, or equal to all of one ``label``.
    ``line`` counts from 1."""

    left: str
    operator: Operator
    right: str
    line: int
    fixed: float | None = None
    freed: bool = False
    label: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What two paths have in common that say the same: a covariance has no direction."""
        ends = (self.left, self.right)
        return (self.operator, *(ends if self.operator == "=~" else sorted(ends)))


def parsed(text: str) -> tuple[Path, ...]:
    """The paths of a model in the order in which they stand. Raises ``ModelUnreadableError``,
    ``ModelUnsupportedError``, ``ModelRepeatsError``, ``ModelEmptyError``."""
    paths: dict[tuple[str, ...], Path] = {}
    for line, statement in _statements(text):
        for path in _paths(line, statement):
            if path.key in paths:
                raise ModelRepeatsError(row=line, value=f"{path.left} {path.operator} {path.right}")
            paths[path.key] = path
    if not any(path.operator == "=~" for path in paths.values()):
        raise ModelEmptyError
    return tuple(paths.values())


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement in one piece, with the line on which it begins."""
    begun, statement = 0, ""
    for line, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        for place, piece in enumerate(re.split(r"[#!]", raw)[0].split(";")):
            words = piece.strip()
            goes_on = re.match(r"[+*~=]", words) or re.search(r"[+*~,]$", statement)
            if statement and (place or (words and not goes_on)):
                yield begun, statement
                statement = ""
            if words:
                begun = begun if statement else line
                statement = f"{statement} {words}".strip()
    if statement:
        yield begun, statement


def _paths(line: int, statement: str) -> Iterator[Path]:
    found = STATEMENT.fullmatch(statement)
    if found is None or FOREIGN.search(found["right"]):
        foreign = FOREIGN.search(re.sub("=~|~~", " ", statement))
        if foreign and not found:
            raise ModelUnsupportedError(row=line, value=foreign[0])
        raise ModelUnreadableError(row=line, value=statement)
    operator: Operator = "=~" if found["operator"] == "=~" else "~~"
    for left in re.split(r"\s*\+\s*", found["left"]):
        for text in found["right"].split("+"):
            term = TERM.fullmatch(text.strip())
            if term is None:
                raise ModelUnreadableError(row=line, value=statement)
            yield _path(left, operator, term, line)


def _path(left: str, operator: Operator, term: re.Match[str], line: int) -> Path:
    by = term["by"]
    if by is None:
        return Path(left, operator, term["name"], line)
    if by == "NA":
        return Path(left, operator, term["name"], line, freed=True)
    if re.fullmatch(NUMBER, by):
        return Path(left, operator, term["name"], line, fixed=float(by))
    return Path(left, operator, term["name"], line, label=by)
