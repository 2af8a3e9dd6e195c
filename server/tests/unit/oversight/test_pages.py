"""Pages of the room: what stays typed, what is offered, what is shown."""

from collections.abc import Callable

from django.test import Client
from unit.clocks.conftest import Works
from unit.oversight.conftest import AT, DAY, fields

from tongzhou.actors.models import Post
from tongzhou.clocks.models import Clock
from tongzhou.demo.cast import Cast
from tongzhou.oversight.models import Ask, Field, Finding, Letter
from tongzhou.oversight.queries import rules

SignedIn = Callable[[Post], Client]
TYPED = {
    "kind": "form", "title": "Beds of today", "units": "baoshi-community", "rhythm": "daily",
    "purpose": "To see what is free", "legal_basis": "Plan", "due_time": "16:30",
}  # fmt: skip


def test_a_field_is_declared_without_leaving_the_form(cast: Cast, signed_in: SignedIn) -> None:
    known = fields(cast, 1)[0]
    new = {"new-code": "free_beds", "new-name_zh": "空余床位", "new-type": "whole"}

    page = signed_in(cast.tang).post(
        "/burden/ask", {**TYPED, "wanted": known.code, **new, "declare": "1"}
    )

    assert page.status_code == 200
    form = page.context["form"]
    assert form["wanted"].value() == f"{known.code},free_beds"
    assert all(form[name].value() == value for name, value in TYPED.items())
    assert not Ask.objects.exists()


def test_a_field_that_is_refused_keeps_the_form_too(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.tang).post(
        "/burden/ask", {**TYPED, "new-code": "free beds!", "new-name_zh": "床位", "declare": "1"}
    )

    assert page.status_code == 422
    assert page.context["form"]["title"].value() == TYPED["title"]
    assert page.context["field_form"].errors
    assert not Field.objects.exists()


def test_a_finding_shows_the_rule_with_source_and_date(cast: Cast, signed_in: SignedIn) -> None:
    rule = rules.search("burden")[0]
    gu = signed_in(cast.gu)
    sent = {
        "owner": "baoshi-community", "what": "Asked too much", "severity": "minor",
        "due_at": "2199-01-01T10:00", "rule_version": str(rule.id),
    }  # fmt: skip
    assert gu.post("/oversight/findings/new", sent).status_code == 422
    due_at = gu.get("/oversight/findings/new").context["form"]["due_at"].value()
    made = gu.post("/oversight/findings/new", {**sent, "due_at": f"{due_at:%Y-%m-%dT%H:%M}"})

    text = gu.get(made["Location"]).content.decode()
    assert rule.source.text in text
    assert rule.valid_from.isoformat() in text
    assert Finding.objects.get().rule_version == rule.id


def test_a_missed_limit_is_found_by_name_and_cited_in_a_letter(
    cast: Cast, signed_in: SignedIn, works: Works, finding: Finding
) -> None:
    works.at(AT + 4 * DAY)
    limit = Clock.objects.get(rule="finding-answer")
    gu = signed_in(cast.gu)

    found = gu.get("/oversight/missed/search", {"q": "north gate"}).json()["results"]
    assert [one["code"] for one in found] == [str(limit.id)]
    assert signed_in(cast.ou).get("/oversight/missed/search").json()["results"] == []
    gu.post(
        "/oversight/letters/new",
        {
            "recipient": "beishan-street", "subject": "Gates", "body": "Please",
            "missed": str(limit.id), "due_at": f"{AT + 9 * DAY:%Y-%m-%dT%H:%M}",
        },
    )  # fmt: skip

    assert [cited["id"] for cited in Letter.objects.get().cites] == [str(limit.id)]
