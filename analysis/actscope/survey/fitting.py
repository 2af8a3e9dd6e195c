"""The maximum-likelihood estimate of a model of factors from the covariances of its items."""

from dataclasses import dataclass

import numpy as np

from actscope.errors import InputError
from actscope.survey.answers import Matrix
from actscope.survey.structure import Structure

STEPS = 1_000
SETTLED = 1e-14
"""Expected gain of the loss under which nothing is left to be gained."""

REACHED = 1e-9
"""Expected gain with which a search may end that rounding keeps from settling."""

FLAT = 1e-8
"""Under this share of the largest, an eigenvalue of the (scaled) information is nothing."""


class ModelUnderidentifiedError(InputError):
    """Parameters that no data could tell apart."""

    code = "model_not_identified"
    en = "The model is not identified: {value}. Fix a coefficient, or leave a path out."
    zh = "模型不可识别：{value}。请固定某个系数或删去某条路径。"


class ModelUnsettledError(InputError):
    """The likelihood has no maximum within reach."""

    code = "model_unsettled"
    en = "No estimate was found after {value} steps: the model does not suit these answers."
    zh = "经过 {value} 步仍未得到估计：模型与这些回答不相容。"


@dataclass(frozen=True, slots=True)
class Estimate:
    """``values`` of the free parameters and their standard ``errors``; ``loss`` is the
    discrepancy, of which n times is χ²; ``implied``: the covariances of the observed variables
    under the model; ``whole``: those of all variables."""

    values: Matrix
    errors: Matrix
    loss: float
    implied: Matrix
    whole: Matrix


def fitted(structure: Structure, covariances: Matrix, people: int) -> Estimate:
    """The estimate that maximises the normal likelihood, by Fisher scoring with damping.

    ``covariances``: of the observed variables in the order of the structure, with the divisor n.
    Loss: ln|Σ| + tr(SΣ⁻¹) − ln|S| − p (Jöreskog 1969, Psychometrika 34, 183–202). Raises
    ``ModelUnderidentifiedError`` and ``ModelUnsettledError``.
    """
    size = len(structure.observed)
    moments = size * (size + 1) // 2
    if structure.parameters > moments:
        reason = f"{structure.parameters} > {moments}"
        raise ModelUnderidentifiedError(value=reason)
    values = _start(structure, covariances)
    here = _at(structure, values, covariances)
    if here is None:  # what is fixed lets nothing fit
        raise ModelUnsettledError(value=0)
    damping = 1e-3
    for _ in range(STEPS):
        # Marquardt's damping, each parameter in its own unit.
        scale = np.sqrt(np.maximum(np.diag(here.information), 1e-300))
        damped = here.information / np.outer(scale, scale) + damping * np.eye(len(scale))
        step = -np.linalg.solve(damped, here.gradient / scale) / scale
        there = _at(structure, values + step, covariances)
        if there is None or there.loss > here.loss + 1e-14:
            damping *= 8
            if damping > 1e12:
                break
            continue
        values, here = values + step, there
        damping = max(damping / 6, 1e-12)
        if _expected_gain(here) < SETTLED:
            break
    if _expected_gain(here) > REACHED:
        raise ModelUnsettledError(value=STEPS)
    _refuse_flat(structure, here.information)
    # The loss is twice the mean log likelihood, hence the factor.
    scale = np.sqrt(np.diag(here.information))
    inverse = np.linalg.inv(here.information / np.outer(scale, scale))
    errors = np.sqrt(np.diag(inverse) * 2 / people) / scale
    return Estimate(values, errors, max(here.loss, 0.0), here.implied, here.whole)


@dataclass(frozen=True, slots=True)
class _Point:
    """The loss, its gradient and expected second derivatives, and what the model implies."""

    loss: float
    gradient: Matrix
    information: Matrix
    implied: Matrix
    whole: Matrix


def _at(structure: Structure, values: Matrix, covariances: Matrix) -> _Point | None:
    """The point, or ``None`` where the model implies no covariances that could be."""
    size = len(structure.observed)
    paths, left_over = structure.matrices(values)
    spread = np.linalg.inv(np.eye(len(paths)) - paths)
    whole = spread @ left_over @ spread.T
    implied = whole[:size, :size]
    # In deviations of the observed variables, whose units may differ by any factor.
    unit = np.sqrt(np.outer(np.diag(covariances), np.diag(covariances)))
    scaled = implied / unit
    if not np.all(np.isfinite(scaled)):
        return None
    eigen = np.linalg.eigvalsh(scaled)
    if eigen[0] <= 1e-10 * eigen[-1]:
        return None
    inverse = np.linalg.inv(scaled)
    observed = covariances / unit
    fits = inverse @ observed
    loss = float(np.log(eigen).sum() + np.trace(fits) - np.linalg.slogdet(observed)[1] - size)
    slopes = np.zeros((structure.parameters, size, size))
    for coefficient in structure.coefficients:
        if coefficient.parameter < 0:
            continue
        i, j = structure.place(coefficient)
        out = spread[:size, i]
        into = whole[j, :size] if coefficient.operator == "=~" else spread[:size, j]
        change = np.outer(out, into)
        both = coefficient.operator == "=~" or i != j
        slopes[coefficient.parameter] += change + change.T if both else change
    weighed = inverse @ (slopes / unit)
    gradient = np.einsum("kij,ji->k", weighed, np.eye(size) - fits)
    flat = weighed.reshape(len(slopes), -1)
    turned = weighed.transpose(0, 2, 1).reshape(len(slopes), -1)
    return _Point(loss, gradient, flat @ turned.T, implied, whole)


def _start(structure: Structure, covariances: Matrix) -> Matrix:
    """Half of each item its own, each loading as large as its deviation asks for."""
    deviation = dict(zip(structure.observed, np.sqrt(np.diag(covariances)), strict=True))
    sign = dict.fromkeys(structure.observed, 1.0)
    for found in structure.coefficients:
        if found.left == found.right and found.left in structure.factors and found.fixed > 0:
            deviation[found.left] = found.fixed**0.5
    for factor, indicators in structure.measured.items():
        # A factor has the deviation of the indicator that gives it its unit.
        first = indicators[0]
        deviation.setdefault(factor, deviation.get(first, 1.0))
        for item in indicators:
            if first in structure.observed and item in structure.observed:
                together = covariances[
                    structure.observed.index(first), structure.observed.index(item)
                ]
                sign[item] = -1.0 if together < 0 else 1.0
    values = np.zeros(structure.parameters)
    for found in structure.coefficients:
        if found.parameter < 0:
            continue
        left, right = deviation[found.left], deviation.get(found.right, 1.0)
        if found.operator == "=~":
            values[found.parameter] = sign.get(found.right, 1.0) * right / left * 0.9
        elif found.left == found.right:
            values[found.parameter] = left**2 / 2
    return values


def _expected_gain(point: _Point) -> float:
    """How much lower the loss could be if it were as curved as expected."""
    scale = np.sqrt(np.maximum(np.diag(point.information), 1e-300))
    curved = np.linalg.pinv(point.information / np.outer(scale, scale), hermitian=True)
    return float(point.gradient / scale @ curved @ (point.gradient / scale)) / 2


def _refuse_flat(structure: Structure, information: Matrix) -> None:
    scale = np.sqrt(np.maximum(np.diag(information), 1e-300))
    eigen, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    if eigen[0] < FLAT * eigen[-1]:
        involved = np.flatnonzero(np.abs(vectors[:, 0]) > 0.1)
        names = ", ".join(structure.name(place) for place in involved.tolist())
        raise ModelUnderidentifiedError(value=names)
