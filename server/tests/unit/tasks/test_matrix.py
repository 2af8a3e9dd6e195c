"""The whole of verb × state × relation: each cell is allowed or refused as written down."""

import pytest
from django.db import transaction

from tongzhou.actors.vocabulary import words
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.transition import WrongState
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import TRANSITIONS, fits

from .conftest import AT, HOUR, RELATED, bring, draft
from .matrix import AFTER, ARGUMENTS, LETTERS, MATRIX, RELATIONS, allowed

UNSENT = {"lead", "assisting", "informed"}


def test_the_table_of_the_code_is_the_table_written_down() -> None:
    for verb, relations in MATRIX.items():
        for state in State:
            for relation in RELATIONS:
                expected = state in {LETTERS[x] for x in relations.get(relation, "")}
                assert fits(verb, state=state, relations=[relation]) == expected, (
                    verb, relation, state,
                )  # fmt: skip
        assert TRANSITIONS[verb].to == (None if verb == "see" else AFTER[verb])


def test_every_verb_has_its_act_and_its_word() -> None:
    assert set(MATRIX) == set(TRANSITIONS) == set(VERBS)
    for verb, transition in TRANSITIONS.items():
        assert words()[transition.word.name] == transition.word
        assert set(transition.sources) <= transition.word.relations, verb


def _expected(verb: str, relation: str, state: State) -> type[Refusal] | None:
    if relation == "outside" or (state == State.DRAFT and relation in UNSENT):
        return NotFound
    if relation not in MATRIX[verb]:
        return NotAllowed
    return None if allowed(verb, relation, state) else WrongState


class _Undo(Exception):
    pass


def _outcome(verb: str, relation: str, cast: Cast, task: Task) -> type[Refusal] | None:
    post = cast.posts["ou" if relation == "outside" else RELATED[relation]]
    result: type[Refusal] | None = None
    try:
        with transaction.atomic():
            if verb == "release" and allowed("take", "lead", task.state):
                take_task(task=task, by=cast.ye, at=AT)
            try:
                VERBS[verb](task=task, by=post, at=AT + HOUR, **ARGUMENTS[verb](cast))
            except Refusal as refusal:
                result = type(refusal)
            raise _Undo
    except _Undo:
        return result


@pytest.mark.parametrize("state", State)
def test_each_cell_of_the_matrix(cast: Cast, state: State) -> None:
    task = bring(cast, draft(cast), state)

    cells = {(verb, relation) for verb in MATRIX for relation in (*RELATIONS, "outside")}
    found = {cell: _outcome(*cell, cast, task) for cell in cells}

    assert found == {(verb, rel): _expected(verb, rel, state) for verb, rel in cells}


@pytest.mark.parametrize("state", State)
def test_a_page_offers_exactly_what_may_be_done(cast: Cast, state: State) -> None:
    task = bring(cast, draft(cast), state)
    readers = [r for r in RELATIONS if not (state == State.DRAFT and r in UNSENT)]

    offered = {
        relation: set(
            queries.detail(
                visible_to=cast.posts[RELATED[relation]], number=task.number, at=AT
            ).verbs
        )
        for relation in readers
    }

    assert offered == {
        relation: {verb for verb in MATRIX if allowed(verb, relation, state)} - {"release"}
        for relation in readers
    }
