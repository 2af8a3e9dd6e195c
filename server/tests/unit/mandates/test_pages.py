"""The pages of powers and duties."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.mandates.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.models import Charge, ChargeState, Delegation, Duty, Means, Proposal

SignedIn = Callable[[Post], Client]


@pytest.mark.parametrize(
    "address",
    [
        "/duties",
        "/duties?phase=respond&grade=I",
        "/duties?grade=-&problems=1",
        "/duties?sector=cdc",
        "/duties?q=nothing",
        "/duties?area=330106",
        "/duties/problems",
        "/duties/problems?kind=idle",
        "/duties/proposals",
        "/duties/new",
        "/duties/trace-contacts",
        "/duties/trace-contacts/hz-health",
        "/duties/trace-contacts/hz-hospital",
        "/units/hz-health/duties",
        "/units/hz-command/duties",
    ],
)
def test_every_page_answers(cast: Cast, charge: Charge, signed_in: SignedIn, address: str) -> None:
    for language in ("en", "zh-hans"):
        answer = signed_in(cast.lou).get(address, headers={"Accept-Language": language})

        assert answer.status_code == 200


def test_the_matrix_names_the_letter_for_who_cannot_see_it(
    cast: Cast, charge: Charge, signed_in: SignedIn
) -> None:
    text = signed_in(cast.lou).get("/duties").content.decode()

    assert 'href="/duties/trace-contacts/hz-health" class="a x"' in text
    assert 'aria-label="accountable, means are missing">A</a>' in text


def test_a_charge_is_proposed_and_consented_to_on_pages(
    cast: Cast, duty: Duty, signed_in: SignedIn
) -> None:
    answer = signed_in(cast.lou).post(
        "/duties/trace-contacts/do/charge",
        {"unit": "hz-health", "part": "accountable", "phases": ["respond"], "grades": ["I", "-"]},
    )
    proposal = Proposal.objects.get()

    assert answer.status_code == 302
    page = signed_in(cast.xia).get("/duties/proposals").content.decode()
    assert str(proposal.id) in page
    answer = signed_in(cast.xia).post("/duties/proposals/consent", {"proposal": [proposal.id]})
    assert answer.status_code == 302
    assert Charge.objects.get().state == ChargeState.IN_FORCE


def test_a_second_accountable_unit_is_told_on_the_form(
    cast: Cast, charge: Charge, signed_in: SignedIn
) -> None:
    answer = signed_in(cast.lou).post(
        "/duties/trace-contacts/do/charge", {"unit": "hz-command", "part": "accountable"}
    )

    assert answer.status_code == 422
    assert "is accountable for this here already" in answer.content.decode()


def test_means_and_delegation_have_their_forms(
    cast: Cast, charge: Charge, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.xia)

    answer = browser.post(
        f"/duties/trace-contacts/do/means/{charge.id}", {"kind": "people", "text": "12 people"}
    )
    assert answer.status_code == 302
    assert Means.objects.get().text == "12 people"
    form = browser.get(f"/duties/trace-contacts/do/delegate/{charge.id}")
    assert form.status_code == 200
    answer = browser.post(
        f"/duties/trace-contacts/do/delegate/{charge.id}",
        {"to": "hz-hospital", "until": "2035-01-01", "people": "3 people"},
    )
    assert answer.status_code == 302
    page = browser.get("/duties/trace-contacts").content.decode()
    assert "3 people" in page
    passed = Delegation.objects.get()
    recall = browser.get(f"/duties/trace-contacts/do/recall/{passed.id}").text
    assert "3 people" in recall[recall.index("What goes back") :]


def test_a_duty_that_nobody_answers_for_stands_once_with_all_its_areas(
    cast: Cast, door: Duty, signed_in: SignedIn
) -> None:
    parts = (("330106002", "accountable"), ("3301", "responsible"), ("3303", "responsible"))
    for area, part in parts:
        propose_charge(
            duty=door, unit=cast.units["zj-command"], part=part,
            area=cast.areas[area], by=cast.shen, at=AT,
        )  # fmt: skip
    browser = signed_in(cast.shen)

    page = browser.get("/duties/problems?kind=nobody").text
    told = browser.get("/api/v1/duties/problems").json()

    assert page.count('href="/duties/knock-on-doors"') == 1
    nobody = [row for row in told["problems"] if row["kind"] == "nobody"]
    assert "2 found." in page
    assert {row["area"] for row in nobody} == {"3301", "3303"}


def test_a_step_on_an_object_of_another_duty_is_not_there(
    cast: Cast, charge: Charge, door: Duty, signed_in: SignedIn
) -> None:
    answer = signed_in(cast.xia).get(f"/duties/{door.code}/do/means/{charge.id}")

    assert answer.status_code == 404


def test_the_back_address_cannot_lead_away(cast: Cast, charge: Charge, signed_in: SignedIn) -> None:
    answer = signed_in(cast.xia).post(
        f"/duties/trace-contacts/do/means/{charge.id}?back=//evil.example/",
        {"kind": "people", "text": "12 people"},
    )

    assert answer.headers["Location"] == "/duties/trace-contacts"


def test_pages_cost_the_same_however_many_charges_there_are(
    cast: Cast, charge: Charge, signed_in: SignedIn, django_assert_max_num_queries: Callable
) -> None:
    browser = signed_in(cast.lou)
    browser.get("/duties")
    with django_assert_max_num_queries(14):
        browser.get("/duties")
    with django_assert_max_num_queries(14):
        browser.get("/duties/problems")
    with django_assert_max_num_queries(20):
        browser.get("/duties/trace-contacts")


def test_the_rows_of_a_long_matrix_follow_by_themselves(
    cast: Cast, charge: Charge, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        declare_duty(code=f"more-{number}", name_zh="事", by=cast.lou, at=AT)
    monkeypatch.setattr("tongzhou.mandates.pages.matrix_table.FIRST", 2)
    browser = signed_in(cast.lou)

    first = browser.get("/duties?phase=respond").content.decode()
    assert first.count("<th scope=row>") == 3
    assert "/duties?phase=respond&amp;from=2" in first
    rest = browser.get("/duties?phase=respond&from=2", headers={"HX-Request": "true"})
    assert "<table" not in rest.content.decode()
    assert rest.content.decode().count("<th scope=row>") == 3
    whole = browser.get("/duties?phase=respond&from=all").content.decode()
    assert whole.count("<th scope=row>") == 5
    assert "matrix-more" not in whole


def test_the_day_shows_red_duties_to_the_unit_and_open_checks_to_who_leads(
    cast: Cast, charge: Charge, signed_in: SignedIn
) -> None:
    own, above, other = (
        signed_in(post).get("/duties/tile").text for post in (cast.xia, cast.shen, cast.mei)
    )

    assert 'href="/duties/trace-contacts/hz-health"' in own
    assert "no people" in own
    assert "charges without power or means" in above
    assert 'href="/duties?problems=1"' in above
    assert "trace-contacts" not in above
    assert "<section" not in other
    assert 'hx-get="/duties/tile"' in signed_in(cast.shen).get("/today").text


def test_the_tile_of_the_day_costs_the_same_however_much_is_red(
    cast: Cast, charge: Charge, door: Duty, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.xia)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get("/duties/tile")
        return len(captured)

    few = queries()
    for area in ("3301", "330106"):
        asked = propose_charge(duty=door, unit=cast.units["hz-health"], part="responsible",
                               area=cast.areas[area], by=cast.lou, at=AT)  # fmt: skip
        consent_charge(proposal=asked, by=cast.xia, at=AT)

    assert 'class="tz-count">3<' in browser.get("/duties/tile").text
    assert queries() == few
