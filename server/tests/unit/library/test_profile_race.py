"""Two people switch the country profile at the same moment: it is switched once."""

from datetime import UTC, datetime, timedelta

import pytest
from unit.tasks.test_races import race

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NothingChanged
from tongzhou.ledger.models import Act
from tongzhou.library.actions.choose_profile import choose_profile
from tongzhou.library.models import ProfileChoice

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_of_two_who_switch_the_profile_one_wins(cast: Cast) -> None:
    asked = {"name": "int", "reason": "A mission", "by": cast.shen}

    error = race(
        lambda: choose_profile(**asked, at=AT),  # type: ignore[arg-type]
        lambda: choose_profile(**asked, at=AT - timedelta(milliseconds=3)),  # type: ignore[arg-type]
    )

    assert isinstance(error, NothingChanged)
    assert ProfileChoice.objects.count() == 1
    assert Act.objects.filter(type="profile.chosen.v1").count() == 1
