"""A signal from which an incident was opened: what its page, its ticket and the form say."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from unit.incidents.conftest import AT, HOUR

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident, Signal

SignedIn = Callable[[Post], Client]


@pytest.fixture
def opened(cast: Cast, signal: Signal) -> Incident:
    """Assessed by the street, opened by the province."""
    assess_signal(signal=signal, verdict="incident", reasons="Cluster", by=cast.qiu, at=AT)
    return open_incident(
        code="from-signal", title_zh="聚集性疫情", title_en="A cluster", area=cast.areas["33"],
        signal=signal, by=cast.shen, at=AT + HOUR,
    )  # fmt: skip


def ticket(client: Client, signal: Signal) -> str:
    """The page of the ticket, as everybody sees it."""
    return client.get(reverse("ticket"), {"number": signal.ticket}).content.decode()


def test_the_page_of_the_signal_leads_its_assessor_to_the_incident(
    cast: Cast, opened: Incident, signal: Signal, signed_in: SignedIn
) -> None:
    content = signed_in(cast.qiu).get(reverse("signal", args=[signal.ticket])).content.decode()

    assert f'<a href="{reverse("incident", args=[opened.code])}">A cluster</a>' in content
    assert "opened an incident from the signal" in content
    assert "part of an incident" in content


def test_who_is_not_part_of_a_hidden_incident_reads_only_that_there_is_one(
    cast: Cast, opened: Incident, signal: Signal, signed_in: SignedIn
) -> None:
    Incident.objects.filter(id=opened.id).update(public=False)

    content = signed_in(cast.lou).get(reverse("signal", args=[signal.ticket])).content.decode()

    assert "your unit is not part of it" in content
    assert "A cluster" not in content


def test_the_ticket_names_the_incident_only_when_it_is_public(
    opened: Incident, signal: Signal, client: Client
) -> None:
    shown = ticket(client, signal)
    Incident.objects.filter(id=opened.id).update(public=False)
    hidden = ticket(client, signal)

    assert "An incident was opened" in shown
    assert reverse("public-incident", args=[opened.code]) in shown
    assert "An incident was opened" in hidden
    assert "A cluster" not in hidden


def test_ticket_and_staff_call_the_state_the_same(
    cast: Cast, opened: Incident, signal: Signal, client: Client, signed_in: SignedIn
) -> None:
    signal.refresh_from_db()

    assert "Assessed" in ticket(client, signal)
    assert signal.get_state_display() == "assessed"


def test_the_form_does_not_offer_a_signal_of_an_incident_again(
    cast: Cast, opened: Incident, signal: Signal, signed_in: SignedIn
) -> None:
    url = f"{reverse('incident-new')}?signal={signal.ticket}"

    content = signed_in(cast.shen).get(url).content.decode()

    assert "belongs to an incident already" in content
    assert 'name="title_en"' not in content
