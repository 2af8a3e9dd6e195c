"""The tab of plans, the preview, and what can be done there."""

from collections.abc import Callable

import pytest
from django.test import Client
from unit.plans.conftest import AT, PLAN, published

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.kernel import clock
from tongzhou.library.queries import Version
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.models import StandUp
from tongzhou.tasks.models import Task

Browser = Callable[[Post], Client]


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_from_the_tab_to_a_standing_plan_in_three_clicks(
    cast: Cast, first_level: Incident, plan: Version, signed_in: Browser
) -> None:
    browser = signed_in(cast.shen)
    address = f"/incidents/{first_level.code}/plans"
    tab = browser.get(address).content.decode()
    assert f'href="{address}/{plan.id}"' in tab

    page = browser.get(f"{address}/{plan.id}")
    html = page.content.decode()
    assert "2 lines could not be resolved" in html
    assert "population: 64,567,588 (rule: at least 1,000,000)" in html
    assert "Trace the contacts" in html
    seen = page.context["preview"].digest

    done = browser.post(f"{address}/{plan.id}", {"then": "stand-up", "seen": seen})
    assert done["Location"] == address
    assert StandUp.objects.get().is_up
    after = browser.get(address).content.decode()
    assert "Plan for level I" in after
    assert "2 lines nobody was found for" in after


def test_looking_again_shows_the_changes_and_does_nothing(
    cast: Cast, first_level: Incident, plan: Version, signed_in: Browser
) -> None:
    address = f"/incidents/{first_level.code}/plans/{plan.id}"
    html = (
        signed_in(cast.shen)
        .post(
            address,
            {
                "then": "look",
                "out:task:beds": "1",
                "why:task:beds": "Enough of them",
                "unit:task:nobody": "Hangzhou Health Commission · hz-health",
                "why:task:nobody": "They offered",
            },
        )
        .content.decode()
    )

    assert "Enough of them" in html
    assert "1 line could not be resolved" in html
    assert not StandUp.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"unit:task:nobody": "nonsense", "why:task:nobody": "x"}, 422, "nonsense"),
        ({"out:task:beds": "1", "why:task:beds": ""}, 422, "give a reason"),
        ({"out:task:unheard": "1", "why:task:unheard": "x"}, 422, "no line"),
        ({"seen": "yesterday"}, 409, "Look at it again"),
        ({"out:task:beds": "1", "why:task:beds": "x" * 1001}, 422, "longer than"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    cast: Cast,
    first_level: Incident,
    plan: Version,
    signed_in: Browser,
    sent: dict[str, str],
    status: int,
    said: str,
) -> None:
    address = f"/incidents/{first_level.code}/plans/{plan.id}"

    answer = signed_in(cast.shen).post(address, {"then": "stand-up", **sent})

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert not Task.objects.exists()


def test_the_plan_is_filled_stepped_down_and_taken_back_on_its_page(
    cast: Cast, first_level: Incident, plan: Version, signed_in: Browser
) -> None:
    stand_up = stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    line = stand_up.lines.get(key="nobody")
    browser = signed_in(cast.shen)

    browser.post(f"/plans/lines/{line.id}/fill", {"unit": "hz-health", "reason": "Near"})
    assert Task.objects.filter(lead=cast.units["hz-health"]).exists()
    again = browser.post(
        f"/plans/lines/{line.id}/fill", {"unit": "hz-health", "reason": "Near"}, follow=True
    )
    assert again.status_code == 200
    assert "This line of the plan is not open any more." in again.text
    browser.post(f"/plans/{stand_up.id}/step-down", {"reason": "Over"})
    stand_up.refresh_from_db()
    assert stand_up.state == "stepped_down"
    assert (
        "1 plan stood before"
        in browser.get(f"/incidents/{first_level.code}/plans").content.decode()
    )


def test_members_read_it_and_others_find_nothing(
    cast: Cast, first_level: Incident, plan: Version, signed_in: Browser
) -> None:
    stand_up = stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    address = f"/incidents/{first_level.code}/plans"

    member = signed_in(cast.qiu).get(address).content.decode()
    assert "Trace the contacts" in member
    assert "Take back" not in member
    assert signed_in(cast.qiu).get(f"{address}/{plan.id}").status_code == 403
    assert signed_in(cast.ou).get(address).status_code == 404
    assert signed_in(cast.ou).post(f"/plans/{stand_up.id}/reverse").status_code == 404


def test_the_tab_costs_the_same_however_many_lines(
    cast: Cast, first_level: Incident, plan: Version, signed_in: Browser,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)
    browser = signed_in(cast.shen)

    with django_assert_max_num_queries(34):  # type: ignore[attr-defined]
        browser.get(f"/incidents/{first_level.code}/plans")


def test_lines_alike_in_several_areas_stand_together(
    cast: Cast, first_level: Incident, duties: None, signed_in: Browser
) -> None:
    alone = "duty: nobody-does-it\n      due: P1D"
    plan = published(PLAN.replace(alone, alone.replace("due:", "each: city\n      due:")), cast)
    browser = signed_in(cast.shen)
    address = f"/incidents/{first_level.code}/plans"

    page = browser.get(f"{address}/{plan.id}")
    html = page.text
    several = max(page.context["unresolved_alike"], key=len)
    assert {line.key.partition("@")[0] for line in several} == {"nobody"}
    assert len(several) > 1
    assert html.count(f"the same in {len(several)} areas") == 1
    assert all(f'name="unit:{line.name}"' in html for line in several)

    browser.post(
        f"{address}/{plan.id}", {"then": "stand-up", "seen": page.context["preview"].digest}
    )
    after = browser.get(address).text
    assert after.count(f"the same in {len(several)} areas") == 1
    assert after.count("Give it to a unit<") == len(several) + 1
