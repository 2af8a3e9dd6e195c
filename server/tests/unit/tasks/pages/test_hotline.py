"""The hotline from the first word to the evaluation, on its pages."""

import re
from datetime import timedelta

from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.models import Requester, State, Ticket, Whistle

from .conftest import AT, Browser

ASKED = {
    "once": "0190d3a0-0000-7000-8000-0000000000a1",
    "area": "330106002901",
    "text": "五天没有人收垃圾",
    "contact_phone": "13800001111",
}


def registered(cast: Cast, signed_in: Browser, **more: str) -> Ticket:
    page = signed_in(cast.lou).post(
        "/hotline/new",
        {
            "text": "小区门口积水 Water at the gate",
            "class_code": "utilities",
            "area": "330106002",
            "channel": "phone",
            "contact_name": "Zhang San",
            **more,
        },
    )
    assert page.status_code == 302, page.content
    return Ticket.objects.select_related("task").order_by("-registered_at", "-task__number")[0]


def test_a_resident_asks_without_an_account_and_follows_the_number(
    cast: Cast, signed_in: Browser
) -> None:
    visitor = Client()

    sent = visitor.post("/ask", ASKED)
    again = visitor.post("/ask", ASKED)
    page = visitor.get(sent["Location"])

    ticket = Ticket.objects.get()
    assert sent["Location"] == again["Location"]
    assert ticket.number in page.content.decode()
    assert "Is being dispatched" in page.content.decode()
    # A browser that hides where a form comes from could not send what stands on this page.
    assert page["Referrer-Policy"] == "same-origin"
    # It went to the district, whose desk the template names first.
    assert ticket.task.asker == cast.units["xh-command"]
    assert ticket.task.asker_post is None
    queue = signed_in(cast.second_post).get("/hotline").content.decode()
    assert ticket.number in queue


def test_the_desk_registers_and_dispatches_in_one_step(cast: Cast, signed_in: Browser) -> None:
    ticket = registered(cast, signed_in, send_to="beishan-street")

    assert ticket.task.state == State.DISPATCHED
    assert ticket.task.lead == cast.units["beishan-street"]
    page = signed_in(cast.ye).get(f"/tasks/{ticket.task.number}").content.decode()
    assert ticket.number in page
    assert "Zhang San" not in page


def test_the_desk_answers_while_it_takes_the_matter_in(cast: Cast, signed_in: Browser) -> None:
    ticket = registered(cast, signed_in, answer="周三收垃圾", lead="beishan-street")

    assert (ticket.task.state, ticket.task.result) == (State.CONFIRMED, "周三收垃圾")
    assert ticket.task.lead == ticket.task.asker == cast.lou.unit
    acts = Act.objects.filter(about_id=ticket.task_id).order_by("recorded_at", "id")
    assert [act.type for act in acts] == [
        "task.created.v1", "ticket.registered.v1", "task.dispatched.v1", "task.accepted.v1",
        "task.finished.v1", "task.confirmed.v1",
    ]  # fmt: skip
    page = Client().get("/ticket", {"number": ticket.number}).content.decode()
    assert "周三收垃圾" in page
    sent = registered(cast, signed_in, answer="Sunday", send_to="beishan-street")
    assert (sent.task.state, sent.task.lead.code) == (State.DISPATCHED, "beishan-street")


def test_the_desk_changes_the_class_with_a_reason(cast: Cast, signed_in: Browser) -> None:
    ticket = registered(cast, signed_in)
    address = f"/tasks/{ticket.task.number}/reclassify"
    desk = signed_in(cast.lou)

    assert "Utilities" not in desk.get(address).content.decode()
    assert desk.post(address, {"class_code": "life"}).status_code == 422
    assert desk.post(address, {"class_code": "vip", "reason": "r"}).status_code == 422
    assert desk.post(address, {"class_code": "hard", "reason": "Several"}).status_code == 302

    ticket.refresh_from_db()
    act = Act.objects.get(about_id=ticket.task_id, type="ticket.reclassified.v1")
    assert (ticket.class_code, act.data["class"], act.data["from"]) == ("hard", "hard", "utilities")
    assert ticket.task.due_at == act.due_at == act.at + timedelta(days=15)


def test_a_repeat_is_merged_and_gets_the_same_answer(cast: Cast, signed_in: Browser) -> None:
    first = registered(cast, signed_in, send_to="beishan-street")
    hints = signed_in(cast.lou).get(
        "/hotline/hints", {"text": "门口积水 water at the gate", "area": "330106002"}
    )
    assert first.number in hints.content.decode()

    second = registered(cast, signed_in, merge_into=first.task.reference)
    accept_task(task=first.task, by=cast.ye, at=AT)
    finish_task(task=first.task, result="The drain is open again", by=cast.ye, at=AT)

    assert second.task.state == State.MERGED
    shown = Client().get(f"/ticket?number={second.number}").content.decode()
    assert "The drain is open again" in shown


def test_reading_who_asked_is_an_act(cast: Cast, signed_in: Browser) -> None:
    ticket = registered(cast, signed_in, send_to="beishan-street")

    page = signed_in(cast.ye).post(f"/tasks/{ticket.task.number}/requester")

    assert "Zhang San" in page.content.decode()
    act = Act.objects.filter(about_id=ticket.task_id).order_by("-id")[0]
    assert (act.type, act.by_post) == ("ticket.contact_read.v1", cast.ye.id)
    assert "Zhang" not in str(act.data)
    assert signed_in(cast.ou).post(f"/tasks/{ticket.task.number}/requester").status_code == 404
    assert Requester.objects.count() == 1


def test_two_taps_judge_the_answer_and_a_third_opens_it_again(
    cast: Cast, signed_in: Browser
) -> None:
    ticket = registered(cast, signed_in, send_to="beishan-street")
    visitor = Client()
    early = visitor.post(
        "/ticket/evaluate", {"number": ticket.number, "solved": "yes", "satisfied": "yes"}
    )
    accept_task(task=ticket.task, by=cast.ye, at=AT)
    finish_task(task=ticket.task, result="Done", by=cast.ye, at=AT)
    confirm_task(task=ticket.task, by=cast.lou, at=AT)

    judged = visitor.post(
        "/ticket/evaluate", {"number": ticket.number, "solved": "yes", "satisfied": "no"}
    )
    ticket.refresh_from_db()

    assert (early.status_code, judged.status_code) == (409, 302)
    assert (ticket.solved, ticket.satisfied) == (True, False)
    missing = visitor.post("/ticket/reopen", {"number": ticket.number, "reason": " "})
    opened = visitor.post("/ticket/reopen", {"number": ticket.number, "reason": "Wet again"})
    ticket.task.refresh_from_db()
    ticket.refresh_from_db()
    assert (missing.status_code, opened.status_code) == (422, 302)
    assert (ticket.task.state, ticket.task.reopened) == (State.IN_PROGRESS, 1)
    assert ticket.satisfied is None
    assert "Wet again" in signed_in(cast.lou).get(f"/tasks/{ticket.task.number}").content.decode()


def test_a_number_that_does_not_exist_answers_like_a_hidden_one(db: None) -> None:
    visitor = Client()

    for number in ("TZ-2222-2222", "nonsense", "T-1"):
        assert visitor.get(f"/ticket?number={number}").status_code == 404
        said = visitor.post("/ticket/evaluate", {"number": number, "solved": "yes"})
        assert said.status_code == 404


def test_every_tab_of_the_desk_has_its_page(cast: Cast, signed_in: Browser) -> None:
    ticket = registered(cast, signed_in)

    for tab in ("queue", "mine", "running", "late", "answered", "call_back", "decide", "all"):
        assert signed_in(cast.lou).get(f"/hotline?tab={tab}").status_code == 200
    for q in (ticket.number, ticket.number.lower().replace("-", ""), "积水", ticket.task.reference):
        assert ticket.number in signed_in(cast.lou).get("/hotline", {"q": q}).content.decode()
    assert ticket.number not in signed_in(cast.ou).get("/hotline?tab=all").content.decode()
    assert signed_in(cast.lou).get(f"/tasks/{ticket.task.number}/slip").status_code == 200
    assert signed_in(cast.lou).get("/hotline/rates").status_code == 200
    lines = b"".join(signed_in(cast.lou).get("/hotline/export.csv").streaming_content)
    assert ticket.number.encode() in lines


def test_a_street_whistles_and_a_department_reports_in(cast: Cast, signed_in: Browser) -> None:
    street = signed_in(cast.ye)
    composer = street.get("/whistles/new").content.decode()
    assert "there within 30 min" in composer
    given = {
        "kind": "emergency",
        "ground": "beyond-power",
        "text": "聚集性发热 A cluster of fever",
        "place": "East gate",
        "units": "zj-health,hz-health",
        "area": "330106002",
    }

    sent = street.post("/whistles/new", given)
    itself = street.post("/whistles/new", given | {"units": "beishan-street"})
    below = street.post("/whistles/new", given | {"units": "baoshi-community"})

    whistle = Whistle.objects.get()
    assert sent["Location"] == f"/whistles/{whistle.number}"
    assert (itself.status_code, below.status_code) == (422, 422)
    call = whistle.calls.get(task__lead=cast.units["zj-health"])
    arrived = signed_in(cast.tang).post(
        f"/tasks/{call.task.number}/arrive", {"place": "East gate", "who": "Two inspectors"}
    )
    assert arrived.status_code == 302
    page = street.get(f"/whistles/{whistle.number}").content.decode()
    assert re.search(r"arrived in time", page)
    assert signed_in(cast.ou).get(f"/whistles/{whistle.number}").status_code == 404
    assert street.get("/whistles").status_code == 200
    assert street.get("/whistles/check", {"units": "beishan-street"}).status_code == 200
