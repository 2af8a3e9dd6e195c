"""What a request to units names and is not there is a wrong value, not a missing page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from unit.oversight.conftest import fields

from tongzhou.demo.cast import Cast
from tongzhou.oversight.models import Ask


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"wanted": [{"field": "{field}"}, {"field": "no-such"}]}, ("field-unknown", "wanted", 2)),
        ({"withdraws": 99}, ("request-unknown", "withdraws", None)),
        ({"passes_on": 0}, ("request-unknown", "passes_on", None)),
        ({"units": ["no-such"]}, ("unit-unknown", "units", 1)),
    ],
)
def test_it_names_its_field(
    cast: Cast,
    api_client: Callable[..., Client],
    wrong: dict[str, Any],
    told: tuple[str, str, int | None],
) -> None:
    known = fields(cast, 1)[0].code
    if "wanted" in wrong:
        wrong = {"wanted": [{"field": one["field"].format(field=known)} for one in wrong["wanted"]]}
    day = (timezone.localdate() + timedelta(1)).isoformat()
    right = {
        "title": "Temperatures", "units": ["baoshi-community"], "wanted": [{"field": known}],
        "first_on": day, "purpose": "To know", "legal_basis": "Order 1",
    }  # fmt: skip

    answer = api_client(cast.ye).post(
        "/api/v1/requests", right | wrong, content_type="application/json"
    )

    assert answer.status_code == 422, answer.content
    (error,) = answer.json()["errors"]
    assert (error["code"], error["field"], error["row"]) == told
    assert not Ask.objects.exists()
