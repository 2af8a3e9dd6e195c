"""Flow of the Nile at Aswan, 1871–1970, in 10⁸ m³ (Cobb 1978, Biometrika 65, 243–251; ``Nile`` in
R). What ``strucchange`` (Zeileis et al. 2002, J. Statistical Software 7(2)) prints for
``breakpoints(Nile ~ 1)`` and ``confint``: one break, at observation 28 (1898), 25 to 32."""

import numpy as np
import pytest

from actscope.tempo.changes import Changes, changes

NILE = [
    *(1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960),
    *(1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694),
    *(940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821),
    *(768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010),
    *(771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986),
    *(797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740),
]
FIRST_YEAR = 1871


@pytest.fixture(scope="module")
def nile() -> Changes:
    return changes(NILE)


def test_the_flow_falls_once_after_1898(nile: Changes) -> None:
    (point,) = nile.points

    assert [FIRST_YEAR + p for p in (point.lower, point.last, point.upper)] == [1895, 1898, 1902]
    assert nile.means == pytest.approx((1097.75, 849.9722222), abs=5e-8)


def test_squares_and_criterion_are_those_of_strucchange(nile: Changes) -> None:
    assert np.round(nile.rss, 3).tolist() == [
        *(2835156.750, 1597457.194, 1552923.616, 1538096.513, 1507888.476, 1659993.500)
    ]
    assert np.round(nile.bic, 3).tolist() == [
        *(1318.242, 1270.084, 1276.467, 1284.718, 1291.944, 1310.765)
    ]
