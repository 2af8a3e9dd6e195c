"""The same acts for programs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from unit.incidents.conftest import AT, DAY, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import DailyCount, Incident, Measure, Signal, WorkingGroup
from tongzhou.kernel import clock

ApiClient = Callable[..., Client]
API = "/api/v1"


@pytest.fixture(autouse=True)
def _present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)


def send(client: Client, path: str, method: str = "post", **body: Any) -> Any:
    """A request with a JSON body."""
    return getattr(client, method)(API + path, body, content_type="application/json")


def when(days: float) -> str:
    """A time so many days after the incident was opened."""
    return (AT + days * DAY).isoformat()


def test_a_signal_without_an_account(cast: Cast, client: Client) -> None:
    made = send(client, "/signals", text="Fever", area="330106", contact_phone="139")

    assert made.status_code == 201
    ticket = made.json()["ticket"]
    followed = client.get(f"{API}/tickets/{ticket}").json()
    assert (followed["state"], followed["answer"]) == ("received", "")
    assert Signal.objects.get().channel == "api"


def test_a_signal_to_its_answer(cast: Cast, signal: Signal, api_client: ApiClient) -> None:
    ye = api_client(cast.ye)
    path = f"/signals/{signal.ticket}"

    early = send(ye, path + "/answer", answer="Thanks")
    view = send(ye, path + "/assess", verdict="watch", reasons="Unclear", serious=True)
    answered = send(ye, path + "/answer", answer="We look into it")
    contact = send(ye, path + "/contact")

    assert (early.status_code, early.json()["code"]) == (409, "signal-not-assessed")
    assert (view.status_code, view.json()["notifiable"]) == (201, False)
    assert answered.json()["signal"]["answer"] == "We look into it"
    assert contact.json() == {"name": "Zhang", "phone": "13800000000"}
    assert [item["ticket"] for item in ye.get(f"{API}/signals").json()["items"]] == [signal.ticket]
    assert "13800000000" not in ye.get(API + path).content.decode()
    assert api_client(cast.ou).get(API + path).status_code == 404
    assert api_client(cast.ou).get(f"{API}/signals").json()["items"] == []


def test_an_incident_from_opening_to_closing(cast: Cast, api_client: ApiClient) -> None:
    shen = api_client(cast.shen)

    made = send(shen, "/incidents", code="x", title_en="X", area="33", told=["hz-command"])
    graded = send(
        shen, "/incidents/x/grade", grade="I", criterion="c", legal_basis=LAW, expires_at=when(9)
    )
    phased = send(shen, "/incidents/x/phase", phase="respond", reason="r")
    edited = send(shen, "/incidents/x", "patch", reason="r", agent="SARS-CoV-2")
    told = send(shen, "/incidents/x/tell", units=["wz-command"])
    closed = send(shen, "/incidents/x/close", reason="r")
    late = send(shen, "/incidents/x/phase", phase="watch", reason="r")
    reopened = send(shen, "/incidents/x/reopen", reason="r")

    assert made.status_code == 201
    assert graded.json()["grades"][0]["grade"] == "I"
    assert [p["phase"] for p in phased.json()["phases"]] == ["watch", "respond"]
    assert edited.json()["agent"] == "SARS-CoV-2"
    assert "wz-command" in {party["unit"]["code"] for party in told.json()["parties"]}
    assert closed.json()["incident"]["closed_at"] is not None
    assert (late.status_code, late.json()["code"]) == (409, "incident-closed")
    assert reopened.json()["incident"]["closed_at"] is None
    kinds = [act["type"] for act in shen.get(f"{API}/incidents/x/acts?limit=3").json()["items"]]
    assert kinds == ["incident.reopened.v1", "incident.closed.v1", "incident.told.v1"]


def test_the_ledger_of_an_incident_in_pages(
    cast: Cast, incident: Incident, api_client: ApiClient
) -> None:
    shen = api_client(cast.shen)
    for phase in ("respond", "sustain", "recover"):
        send(shen, f"/incidents/{incident.code}/phase", phase=phase, reason="r")
    found: list[str] = []
    cursor = ""
    while cursor is not None:
        page = shen.get(f"{API}/incidents/{incident.code}/acts?limit=3&cursor={cursor}").json()
        found += [act["id"] for act in page["items"]]
        cursor = page["next"]

    assert len(found) == len(set(found)) == 4


def test_groups_decisions_and_measures(
    cast: Cast, incident: Incident, api_client: ApiClient
) -> None:
    shen, path = api_client(cast.shen), f"/incidents/{incident.code}"

    group = send(shen, path + "/groups", name_en="G", chair="zj-health", members=["zj-cdc"])
    one = f"{path}/groups/{group.json()['id']}"
    changed = send(shen, one + "/change", chair="zj-cdc", members=["zj-health"])
    met = send(shen, one + "/convene", topic="Beds")
    gone = send(shen, one + "/dissolve", reason="Done")
    decision = send(shen, path + "/decisions", text="d", owner="hz-health", due_at=when(2))
    done = send(
        api_client(cast.xia), f"{path}/decisions/{decision.json()['id']}/complete", outcome="o"
    )
    bare = send(shen, path + "/measures", title_en="m", area="3301")
    measure = send(
        shen, path + "/measures", title_en="m", area="3301", legal_basis=LAW, stop_rule="s",
        expires_at=when(9),
    )  # fmt: skip
    lifted = send(shen, f"{path}/measures/{measure.json()['id']}/lift", reason="r")

    assert {m["code"] for m in group.json()["members"]} == {"zj-health", "zj-cdc"}
    assert changed.json()["chair"]["code"] == "zj-cdc"
    assert met.status_code == 200
    assert gone.json()["dissolved_at"] is not None
    assert done.json()["outcome"] == "o"
    assert (bare.status_code, bare.json()["code"]) == (422, "measure-needs-basis")
    assert lifted.json()["lift_reason"] == "r"
    assert len(shen.get(f"{API}{path}/groups?dissolved=true").json()["items"]) == 1
    assert len(shen.get(f"{API}{path}/decisions?state=done").json()["items"]) == 1
    assert shen.get(f"{API}{path}/measures?state=in_force").json()["items"] == []


def test_an_unknown_unit_is_named_with_its_place(
    cast: Cast, incident: Incident, api_client: ApiClient
) -> None:
    made = send(
        api_client(cast.shen), f"/incidents/{incident.code}/groups", name_en="G",
        chair="zj-cdc", members=["zj-health", "nowhere"],
    )  # fmt: skip

    assert made.status_code == 422
    (error,) = made.json()["errors"]
    assert (error["field"], error["row"], error["code"]) == ("members", 2, "unit-unknown")
    assert not WorkingGroup.objects.exists()


def test_counts_by_body_and_by_file(cast: Cast, incident: Incident, api_client: ApiClient) -> None:
    shen, path = api_client(cast.shen), f"/incidents/{incident.code}/counts"
    row = {"area": "3301", "date": "2020-01-23", "confirmed": 5, "cured": 0, "dead": 0}

    made = send(shen, path, source="CDC", as_of=when(0), rows=[row])
    wrong = send(shen, path, source="CDC", as_of=when(0), rows=[row, row | {"area": "99"}])
    text = "date,city_code,confirmed,cured,dead\n2020-01-23,330100,4,0,0\n"
    given = {"source": "CDC", "file": SimpleUploadedFile("c.csv", text.encode())}
    tried = shen.post(f"{API}{path}/file", given | {"dry_run": "true"})
    given["file"] = SimpleUploadedFile("c.csv", text.encode())
    taken = shen.post(f"{API}{path}/file", given)

    assert made.json() == {"added": 1, "revised": 0, "unchanged": 0, "corrected": 0}
    assert (wrong.status_code, wrong.json()["errors"][0]["row"]) == (422, 2)
    assert tried.json()["recorded"]["revised"] == 1
    assert taken.json()["recorded"]["revised"] == 1
    assert DailyCount.objects.count() == 2
    versions = shen.get(f"{API}{path}?revisions=true&area=3301&day=2020-01-23").json()["items"]
    assert [v["confirmed"] for v in versions] == [5, 4]


def test_public_lists_need_no_account(
    cast: Cast, incident: Incident, measure: Measure, client: Client
) -> None:
    assert [i["code"] for i in client.get(f"{API}/public/incidents").json()["items"]] == ["zj-2020"]
    found = client.get(f"{API}/public/measures").json()["items"]
    assert [(m["title_en"], m["area"]["code"]) for m in found] == [("No large gatherings", "3301")]


@pytest.mark.parametrize("path", ["", "/acts", "/groups", "/decisions", "/measures", "/counts"])
def test_another_organisation_finds_nothing(
    cast: Cast, incident: Incident, api_client: ApiClient, path: str
) -> None:
    found = api_client(cast.ou).get(f"{API}/incidents/{incident.code}{path}")

    assert (found.status_code, found.json()["code"]) == (404, "not-found")


def test_a_token_does_no_more_than_its_scopes(
    cast: Cast, incident: Incident, api_client: ApiClient
) -> None:
    limited = api_client(cast.shen, scopes=["incident.phase"])

    phased = send(limited, f"/incidents/{incident.code}/phase", phase="respond", reason="r")
    graded = send(
        limited, f"/incidents/{incident.code}/grade", grade="I", criterion="c", legal_basis=LAW
    )

    assert (phased.status_code, graded.status_code) == (200, 403)
