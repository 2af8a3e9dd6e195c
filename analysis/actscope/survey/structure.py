"""A model of factors as matrices: which coefficients there are, and which are equal or fixed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.errors import InputError
from actscope.survey.answers import Matrix
from actscope.survey.model_syntax import Path, parsed

Places = npt.NDArray[np.int64]


class FactorCircularError(InputError):
    """A factor that would measure itself."""

    code = "factor_circular"
    en = "The factor “{value}” is measured by itself, directly or through others."
    zh = "因子“{value}”直接或间接地由自身测量。"


class VariableUnconnectedError(InputError):
    """A variance or covariance of something that no factor has to do with."""

    code = "variable_unconnected"
    en = "Line {row} of the model: “{value}” belongs to no factor."
    zh = "模型第 {row} 行：“{value}”不属于任何因子。"


class ModelVariableUnknownError(InputError):
    """An item that the answers do not have."""

    code = "model_variable_unknown"
    en = "Line {row} of the model: “{value}” is neither a column nor a factor."
    zh = "模型第 {row} 行：“{value}”既不是列也不是因子。"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """The loading of ``right`` on ``left`` (``=~``), or their (co)variance (``~~``): the free
    parameter number ``parameter``, or, where that is −1, the number ``fixed``."""

    left: str
    operator: str
    right: str
    parameter: int
    fixed: float


@dataclass(frozen=True, slots=True)
class Structure:
    """``observed`` variables, then ``factors``: together the variables, in this order.
    ``measured``: the factor and its indicators, as written. ``parameters``: how many are free.
    ``lines``: where in the model each observed variable comes first."""

    observed: tuple[str, ...]
    factors: tuple[str, ...]
    measured: dict[str, tuple[str, ...]]
    coefficients: tuple[Coefficient, ...]
    parameters: int
    lines: dict[str, int]

    def refuse_unknown(self, columns: Collection[str]) -> None:
        """Raise ``ModelVariableUnknownError`` for the first variable that is no column."""
        for name in self.observed:
            if name not in columns:
                raise ModelVariableUnknownError(row=self.lines[name], value=name)

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables."""
        return self.observed + self.factors

    def matrices(self, values: Matrix) -> tuple[Matrix, Matrix]:
        """The paths (``[i, j]``: of variable i on variable j) and the covariances of what the
        paths leave over, with the free parameters at ``values``. McArdle & McDonald 1984, British
        Journal of Mathematical and Statistical Psychology 37, 234–251."""
        size = len(self.variables)
        paths, covariances = np.zeros((size, size)), np.zeros((size, size))
        for coefficient in self.coefficients:
            i, j = self.place(coefficient)
            free = coefficient.parameter >= 0
            value = values[coefficient.parameter] if free else coefficient.fixed
            if coefficient.operator == "=~":
                paths[i, j] = value
            else:
                covariances[i, j] = covariances[j, i] = value
        return paths, covariances

    def place(self, coefficient: Coefficient) -> tuple[int, int]:
        """Row and column of a coefficient in its matrix."""
        variables = self.variables
        return variables.index(coefficient.right), variables.index(coefficient.left)

    def name(self, parameter: int) -> str:
        """A free parameter as a person would write it."""
        found = next(c for c in self.coefficients if c.parameter == parameter)
        return f"{found.left} {found.operator} {found.right}"


def structure_of(model: str) -> Structure:
    """The structure that the syntax describes, filled up as is usual: the first loading of each
    factor is 1, so that the factor has a unit; every variance is free; factors that nothing else
    measures covary. A factor with one indicator takes it without error.

    Raises what ``parsed`` raises, ``FactorCircularError`` and ``VariableUnconnectedError``.
    """
    paths = parsed(model)
    loadings = [path for path in paths if path.operator == "=~"]
    measured: dict[str, tuple[str, ...]] = {}
    for path in loadings:
        measured[path.left] = (*measured.get(path.left, ()), path.right)
    _refuse_circles(measured)
    indicators = dict.fromkeys(path.right for path in loadings)
    observed = tuple(name for name in indicators if name not in measured)
    known = {*measured, *indicators}
    told = {frozenset((p.left, p.right)): p for p in paths if p.operator == "~~"}
    for pair, path in told.items():
        for name in sorted(pair - known):
            raise VariableUnconnectedError(row=path.line, value=name)
    gathered = _Gathered()
    for path in loadings:
        first = path.right == measured[path.left][0]
        gathered.add(path, usual=1.0 if first else None)
    for pair in (*_usual_covariances(observed, measured, indicators), *told):
        left, *right = sorted(pair, key=(observed + tuple(measured)).index)
        alone = len(pair) == 1 and _only_indicator(left, measured)
        told_path = told.get(pair) or Path(left, "~~", (right or [left])[0], 0)
        gathered.add(told_path, usual=0.0 if alone else None)
    return Structure(
        observed,
        tuple(measured),
        measured,
        tuple(gathered.coefficients.values()),
        gathered.parameters,
        {name: next(p.line for p in loadings if p.right == name) for name in observed},
    )


class _Gathered:
    """Coefficients as they are numbered, each once."""

    def __init__(self) -> None:
        self.coefficients: dict[tuple[str, ...], Coefficient] = {}
        self.parameters = 0
        self._labels: dict[str, int] = {}

    def add(self, path: Path, *, usual: float | None) -> None:
        """Number a path; ``usual`` is what it is fixed at when nothing else was said."""
        if path.key in self.coefficients:
            return
        fixed = path.fixed if path.fixed is not None else None if path.freed else usual
        if fixed is not None:
            number = -1
        elif path.label in self._labels:
            number = self._labels[path.label]
        else:
            number = self.parameters
            self.parameters += 1
            if path.label:
                self._labels[path.label] = number
        self.coefficients[path.key] = Coefficient(
            path.left, path.operator, path.right, number, fixed or 0.0
        )


def _usual_covariances(
    observed: Sequence[str], measured: dict[str, tuple[str, ...]], indicators: dict[str, None]
) -> list[frozenset[str]]:
    alone = [frozenset((name,)) for name in (*observed, *measured)]
    free = [factor for factor in measured if factor not in indicators]
    pairs = [frozenset((a, b)) for place, a in enumerate(free) for b in free[:place]]
    return alone + pairs


def _only_indicator(name: str, measured: dict[str, tuple[str, ...]]) -> bool:
    return any(found == (name,) for found in measured.values())


def _refuse_circles(measured: dict[str, tuple[str, ...]]) -> None:
    for factor in measured:
        reached, waiting = set[str](), list(measured[factor])
        while waiting:
            name = waiting.pop()
            if name == factor:
                raise FactorCircularError(value=factor)
            if name not in reached:
                reached.add(name)
                waiting.extend(measured.get(name, ()))
