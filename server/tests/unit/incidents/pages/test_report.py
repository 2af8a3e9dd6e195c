"""Reporting without an account, and following the ticket."""

import pytest
from django.test import Client
from django.urls import reverse

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Signal, SignalContact
from tongzhou.kernel.ids import new_id


def form(**fields: str) -> dict[str, str]:
    """A filled form."""
    return {"once": str(new_id()), "area": "330106", "text": "Fever in two rooms", **fields}


def test_a_visitor_reports_and_comes_to_the_ticket(cast: Cast, client: Client) -> None:
    sent = client.post(reverse("report-signal"), form(contact_phone="139"), follow=True)

    signal = Signal.objects.get()
    content = sent.content.decode()
    assert sent.status_code == 200
    assert signal.ticket in content
    assert "Your report has arrived" in content
    assert (signal.reporter, SignalContact.objects.get().phone) == (None, "139")


def test_the_ticket_page_promises_a_time_and_stays_out_of_caches(
    cast: Cast, client: Client
) -> None:
    client.post(reverse("report-signal"), form())
    signal = Signal.objects.get()

    response = client.get(reverse("ticket"), {"number": signal.ticket.lower().replace("-", " ")})

    assert "promised by" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_who_reads_a_report_is_said_as_it_is(cast: Cast, client: Client, language: str) -> None:
    client.post(reverse("set-language"), {"language": language, "next": "/"})
    sent = client.post(reverse("report-signal"), form(), follow=True).content.decode()
    front = client.get(reverse("public")).content.decode()

    promise = "设有信号处置岗位" if language == "zh-hans" else "that has somebody for such reports"
    assert promise in sent
    assert promise in front
    assert "All health authorities" not in sent + front


def test_the_same_form_sent_twice_is_one_report(cast: Cast, client: Client) -> None:
    filled = form()

    first = client.post(reverse("report-signal"), filled)
    second = client.post(reverse("report-signal"), filled)

    assert Signal.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_the_id_of_a_signal_gives_no_ticket_away(cast: Cast, client: Client) -> None:
    client.post(reverse("report-signal"), form())
    known = Signal.objects.get()

    client.post(reverse("report-signal"), form(once=str(known.id)))

    assert Signal.objects.count() == 2


def test_a_form_with_gaps_comes_back_as_it_was(cast: Cast, client: Client) -> None:
    response = client.post(reverse("report-signal"), form(text=" ", area="", place="Room 3"))

    content = response.content.decode()
    assert response.status_code == 422
    assert "Please choose the area." in content
    assert 'value="Room 3"' in content
    assert not Signal.objects.exists()


def test_an_area_is_chosen_without_script(cast: Cast, client: Client) -> None:
    response = client.post(reverse("report-signal"), form(pick="3301", area=""))

    content = response.content.decode()
    assert "Xihu District" in content
    assert "Fever in two rooms" in content


def test_an_area_is_found_by_its_name(cast: Cast, client: Client) -> None:
    response = client.get(reverse("area-pick"), {"area_q": "宝石"}, headers={"HX-Request": "true"})

    content = response.content.decode()
    community = cast.units["baoshi-community"].area
    assert f'value="{community.code}"' in content
    assert "<html" not in content


def test_a_flood_of_reports_is_stopped(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = [client.post(reverse("report-signal"), form()).status_code for _n in range(32)]

    assert statuses[0] == 302
    assert statuses[-1] == 429
    assert Signal.objects.count() == 30


def test_guessing_tickets_is_stopped(cast: Cast, client: Client) -> None:
    statuses = {
        client.get(reverse("ticket"), {"number": f"TZ-AAAA-{number:04}"}).status_code
        for number in range(62)
    }

    assert statuses == {404, 429}


def test_whoever_is_signed_in_reports_under_the_post(cast: Cast, client: Client) -> None:
    client.force_login(cast.ren.person, backend="django.contrib.auth.backends.ModelBackend")

    client.post(reverse("report-signal"), form())

    assert Signal.objects.get().reporter == cast.ren
