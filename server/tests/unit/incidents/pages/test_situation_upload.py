"""A file of counts: shown first, recorded when somebody decides so."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from unit.incidents.conftest import AT, DAY

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents import uploads
from tongzhou.incidents.models import CountsFile, DailyCount, Incident

SignedIn = Callable[[Post], Client]
GOOD = (
    "date,city_code,confirmed,cured,dead,note\n"
    "2020-01-23,330100,9,0,0,x\n"
    "2020-01-24,330100,7,0,0,x\n"
)
BAD = "date,city_code,confirmed,cured,dead\n2020-01-23,330100,many,0,0\n2020-01-23,,1,0,0\n"


def send(browser: Client, incident: Incident, text: str, **fields: str) -> str:
    """Uploads a file and gives the address of its preview."""
    response = browser.post(
        reverse("counts-new", args=[incident.code]),
        {
            "file": SimpleUploadedFile("counts.csv", text.encode()),
            "source": "CDC",
            "as_of": AT.strftime("%Y-%m-%dT%H:%M"),
            **fields,
        },
    )
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_first_shown_then_recorded(
    cast: Cast, incident: Incident, at: None, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    preview = send(browser, incident, GOOD)

    page = browser.get(preview)
    before = DailyCount.objects.count()
    recorded = browser.post(preview + "/record")

    content = page.content.decode()
    assert "This is a dry run" in content
    assert "note" in content
    assert before == 0
    assert recorded.status_code == 302
    assert sorted(DailyCount.objects.values_list("confirmed", "confirmed_used")) == [(7, 7), (9, 7)]
    assert CountsFile.objects.get().recorded_at is not None


def test_wrong_rows_are_listed_and_cannot_be_recorded(
    cast: Cast, incident: Incident, at: None, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    preview = send(browser, incident, BAD)

    content = browser.get(preview).content.decode()
    again = browser.post(preview + "/record")

    assert "count-malformed" in content
    assert "Some rows cannot be taken" in content
    assert again["Location"] == preview
    assert not DailyCount.objects.exists()


def test_a_file_that_is_no_table_is_refused_beside_its_field(
    cast: Cast, incident: Incident, at: None, signed_in: SignedIn
) -> None:
    response = signed_in(cast.shen).post(
        reverse("counts-new", args=[incident.code]),
        {
            "file": SimpleUploadedFile("x.csv", b"\x00\x01"),
            "source": "CDC",
            "as_of": "2020-01-23T10:00",
        },
    )

    assert response.status_code == 422
    assert "no CSV file" in response.content.decode()
    assert not CountsFile.objects.exists()


def test_who_may_not_record_is_refused_and_others_find_nothing(
    cast: Cast, incident: Incident, at: None, signed_in: SignedIn
) -> None:
    preview = send(signed_in(cast.shen), incident, GOOD)

    assert signed_in(cast.lou).get(reverse("counts-new", args=[incident.code])).status_code == 403
    assert signed_in(cast.lou).get(preview).status_code == 404
    assert signed_in(cast.ou).get(preview).status_code == 404
    assert signed_in(cast.ou).post(preview + "/record").status_code == 404


def test_the_map_of_a_past_day(cast: Cast, full: Incident, signed_in: SignedIn) -> None:
    browser = signed_in(cast.shen)
    url = reverse("incident-situation", args=[full.code])

    first = browser.get(url, {"on": "0"}, headers={"HX-Target": "area-map", "HX-Request": "true"})
    wrong = browser.get(url, {"on": "yesterday", "area": "nowhere"})

    assert "2020-01-23" in first.content.decode()
    assert "<html" not in first.content.decode()
    assert wrong.status_code == 200


def test_files_that_nobody_recorded_are_forgotten(
    cast: Cast, incident: Incident, at: None, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    kept = send(browser, incident, GOOD)
    browser.post(kept + "/record")
    send(browser, incident, BAD)

    assert uploads.forget(at=AT + 4 * DAY) == 0
    assert uploads.forget(at=AT + 3 * DAY + uploads.KEPT_FOR + timedelta(minutes=1)) == 1
    assert CountsFile.objects.get().recorded_at is not None
