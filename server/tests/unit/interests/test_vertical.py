"""From a stake to a settled conflict, on pages."""

from collections.abc import Callable

from django.test import Client
from unit.clocks.conftest import Works
from unit.interests.conftest import AT, DAY, HOUR

from tongzhou.actors.models import Post
from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import Incident
from tongzhou.interests.models import Conflict, Stake
from tongzhou.interests.queries import conflicts

SignedIn = Callable[[Post], Client]


def test_two_units_settle_on_pages_what_a_third_mediates(
    cast: Cast, signed_in: SignedIn, incident: Incident, works: Works
) -> None:
    works.set(AT)
    pan, chu, ye = map(signed_in, (cast.pan, cast.chu, cast.ye))
    matter = f"i:{incident.code}"
    for browser, words in ((pan, "Guards cost us"), (chu, "Food must pass")):
        answer = browser.post(
            "/interests/stakes/new",
            {"matter": matter, "stake": words, "cost": "800", "hours": "12.5"},
        )
        assert answer.status_code == 302
    one, other = Stake.objects.order_by("number")
    assert chu.get("/interests").content.decode().count("Guards cost us") == 1
    made = pan.post(
        "/interests/conflicts/new",
        {"one": one.number, "other": other.number, "clash": "access", "severity": "3",
         "why": "The gate is shut"},
    )  # fmt: skip
    conflict = Conflict.objects.get()
    base = f"/interests/conflicts/{conflict.number}"
    assert made["Location"] == base
    assert chu.post(f"{base}/mediate", {"mediator": "beishan-street", "due_at": "2020-02-06T18:00"})
    terms = {"outcome": "settled", "terms": "Open at noon", "agreed": "500"}
    assert ye.post(f"{base}/terms", terms).status_code == 302
    early = ye.post(f"{base}/close")
    assert (early.status_code, "consent" in early.content.decode()) == (422, True)
    for browser in (pan, chu):
        assert browser.post(f"{base}/answer", {"agreed": "yes", "round": "1"}).status_code == 302
    works.at(AT + HOUR)
    running = Clock.objects.get(rule="mediation")
    assert (running.owners, running.state) == (
        [cast.units["beishan-street"].id], State.RUNNING,
    )  # fmt: skip
    assert ye.post(f"{base}/close").status_code == 302

    works.at(AT + DAY)
    conflict.refresh_from_db()
    assert (conflict.state, conflict.terms, conflict.agreed) == ("settled", "Open at noon", 500_00)
    assert Clock.objects.get(rule="mediation").state == State.MET
    found = conflicts.settlement(visible_to=cast.pan)
    assert (found.raised, found.settled, found.share) == (1, 1, 1.0)
    assert "Open at noon" in pan.get(base).content.decode()


def test_the_matrix_names_both_sides_and_strangers_see_nothing(
    cast: Cast, signed_in: SignedIn, conflict: Conflict
) -> None:
    shown = signed_in(cast.chu).get("/interests/conflicts").content.decode()
    stranger = signed_in(cast.ou)

    assert shown.count('class="in-cell in-severity-3"') == 2
    assert "in-matrix" not in stranger.get("/interests/conflicts").content.decode()
    assert stranger.get(f"/interests/conflicts/{conflict.number}").status_code == 404
    assert stranger.get(f"/interests/stakes/{conflict.one.number}").status_code == 404
