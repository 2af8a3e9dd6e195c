"""A real incident of Zhejiang, and an exercise beside it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def opened(cast: Cast, code: str, *, exercise: bool = False, **given: object) -> Incident:
    """An incident of the province, of which Hangzhou was told."""
    return open_incident(
        code=code,
        title_zh="春季演练" if exercise else "不明原因肺炎疫情",
        title_en="Spring drill" if exercise else "Pneumonia of unknown cause",
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        exercise=exercise,
        **{"by": cast.shen, "at": AT} | given,  # type: ignore[arg-type]
    )


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """The real one."""
    return opened(cast, "zj-2020")


@pytest.fixture
def drill(cast: Cast) -> Incident:
    """The exercise."""
    return opened(cast, "zj-drill", exercise=True)
