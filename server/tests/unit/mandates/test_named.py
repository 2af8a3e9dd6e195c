"""What a request names and is not there is a wrong value, not a missing page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tongzhou.demo.cast import Cast
from tongzhou.mandates.models import Charge

Program = Callable[..., Client]


@pytest.mark.parametrize(
    ("path", "wrong", "told"),
    [
        ("duties/{duty}/charges", {"unit": "no-such"}, ("unit-unknown", "unit")),
        ("duties/{duty}/charges", {"area": "99"}, ("area-unknown", "area")),
        ("charges/{charge}/delegate", {"to": "no-such"}, ("unit-unknown", "to")),
        ("charges/{charge}/delegate", {"area": "99"}, ("area-unknown", "area")),
    ],
)
def test_an_unknown_unit_or_area_names_its_field(
    cast: Cast, charge: Charge, api_client: Program, path: str, wrong: dict[str, str],
    told: tuple[str, str],
) -> None:  # fmt: skip
    right = (
        {"unit": "hz-hospital", "part": "consulted"}
        if path.startswith("duties")
        else {"to": "hz-hospital", "until": (timezone.now() + timedelta(9)).isoformat()}
    )

    answer = api_client(cast.lou).post(
        "/api/v1/" + path.format(duty=charge.duty.code, charge=charge.id),
        right | wrong,
        content_type="application/json",
    )

    assert answer.status_code == 422
    assert [(e["code"], e["field"]) for e in answer.json()["errors"]] == [told]
