"""Letters: numbered without gaps, answered once, never to oneself."""

import pytest
from unit.oversight.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, TextMissing
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.change import DeadlinePassed
from tongzhou.oversight.actions.letter_acts import LetterNotSo
from tongzhou.oversight.actions.send_letter import LetterToOneself, RecipientMissing, send_letter
from tongzhou.oversight.actions.withdraw_letter import withdraw_letter
from tongzhou.oversight.models import Letter, LetterState
from tongzhou.oversight.queries import letters


def _send(cast: Cast, **changed: object) -> Letter:
    given: dict[str, object] = {
        "recipient": cast.units["hz-command"], "subject": "Late reports", "body": "Please answer.",
        "due_at": AT + 3 * DAY, "by": cast.gu, "at": AT,
    }  # fmt: skip
    return send_letter(**(given | changed))  # type: ignore[arg-type]


def test_letters_of_a_unit_are_numbered_by_year(cast: Cast, letter: Letter) -> None:
    second = _send(cast)
    of_another = _send(cast, recipient=cast.units["xh-command"], by=cast.lou)
    next_year = _send(cast, at=AT + 365 * DAY, due_at=AT + 366 * DAY)

    numbers = [(one.year, one.serial) for one in (letter, second, of_another, next_year)]
    assert numbers == [(2020, 1), (2020, 2), (2020, 1), (2021, 1)]


def test_it_is_answered_in_writing_once(cast: Cast, letter: Letter) -> None:
    answered = answer_letter(letter=letter, answer="All staffed.", by=cast.ye, at=AT + DAY)

    assert (answered.state, answered.answer) == (LetterState.ANSWERED, "All staffed.")
    with pytest.raises(LetterNotSo):
        answer_letter(letter=letter, answer="Again", by=cast.ye, at=AT + DAY)


def test_only_the_recipient_answers(cast: Cast, letter: Letter) -> None:
    with pytest.raises(NotAllowed):
        answer_letter(letter=letter, answer="For them", by=cast.lou, at=AT + DAY)
    with pytest.raises(NotFound):
        answer_letter(letter=letter, answer="For them", by=cast.ou, at=AT + DAY)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"recipient": None}, RecipientMissing),
        ({"due_at": AT}, DeadlinePassed),
        ({"body": ""}, TextMissing),
        ({"subject": ""}, TextMissing),
    ],
)
def test_it_refuses_half_a_letter(
    cast: Cast, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _send(cast, **changed)
    assert not Letter.objects.exists()


def test_it_refuses_a_letter_to_oneself(cast: Cast) -> None:
    with pytest.raises(LetterToOneself):
        _send(cast, recipient=cast.units["zj-command"])


def test_a_withdrawn_letter_keeps_its_number(cast: Cast, letter: Letter) -> None:
    withdraw_letter(letter=letter, reason="Wrong street", by=cast.shen, at=AT + DAY)

    assert _send(cast).serial == 2
    with pytest.raises(LetterNotSo):
        answer_letter(letter=letter, answer="Late", by=cast.ye, at=AT + DAY)


def test_who_may_read_it(cast: Cast, letter: Letter) -> None:
    for post in (cast.gu, cast.ye, cast.lou):
        assert letters.find(letter.id, visible_to=post) == letter
    for post in (cast.ou, cast.mei, cast.he):
        with pytest.raises(NotFound):
            letters.find(letter.id, visible_to=post)
