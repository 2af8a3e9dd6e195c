"""The whole of verb × state × relation: each cell is allowed or refused as written down."""

from itertools import product

import pytest
from django.db import transaction

from tongzhou.actors.vocabulary import words
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.actions.evaluate import EvaluationNotYours
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.transition import WrongForm, WrongState
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import Form, State, Task
from tongzhou.tasks.transitions import TRANSITIONS, fits

from .conftest import AT, HOUR, MAKERS, RELATED_TO, another, bring
from .matrix import (
    AFTER,
    ARGUMENTS,
    FORMS,
    LETTERS,
    MATRIX,
    OUTSIDE,
    RELATIONS,
    allowed,
)

UNSENT = {"lead", "assisting", "informed"}
#: A call is sent in the act that makes it; to a plain task nobody objects.
CELLS = [
    (form, state)
    for form in Form
    for state in State
    if (form, state) not in {(Form.WHISTLE, State.DRAFT), (Form.TASK, State.OBJECTED)}
]


def test_the_table_of_the_code_is_the_table_written_down() -> None:
    for verb, relations in MATRIX.items():
        for form, state, relation in product(Form, State, (*RELATIONS, "requester")):
            letters = relations.get(relation, "") or ""
            if relation == "requester":
                letters = OUTSIDE.get(verb, "")
            expected = state in {LETTERS[x] for x in letters} and form in FORMS.get(verb, (form,))
            assert fits(verb, state=state, relations=[relation], form=form) == expected, (
                verb, relation, state, form,
            )  # fmt: skip
        assert TRANSITIONS[verb].to == (None if verb == "see" else AFTER[verb])


def test_every_verb_has_its_act_and_its_word() -> None:
    assert set(MATRIX) == set(TRANSITIONS) == set(VERBS)
    for verb, transition in TRANSITIONS.items():
        assert words()[transition.word.name] == transition.word
        assert set(transition.sources) <= transition.word.relations, verb


def _expected(verb: str, relation: str, state: State, form: Form) -> type[Refusal] | None:
    if relation == "outside" or (state == State.DRAFT and relation in UNSENT):
        return NotFound
    relations = _also(relation, state, form)
    if not relations & MATRIX[verb].keys():
        return NotAllowed
    if form not in FORMS.get(verb, (form,)):
        return WrongForm
    if not any(allowed(verb, one, state, form) for one in relations):
        return WrongState
    # That of a ticket belongs to whoever holds its number.
    return EvaluationNotYours if (verb, form) == ("evaluate", Form.TICKET) else None


def _also(relation: str, state: State, form: Form) -> set[str]:
    """Hangzhou's command asks, and stands above the street that leads, too; above the health
    commission that a street whistles for it does not stand."""
    above = relation == "asker" and form != Form.WHISTLE and state != State.DRAFT
    return {relation, "line"} if above else {relation}


class _Undo(Exception):
    pass


def _outcome(verb: str, relation: str, cast: Cast, task: Task) -> type[Refusal] | None:
    related = RELATED_TO[task.form]
    post = cast.posts["ou" if relation == "outside" else related[relation]]
    result: type[Refusal] | None = None
    try:
        with transaction.atomic():
            if verb == "release" and allowed("take", "lead", task.state):
                take_task(task=task, by=cast.posts[related["lead"]], at=AT)
            try:
                arguments = ARGUMENTS[verb](cast)
                if verb == "merge":
                    arguments["into"] = another(task, cast)
                if verb == "forward" and task.form == Form.WHISTLE:  # never back to the caller's
                    arguments["to"] = cast.units["wz-command"]
                VERBS[verb](task=task, by=post, at=AT + HOUR, **arguments)
            except Refusal as refusal:
                result = type(refusal)
            raise _Undo
    except _Undo:
        return result


@pytest.mark.parametrize(("form", "state"), CELLS)
def test_each_cell_of_the_matrix(cast: Cast, form: Form, state: State) -> None:
    task = bring(cast, MAKERS[form](cast), state)

    cells = {(verb, relation) for verb in MATRIX for relation in (*RELATIONS, "outside")}
    found = {cell: _outcome(*cell, cast, task) for cell in cells}

    assert found == {(verb, rel): _expected(verb, rel, state, form) for verb, rel in cells}


@pytest.mark.parametrize(("form", "state"), CELLS)
def test_a_page_offers_exactly_what_may_be_done(cast: Cast, form: Form, state: State) -> None:
    task = bring(cast, MAKERS[form](cast), state)
    hidden = {"release"} | ({"evaluate"} if form == Form.TICKET else set())
    readers = [r for r in RELATIONS if not (state == State.DRAFT and r in UNSENT)]

    offered = {
        relation: set(
            queries.detail(
                visible_to=cast.posts[RELATED_TO[form][relation]], number=task.number, at=AT
            ).verbs
        )
        for relation in readers
    }

    assert offered == {
        relation: {
            verb
            for verb in MATRIX
            if any(allowed(verb, one, state, form) for one in _also(relation, state, form))
        }
        - hidden
        for relation in readers
    }
