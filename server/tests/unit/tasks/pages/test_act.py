"""Doing something with a task in the browser: done, refused, raced, sent twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import Comment, State, Task

from .conftest import AT, DAY, HTMX, bring, draft


def state_of(task: Task) -> str:
    task.refresh_from_db()
    return task.state


def test_one_tap_accepts_and_shows_the_task_as_it_is_then(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/accept", headers=HTMX | {"HX-Target": "task"})

    assert answer.status_code == 200
    assert state_of(task) == State.ACCEPTED
    assert answer.text.startswith('<div id="task"')
    assert f"You accepted T-{task.number}" in answer.text
    assert "/start" in answer.text


def test_without_script_it_leads_back_to_the_page_with_a_message(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/accept", follow=True)

    assert answer.redirect_chain == [(f"/tasks/{task.number}", 302)]
    assert f"You accepted T-{task.number}" in answer.text


def test_looking_at_an_address_does_nothing(ye: Client, task: Task) -> None:
    answer = ye.get(f"/tasks/{task.number}/accept")

    assert answer.status_code == 302
    assert state_of(task) == State.DISPATCHED


def test_of_two_who_act_at_once_one_gets_a_plain_sentence_and_the_fresh_state(
    ye: Client, cast: Cast, task: Task
) -> None:
    accept_task(task=task, by=cast.ye, at=AT)
    acts = Act.objects.count()

    answer = ye.post(f"/tasks/{task.number}/accept", headers=HTMX | {"HX-Target": "task"})

    assert answer.status_code == 409
    assert answer["Tongzhou-In-Place"] == "1"
    assert "Somebody may have been faster" in answer.text
    assert f"/tasks/{task.number}/start" in answer.text
    assert Act.objects.count() == acts


def test_who_may_see_it_but_not_do_it_is_told_so(lou: Client, task: Task) -> None:
    answer = lou.post(f"/tasks/{task.number}/accept")

    assert answer.status_code == 403
    assert "permission" in answer.text
    assert state_of(task) == State.DISPATCHED


def test_the_form_of_a_refusal_opens_in_a_dialog(ye: Client, task: Task) -> None:
    form = ye.get(f"/tasks/{task.number}/refuse", headers=HTMX)

    assert form.status_code == 200
    assert "HX-Retarget" not in form, "it goes where its button says"
    assert 'name="better_owner"' in form.text
    assert "<html" not in form.text


def test_without_script_the_form_is_a_page(ye: Client, task: Task) -> None:
    form = ye.get(f"/tasks/{task.number}/refuse")

    assert "<html" in form.text
    assert 'name="better_owner"' in form.text


def test_a_form_that_does_not_fit_any_more_is_refused_at_once(ye: Client, cast: Cast) -> None:
    done = bring(cast, draft(cast), State.DONE)

    assert ye.get(f"/tasks/{done.number}/refuse").status_code == 409


def test_a_refusal_without_a_better_owner_keeps_the_reason(ye: Client, task: Task) -> None:
    answer = ye.post(
        f"/tasks/{task.number}/refuse", {"reason": "Not our street", "better_owner": ""},
        headers=HTMX,
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Not our street" in answer.text
    assert answer["HX-Retarget"] == "#step"
    assert state_of(task) == State.DISPATCHED


@pytest.mark.parametrize("named", ["wz-command", "WZ-COMMAND", "温州市指挥部",
                                   "Wenzhou Command Headquarters"])  # fmt: skip
def test_a_better_owner_is_found_by_code_and_by_either_name(
    ye: Client, task: Task, named: str
) -> None:
    ye.post(f"/tasks/{task.number}/refuse", {"reason": "Theirs", "better_owner": named})

    assert state_of(task) == State.REFUSED
    assert task.better_owner is not None
    assert task.better_owner.code == "wz-command"


def test_what_was_typed_survives_a_lost_race(ye: Client, cast: Cast, task: Task) -> None:
    accept_task(task=task, by=cast.ye, at=AT)

    answer = ye.post(
        f"/tasks/{task.number}/refuse",
        {"reason": "Not our street", "better_owner": "wz-command"},
        headers=HTMX,
    )

    assert answer.status_code == 409
    assert "Not our street" in answer.text
    assert "Wenzhou Command Headquarters" in answer.text
    assert "Somebody may have been faster" in answer.text


def test_a_refused_task_goes_to_the_better_owner_in_one_form(lou: Client, cast: Cast) -> None:
    refused = bring(cast, draft(cast, basis="agreement"), State.REFUSED)

    form = lou.get(f"/tasks/{refused.number}/forward", headers=HTMX)
    lou.post(f"/tasks/{refused.number}/forward", {"to": "wz-command", "reason": "As named"})

    assert 'value="wz-command"' in form.text
    assert state_of(refused) == State.DISPATCHED
    assert refused.lead.code == "wz-command"


def test_a_comment_that_is_sent_twice_counts_once(ye: Client, task: Task) -> None:
    page = ye.get(f"/tasks/{task.number}").text
    once = page.split('name="once" value="')[1].split('"')[0]

    for _ in range(2):
        answer = ye.post(f"/tasks/{task.number}/comment", {"text": "On our way", "once": once})
        assert answer.status_code == 302

    assert Comment.objects.filter(task=task, verb="comment").count() == 1


def test_an_empty_comment_is_answered_beside_its_field(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/comment", {"text": " "}, headers=HTMX)

    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text


def test_a_comment_that_is_too_long_is_kept_in_its_field(ye: Client, task: Task) -> None:
    answer = ye.post(f"/tasks/{task.number}/comment", {"text": "long " * 900}, headers=HTMX)

    assert answer.status_code == 422
    assert "long long long" in answer.text


def test_a_file_is_attached_and_given_out(ye: Client, task: Task) -> None:
    file = SimpleUploadedFile("名单.txt", "住户,人数\n".encode())

    answer = ye.post(f"/tasks/{task.number}/attach", {"file": file}, headers=HTMX)
    attachment = task.files.get()
    download = ye.get(f"/tasks/files/{attachment.id}")

    assert answer.status_code == 200
    assert attachment.name in answer.text
    assert b"".join(download) == "住户,人数\n".encode()
    assert download["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_not_taken_is_answered_beside_its_field(ye: Client, task: Task) -> None:
    file = SimpleUploadedFile("page.pdf", b"<html><script>alert(1)</script>")

    answer = ye.post(f"/tasks/{task.number}/attach", {"file": file}, headers=HTMX)

    assert answer.status_code == 422
    assert "This kind of file is not taken" in answer.text
    assert not task.files.exists()


def test_a_task_is_split_and_empty_rows_count_for_nothing(ye: Client, cast: Cast) -> None:
    found = bring(cast, draft(cast), State.ACCEPTED)
    due = (AT + DAY).strftime("%Y-%m-%dT%H:%M")
    rows = {
        "part-TOTAL_FORMS": "3",
        "part-INITIAL_FORMS": "0",
        **{f"part-{n}-due_at": due for n in range(3)},
        "part-0-title": "Buildings 1 to 4",
        "part-0-lead": "baoshi-community",
        "part-2-title": "Buildings 5 to 8",
        "part-2-lead": "lvyuan-volunteers",
        "part-2-basis": "voluntary",
    }

    answer = ye.post(f"/tasks/{found.number}/split", rows)

    assert answer.status_code == 302
    assert {part.title for part in found.parts.all()} == {"Buildings 1 to 4", "Buildings 5 to 8"}


def test_a_part_that_cannot_be_ordered_is_told_at_its_row(ye: Client, cast: Cast) -> None:
    found = bring(cast, draft(cast), State.ACCEPTED)
    due = (AT + DAY).strftime("%Y-%m-%dT%H:%M")
    rows = {
        "part-TOTAL_FORMS": "1",
        "part-INITIAL_FORMS": "0",
        "part-0-title": "Buildings 5 to 8",
        "part-0-lead": "lvyuan-volunteers",
        "part-0-due_at": due,
    }

    answer = ye.post(f"/tasks/{found.number}/split", rows, headers=HTMX)

    assert answer.status_code == 422
    assert "line of command" in answer.text
    assert "Buildings 5 to 8" in answer.text
    assert not found.parts.exists()


def test_a_change_writes_only_what_was_changed(lou: Client, cast: Cast, task: Task) -> None:
    later = (AT + 3 * DAY).strftime("%Y-%m-%dT%H:%M")
    form = {
        "due_at": later,
        "priority": "0",
        "assisting": "baoshi-property",
        "informed": "lvyuan-volunteers",
        "reason": "The masks come later",
    }

    answer = lou.post(f"/tasks/{task.number}/edit", form)

    task.refresh_from_db()
    assert answer.status_code == 302
    assert task.due_at == AT + 3 * DAY
    act = Act.objects.filter(type="task.edited.v1").get()
    assert "due_at" in act.data
    assert "assisting" not in act.data


def test_a_change_of_nothing_is_told(lou: Client, task: Task) -> None:
    form = {
        "due_at": task.due_at.astimezone(AT.tzinfo).strftime("%Y-%m-%dT%H:%M"),
        "priority": "0",
        "assisting": "baoshi-property",
        "informed": "lvyuan-volunteers",
        "reason": "No reason",
    }

    answer = lou.post(f"/tasks/{task.number}/edit", form)

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


def test_a_repeat_is_merged_by_its_number(lou: Client, cast: Cast, task: Task) -> None:
    other = bring(cast, draft(cast), State.DISPATCHED)

    lou.post(f"/tasks/{other.number}/merge", {"into": f"t-{task.number}"})

    assert state_of(other) == State.MERGED
    assert other.merged_into == task


def test_a_number_that_the_post_does_not_see_is_no_number(
    ye: Client, cast: Cast, task: Task
) -> None:
    hidden = bring(
        cast,
        draft(cast, lead=cast.units["wz-command"], by=cast.shen, assisting=[], informed=[]),
        State.DRAFT,
    )

    answer = ye.post(f"/tasks/{task.number}/merge", {"into": str(hidden.number)})

    assert answer.status_code == 422
    assert "is no task that you can see" in answer.text


def test_a_verb_that_does_not_exist_is_not_there(ye: Client, task: Task) -> None:
    assert ye.post(f"/tasks/{task.number}/destroy").status_code == 404


def test_a_request_of_another_site_is_refused(cast: Cast, task: Task) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ye.person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(f"/tasks/{task.number}/accept").status_code == 403
    assert state_of(task) == State.DISPATCHED


def test_a_resident_is_offered_no_work(cast: Cast, signed_in: object, task: Task) -> None:
    own = bring(cast, draft(cast, lead=cast.units["baoshi-community"], by=cast.ye), State.DRAFT)
    ren = signed_in(cast.ren)  # type: ignore[operator]

    assert ren.post(f"/tasks/{own.number}/accept").status_code == 404


def test_a_task_is_not_merged_into_itself(lou: Client, task: Task) -> None:
    answer = lou.post(f"/tasks/{task.number}/merge", {"into": str(task.number)})

    assert answer.status_code == 422
    assert "cannot be merged into itself" in answer.text


def test_a_split_that_comes_too_late_keeps_its_rows(ye: Client, cast: Cast, task: Task) -> None:
    withdraw_task(task=task, reason="Not needed", by=cast.lou, at=AT)
    rows = {
        "part-TOTAL_FORMS": "1",
        "part-INITIAL_FORMS": "0",
        "part-0-title": "Buildings 1 to 4",
        "part-0-lead": "baoshi-community",
        "part-0-due_at": (AT + DAY).strftime("%Y-%m-%dT%H:%M"),
    }

    answer = ye.post(f"/tasks/{task.number}/split", rows, headers=HTMX)

    assert answer.status_code == 409
    assert "Buildings 1 to 4" in answer.text
    assert "Somebody may have been faster" in answer.text
