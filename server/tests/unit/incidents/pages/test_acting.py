"""Acting by the pages: forms, dialogs, refusals beside their field."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from unit.incidents.conftest import AT, DAY, LAW

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Decision, Incident, Measure, Signal, WorkingGroup

SignedIn = Callable[[Post], Client]
LOCAL = "%Y-%m-%dT%H:%M"


def step(incident: Incident, verb: str, on: object = None) -> str:
    """The address of an act."""
    args = [incident.code, verb, *([on.id] if on is not None else [])]  # type: ignore[attr-defined]
    return reverse("incident-step-on" if on is not None else "incident-step", args=args)


def test_a_level_is_set_by_its_form(cast: Cast, full: Incident, signed_in: SignedIn) -> None:
    response = signed_in(cast.shen).post(
        step(full, "grade"),
        {"grade": "III", "criterion": "Few", "legal_basis": LAW, "expires_at": ""},
    )

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("incident", args=[full.code]),
    )
    assert Incident.objects.get(id=full.id).grade == "III"


def test_in_a_dialog_the_page_is_told_where_to_go(
    cast: Cast, full: Incident, signed_in: SignedIn
) -> None:
    response = signed_in(cast.shen).post(
        step(full, "phase"), {"phase": "sustain", "reason": "Fewer"}, headers={"HX-Request": "true"}
    )

    assert (response.status_code, response["HX-Redirect"]) == (
        204, reverse("incident", args=[full.code]),
    )  # fmt: skip


def test_what_is_wrong_stands_beside_its_field(
    cast: Cast, full: Incident, signed_in: SignedIn
) -> None:
    past = (AT - DAY).strftime(LOCAL)

    response = signed_in(cast.shen).post(
        step(full, "grade"),
        {"grade": "I", "criterion": "x", "legal_basis": LAW, "expires_at": past},
        headers={"HX-Request": "true"},
    )

    content = response.content.decode()
    assert response.status_code == 422
    assert "would have expired already" in content
    assert "<html" not in content


def test_a_measure_is_put_in_force_in_an_area_chosen_step_by_step(
    cast: Cast, full: Incident, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    typed = {
        "title_en": "Masks", "title_zh": "戴口罩", "legal_basis": LAW, "stop_rule": "14 days",
        "expires_at": (AT + 9 * DAY).strftime(LOCAL), "area": "33",
    }  # fmt: skip

    picking = browser.post(step(full, "measure"), typed | {"pick": "3301"})
    done = browser.post(step(full, "measure"), typed | {"area": "3301"})

    assert 'value="Masks"' in picking.content.decode()
    assert "Xihu" in picking.content.decode()
    assert done.status_code == 302
    assert Measure.objects.get(title_en="Masks").area.code == "3301"


def test_a_measure_cannot_reach_beyond_the_incident(
    cast: Cast, full: Incident, signed_in: SignedIn
) -> None:
    Incident.objects.filter(id=full.id).update(area=cast.areas["3301"])

    response = signed_in(cast.shen).post(
        step(full, "measure"),
        {
            "title_en": "Masks", "legal_basis": LAW, "stop_rule": "s", "area": "3303",
            "expires_at": (AT + 9 * DAY).strftime(LOCAL),
        },
    )  # fmt: skip

    assert response.status_code == 422
    assert not Measure.objects.filter(title_en="Masks").exists()


def test_a_group_is_formed_changed_and_meets(
    cast: Cast, full: Incident, group: WorkingGroup, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)

    formed = browser.post(
        step(full, "group"),
        {"name_en": "Supplies", "chair": "hz-command", "members": ["hz-health", "xh-command"]},
    )
    changed = browser.post(
        step(full, "group-change", group), {"chair": "zj-cdc", "members": ["zj-cdc"]}
    )
    met = browser.post(step(full, "group-meeting", group), {"topic": "Beds"})

    assert [formed.status_code, changed.status_code, met.status_code] == [302, 302, 302]
    made = WorkingGroup.objects.get(name_en="Supplies")
    assert {unit.code for unit in made.members.all()} == {"hz-command", "hz-health", "xh-command"}
    assert [unit.code for unit in group.members.all()] == ["zj-cdc"]


def test_the_owner_of_a_decision_finds_the_button_and_completes_it(
    cast: Cast, full: Incident, decision: Decision, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.xia)
    url = step(full, "decision-complete", decision)

    page = browser.get(reverse("incident-decisions", args=[full.code])).content.decode()
    done = browser.post(url, {"outcome": "310 beds"})

    assert url in page
    assert done.status_code == 302
    assert Decision.objects.get(id=decision.id).outcome == "310 beds"


def test_closing_offers_to_lift_what_is_in_force(
    cast: Cast, full: Incident, measure: Measure, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)

    form = browser.get(step(full, "close")).content.decode()
    refused = browser.post(step(full, "close"), {"reason": "Over"})
    done = browser.post(step(full, "close"), {"reason": "Over", "lift_measures": "on"})

    assert "No large gatherings" in form
    assert refused.status_code == 422
    assert "No large gatherings" in refused.content.decode()
    assert done.status_code == 302
    assert not Incident.objects.get(id=full.id).is_open


def test_an_incident_is_opened_from_a_signal(
    cast: Cast, signal: Signal, at: None, signed_in: SignedIn
) -> None:
    url = f"{reverse('incident-new')}?signal={signal.ticket}"

    response = signed_in(cast.shen).post(
        url,
        {
            "title_en": "Cluster", "code": "cluster", "area": "330106", "public": "on",
            "told": ["hz-command"], "incubation_days": "14",
        },
    )  # fmt: skip

    assert response.status_code == 302
    made = Incident.objects.get(code="cluster")
    assert made.signal_set.get() == signal
    assert made.title_zh == "Cluster"


def test_choosing_an_area_keeps_what_was_typed(cast: Cast, at: None, signed_in: SignedIn) -> None:
    response = signed_in(cast.shen).post(
        reverse("incident-new"),
        {"title_en": "Cluster", "area": "33", "pick": "3303", "told": ["hz-command"]},
    )

    content = response.content.decode()
    assert 'value="Cluster"' in content
    assert "Lucheng" in content
    assert re.search(r'<input[^>]*value="hz-command"[^>]*checked', content)
    assert not Incident.objects.exists()


def test_a_signal_is_assessed_and_answered(
    cast: Cast, signal: Signal, at: None, signed_in: SignedIn, client: Client
) -> None:
    browser = signed_in(cast.ye)
    early = browser.post(reverse("signal-answer", args=[signal.ticket]), {"answer": "Thanks"})
    browser.post(
        reverse("signal-assess", args=[signal.ticket]),
        {
            "serious": "yes", "unusual": "no", "spread": "unknown", "travel_trade": "unknown",
            "verdict": "watch", "reasons": "Unclear",
        },
    )  # fmt: skip
    done = browser.post(reverse("signal-answer", args=[signal.ticket]), {"answer": "We look."})

    view = signal.assessments.get()
    assert (view.serious, view.unusual, view.spread) == (True, False, None)
    assert early.status_code == 422
    assert done.status_code == 302
    ticket = client.get(reverse("ticket"), {"number": signal.ticket})
    assert "We look." in ticket.content.decode()


def test_who_reached_for_the_contact_is_shown_it_and_written_down(
    cast: Cast, signal: Signal, at: None, signed_in: SignedIn
) -> None:
    response = signed_in(cast.ye).post(reverse("signal-contact", args=[signal.ticket]))

    content = response.content.decode()
    assert "13800000000" in content
    assert "looked at how to reach the reporter" in content


@pytest.mark.parametrize("name", ["signal-assess", "signal-answer", "signal-contact"])
def test_another_organisation_finds_no_signal_to_act_on(
    cast: Cast, signal: Signal, signed_in: SignedIn, name: str
) -> None:
    response = signed_in(cast.ou).post(reverse(name, args=[signal.ticket]))

    assert response.status_code == 404


def test_a_code_of_other_signs_is_refused_in_plain_words(cast: Cast, signed_in: SignedIn) -> None:
    given = {"title_en": "A cluster", "code": "ZJ 2020!", "area": "33"}

    response = signed_in(cast.shen).post(reverse("incident-new"), given)

    content = response.content.decode()
    assert response.status_code == 422
    assert "cannot be a code: use small letters, digits and hyphens" in content
    assert "slug" not in content
