"""Thurstone's nine mental tests, 213 children.

Correlations: Thurstone & Thurstone 1941, as printed in McDonald 1999, Test Theory, and McDonald
1985. Expected: omega hierarchical .736, omega total .931, alpha .891 (``omega`` of psych 2.2.9, R).
"""

import numpy as np
import pytest

from actscope.survey.hierarchy import hierarchy
from actscope.survey.reliability import alpha

UNDER_THE_DIAGONAL = (
    (0.828,),
    (0.776, 0.779),
    (0.439, 0.493, 0.460),
    (0.432, 0.464, 0.425, 0.674),
    (0.447, 0.489, 0.443, 0.590, 0.541),
    (0.447, 0.432, 0.401, 0.381, 0.402, 0.288),
    (0.541, 0.537, 0.534, 0.350, 0.367, 0.320, 0.555),
    (0.380, 0.358, 0.359, 0.424, 0.446, 0.325, 0.598, 0.452),
)


def test_omega_and_alpha() -> None:
    lower = np.zeros((9, 9))
    for row, values in enumerate(UNDER_THE_DIAGONAL, 1):
        lower[row, :row] = values
    correlations = lower + lower.T + np.eye(9)

    found = hierarchy(correlations, 3)

    assert alpha(correlations) == pytest.approx(0.8914575356, abs=1e-10)
    assert found.omega_hierarchical == pytest.approx(0.7360703, abs=2e-6)
    assert found.omega_total == pytest.approx(0.9308254, abs=1e-6)
    assert np.all(found.general > 0)
