"""What holds for every act on a task: it happens and stands in the ledger once; a post that
sees the task but lacks the permission is refused; somebody else does not find it; and
nothing is left behind when the ledger fails."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.storage import default_storage
from unit.rows import rows

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.models import IncidentParty
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions import transition
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import (
    Attachment,
    Call,
    Comment,
    Form,
    Requester,
    State,
    Task,
    TaskParty,
    Ticket,
    Whistle,
)

from .conftest import AT, HOUR, MAKERS, bring
from .matrix import AFTER, ARGUMENTS, TYPES

LATER = AT + HOUR


@dataclass(frozen=True)
class Case:
    """By whom, from which state, of which kind, done with whom."""

    by: str
    state: State
    kind: str
    partners: frozenset[str]
    form: Form


def case(by: str, state: State, kind: str, *partners: str, form: Form = Form.TASK) -> Case:
    return Case(by, state, kind, frozenset(partners), form)


ASKER, LEAD, FIRM = "hz-command", "beishan-street", "baoshi-property"
CASES = {
    "dispatch": case("lou", State.DRAFT, "dispatch", LEAD, FIRM),
    "see": case("ye", State.DISPATCHED, "", ASKER, FIRM),
    "accept": case("ye", State.SEEN, "answer", ASKER, FIRM),
    "refuse": case("ye", State.SEEN, "answer", ASKER, FIRM),
    "return": case("ye", State.SEEN, "answer", ASKER, FIRM),
    "forward": case("lou", State.SEEN, "dispatch", LEAD, FIRM, "baoshi-community"),
    "take": case("ye", State.ACCEPTED, "", ASKER, FIRM),
    "release": case("ye", State.ACCEPTED, ""),
    "start": case("pan", State.ACCEPTED, "", ASKER, LEAD),
    "block": case("ye", State.IN_PROGRESS, "ask", ASKER, FIRM),
    "resume": case("ye", State.BLOCKED, "clarify", ASKER, FIRM),
    "finish": case("ye", State.IN_PROGRESS, "report", ASKER, FIRM),
    "confirm": case("lou", State.DONE, "answer", LEAD, FIRM),
    "reopen": case("chu", State.CONFIRMED, "ask", ASKER, LEAD, FIRM),
    "split": case("ye", State.ACCEPTED, "", "baoshi-community"),
    "merge": case("lou", State.SEEN, "", LEAD, FIRM),
    "withdraw": case("lou", State.SEEN, "clarify", LEAD, FIRM),
    "edit": case("lou", State.SEEN, "clarify", LEAD, FIRM),
    "comment": case("chu", State.SEEN, "clarify", ASKER, LEAD, FIRM),
    "attach": case("pan", State.SEEN, "share", ASKER, LEAD),
    "reclassify": case("lou", State.SEEN, "clarify", LEAD, FIRM, form=Form.TICKET),
    "urge": case("shen", State.SEEN, "supervise", LEAD, FIRM),
    "object": case("ye", State.SEEN, "answer", ASKER, FIRM, form=Form.TICKET),
    "review": case("lou", State.OBJECTED, "decide", LEAD, FIRM, form=Form.TICKET),
    "decide": case(
        "shen", State.REFUSED, "decide", ASKER, LEAD, FIRM, "baoshi-community", form=Form.TICKET
    ),
    "arrive": case("tang", State.SEEN, "joint_action", LEAD, FIRM, form=Form.WHISTLE),
    "call_back": case("lou", State.CONFIRMED, "clarify", LEAD, form=Form.TICKET),
    "evaluate": case("ye", State.CONFIRMED, "clarify", "zj-health", form=Form.WHISTLE),
}
every_act = pytest.mark.parametrize("verb", CASES)
TABLES = (
    Task, TaskParty, Comment, Attachment, IncidentParty, Ticket, Requester, Whistle, Call,
)  # fmt: skip


@pytest.fixture
def ready(cast: Cast, verb: str) -> Task:
    """A task from which the act can be done."""
    task = bring(cast, MAKERS[CASES[verb].form](cast), CASES[verb].state)
    if verb == "release":
        take_task(task=task, by=cast.ye, at=AT)
    return task


def do(verb: str, task: Task, by: Post, cast: Cast) -> Any:
    return VERBS[verb](task=task, by=by, at=LATER, **ARGUMENTS[verb](cast))


@every_act
def test_it_happens_and_stands_in_the_ledger_once(cast: Cast, verb: str, ready: Task) -> None:
    arguments = ARGUMENTS[verb](cast)
    by = cast.posts[CASES[verb].by]
    before = set(Act.objects.values_list("id", flat=True))

    VERBS[verb](task=ready, by=by, at=LATER, **arguments)

    (act,) = Act.objects.exclude(id__in=before).filter(about_id=ready.id)
    assert (act.type, act.kind, act.at) == (TYPES[verb], CASES[verb].kind, LATER)
    assert (act.by_post, act.by_unit) == (by.id, by.unit_id)
    assert set(act.with_units) == {cast.units[code].id for code in CASES[verb].partners}
    basis = "order" if ready.form == Form.TASK else "law"
    assert (act.basis, act.area) == (basis, ready.area.code)
    assert cast.units["wz-trade"].id not in act.audience
    ready.refresh_from_db()
    assert ready.state == (AFTER[verb] or (State.SEEN if verb == "see" else CASES[verb].state))
    assert act.data["state"] == ready.state
    assert ready.updated_at == LATER


@every_act
def test_a_post_without_the_permission_is_refused(cast: Cast, verb: str, ready: Task) -> None:
    arguments = ARGUMENTS[verb](cast)
    before = rows(TABLES)

    with pytest.raises(NotAllowed):
        VERBS[verb](task=ready, by=cast.an, at=LATER, **arguments)

    assert rows(TABLES) == before


@every_act
def test_a_token_without_the_word_is_refused(cast: Cast, verb: str, ready: Task) -> None:
    arguments = ARGUMENTS[verb](cast)
    post = cast.posts[CASES[verb].by]
    post.scopes = frozenset({"task.see"} if verb != "see" else {"task.accept"})

    with pytest.raises(NotAllowed):
        VERBS[verb](task=ready, by=post, at=LATER, **arguments)


@every_act
def test_another_organisation_finds_nothing(cast: Cast, verb: str, ready: Task) -> None:
    arguments = ARGUMENTS[verb](cast)
    before = rows(TABLES)

    with pytest.raises(NotFound):
        VERBS[verb](task=ready, by=cast.ou, at=LATER, **arguments)

    assert rows(TABLES) == before


@every_act
def test_a_failing_ledger_leaves_nothing_behind(
    cast: Cast, verb: str, ready: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ARGUMENTS[verb](cast)
    before = rows(TABLES)
    files = _stored()

    class LedgerIsDown(Exception):
        pass

    def fail(*_args: object, **_fields: object) -> None:
        raise LedgerIsDown

    monkeypatch.setattr(transition, "append", fail)

    with pytest.raises(LedgerIsDown):
        VERBS[verb](task=ready, by=cast.posts[CASES[verb].by], at=LATER, **arguments)

    assert rows(TABLES) == before
    assert _stored() == files


def _stored(folder: str = "") -> set[str]:
    """The files that are kept, folder by folder."""
    if folder and not default_storage.exists(folder):
        return set()
    folders, files = default_storage.listdir(folder)
    below = [_stored(f"{folder}/{name}".lstrip("/")) for name in folders]
    return {f"{folder}/{name}" for name in files}.union(*below)


@every_act
def test_who_may_be_told_is_who_sees_the_task(cast: Cast, verb: str, ready: Task) -> None:
    do(verb, ready, cast.posts[CASES[verb].by], cast)

    act = Act.objects.filter(about_id=ready.id).order_by("-id")[0]
    seen = set(TaskParty.objects.filter(task=ready).values_list("unit_id", flat=True))
    assert set(act.audience) == seen
