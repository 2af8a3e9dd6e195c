"""Models of factors as they are written, and what they recover."""

import numpy as np
import pytest

from actscope.survey.answers import (
    Answers,
    AnswersTooFewError,
    ItemConstantError,
    Matrix,
)
from actscope.survey.confirmatory import Confirmatory, confirmatory, confirmed
from actscope.survey.factorability import ItemsCollinearError
from actscope.survey.fitting import ModelUnderidentifiedError, ModelUnsettledError
from actscope.survey.model_syntax import (
    ModelEmptyError,
    ModelRepeatsError,
    ModelUnreadableError,
    ModelUnsupportedError,
    parsed,
)
from actscope.survey.structure import (
    FactorCircularError,
    ModelVariableUnknownError,
    VariableUnconnectedError,
    structure_of,
)

LOADINGS = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
TWO = "trust =~ t1 + t2 + t3\nhelp =~ h1 + h2 + h3"


def population(between: float = 0.3) -> Matrix:
    """The correlations of six items, three for each of two factors that correlate so much."""
    pattern = np.zeros((6, 2))
    pattern[:3, 0], pattern[3:, 1] = LOADINGS[:3], LOADINGS[3:]
    common = pattern @ np.array([[1, between], [between, 1]]) @ pattern.T
    np.fill_diagonal(common, 1)
    return np.asarray(common, np.float64)


def fit(model: str, covariances: Matrix | None = None) -> Confirmatory:
    return confirmed(structure_of(model), population() if covariances is None else covariances, 200)


def paths(text: str) -> list[tuple[str, str, str]]:
    return [(path.left, path.operator, path.right) for path in parsed(text)]


def test_the_population_is_recovered() -> None:
    found = fit(TWO)

    assert list(found.loadings_std["trust"].values()) == pytest.approx(LOADINGS[:3], abs=1e-6)
    assert list(found.loadings_std["help"].values()) == pytest.approx(LOADINGS[3:], abs=1e-6)
    assert found.factor_correlations["trust"]["help"] == pytest.approx(0.3, abs=1e-6)
    assert found.fit.chi2 == pytest.approx(0, abs=1e-8)
    assert (found.fit.df, found.fit.cfi, found.fit.rmsea) == (8, 1.0, 0.0)
    assert found.fit.srmr == pytest.approx(0, abs=1e-6)


def test_composite_reliability_and_variance_extracted() -> None:
    found = fit(TWO)

    # (.9 + .8 + .7)² = 5.76; residuals .19 + .36 + .51 = 1.06; squares .81 + .64 + .49 = 1.94.
    assert found.cr["trust"] == pytest.approx(5.76 / (5.76 + 1.06), abs=1e-6)
    assert found.ave["trust"] == pytest.approx(1.94 / 3, abs=1e-6)


def test_items_that_covary_beside_the_factor() -> None:
    loadings = np.array([0.9, 0.8, 0.7, 0.6])
    covariances = np.outer(loadings, loadings)
    np.fill_diagonal(covariances, 1)
    covariances[2, 3] += 0.2
    covariances[3, 2] += 0.2
    model = "trust =~ t1 + t2 + t3 + t4"

    without, with_it = fit(model, covariances), fit(model + "\nt3 ~~ t4", covariances)

    assert without.fit.chi2 > 1
    assert with_it.fit.chi2 == pytest.approx(0, abs=1e-8)
    assert (without.fit.df, with_it.fit.df) == (2, 1)
    # What covaries beside the factor is no part of it: (Σλ)² = 9, residuals 1.7 + 2 · .2.
    assert with_it.cr["trust"] == pytest.approx(9 / (9 + 1.7 + 0.4), abs=1e-5)
    assert with_it.ave["trust"] == pytest.approx(2.3 / 4, abs=1e-5)


def test_equal_labels_are_one_parameter() -> None:
    found = fit("trust =~ t1 + a*t2 + a*t3\nhelp =~ h1 + h2 + h3")

    assert found.loadings["trust"]["t2"] == found.loadings["trust"]["t3"]
    assert found.fit.df == 9


def test_items_may_have_units_of_any_size() -> None:
    size = np.array([1e-3, 1e3, 1.0, 1e4, 1e-2, 10.0])

    found = fit(TWO, population() * np.outer(size, size))

    assert found.loadings_std["trust"] == pytest.approx(fit(TWO).loadings_std["trust"], abs=1e-6)
    assert found.loadings["trust"]["t2"] == pytest.approx(1e6 * 0.8 / 0.9)


def test_what_is_fixed_may_leave_no_room() -> None:
    with pytest.raises(ModelUnsettledError):
        fit(TWO + "\ntrust ~~ 1*trust\nhelp ~~ 1*help\ntrust ~~ 50*help")


def test_a_model_that_leaves_nothing_to_test_has_no_p() -> None:
    found = fit("trust =~ t1 + t2 + t3", population()[:3, :3])

    assert (found.fit.df, found.fit.p, found.fit.tli) == (0, None, 1.0)
    assert found.fit.rmsea_ci == (0.0, 0.0)


def test_a_factor_of_one_item_is_that_item() -> None:
    found = fit("trust =~ t1 + t2 + t3\none =~ h1", population()[:4, :4])

    assert found.loadings_std["one"] == {"h1": pytest.approx(1.0)}
    assert found.cr["one"] is None


def test_what_cannot_be_is_told() -> None:
    # t1 correlates with the others more than they allow: more than all of it is the factor's.
    covariances = np.array([[1, 0.8, 0.8], [0.8, 1, 0.4], [0.8, 0.4, 1.0]])

    found = fit("trust =~ t1 + t2 + t3", covariances)

    assert found.improper == ("t1 ~~ t1",)
    assert (found.cr["trust"], found.ave["trust"]) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "f =~ a + b + c",
        "f=~a+b+c # comment",
        "! comment\n\n  f =~ a\n     + b +\n  c\n",
        "f =~\n  a + b\nf =~ c",
        "\ufefff =~ a; f =~ b; f =~ c;",
        "f =~ 1*a + NA*b + 0.5 * c",
    ],
)
def test_a_statement_may_be_written_in_several_ways(text: str) -> None:
    assert paths(text) == [("f", "=~", "a"), ("f", "=~", "b"), ("f", "=~", "c")]


def test_chinese_names_are_names() -> None:
    assert paths("信任 =~ 题1 + 题2") == [("信任", "=~", "题1"), ("信任", "=~", "题2")]


def test_modifiers_are_read() -> None:
    half, free, named = parsed("f =~ .5*a + NA*b + same*c")

    assert (half.fixed, free.freed, named.label) == (0.5, True, "same")


@pytest.mark.parametrize(
    ("text", "refusal", "line"),
    [
        ("f =~ a + b\ng =~ c d", ModelUnreadableError, 2),
        ("f =~ a + b\n\nnothing", ModelUnreadableError, 3),
        ("f =~ a +", ModelUnreadableError, 1),
        ("f =~ start(1)*a", ModelUnreadableError, 1),
        ("f =~ a + b\ng ~ f", ModelUnsupportedError, 2),
        ("f =~ a + b\nx := 1", ModelUnsupportedError, 2),
        ("f =~ a + b\na ~~ b\nb ~~ a", ModelRepeatsError, 3),
        ("f =~ a + a", ModelRepeatsError, 1),
        ("f =~ a + b\nz ~~ a", VariableUnconnectedError, 2),
    ],
)
def test_a_mistake_is_named_with_its_line(
    text: str, refusal: type[ModelUnreadableError], line: int
) -> None:
    with pytest.raises(refusal) as raised:
        structure_of(text)

    assert raised.value.row == line


@pytest.mark.parametrize("text", ["", "# nothing", "a ~~ b"])
def test_a_model_without_a_factor_is_refused(text: str) -> None:
    with pytest.raises(ModelEmptyError):
        structure_of(text)


def test_a_factor_of_itself_is_refused() -> None:
    with pytest.raises(FactorCircularError):
        structure_of("f =~ g + a\ng =~ f + b")


@pytest.mark.parametrize(
    "model",
    [
        "trust =~ t1 + t2",
        "trust =~ NA*t1 + t2 + t3 + h1",
        "trust =~ t1 + t2\nhelp =~ t3 + h1\ntrust ~~ 0*help",
    ],
)
def test_a_model_that_no_data_could_determine_is_refused(model: str) -> None:
    size = len(structure_of(model).observed)

    with pytest.raises(ModelUnderidentifiedError):
        fit(model, population()[:size, :size])


def answers(values: Matrix) -> Answers:
    return Answers(("t1", "t2", "t3"), values)


def test_an_unknown_variable_is_named_with_its_line() -> None:
    with pytest.raises(ModelVariableUnknownError, match="Line 3 of the model: “t4”"):
        confirmatory(answers(np.eye(3)), structure_of("f =~ t1 +\n t2\nf =~ t4"))


def test_answers_that_cannot_carry_a_model_are_refused() -> None:
    model = structure_of("f =~ t1 + t2 + t3")
    draws = np.random.default_rng(1).normal(size=(20, 3))

    with pytest.raises(AnswersTooFewError):
        confirmatory(answers(draws[:3]), model)
    with pytest.raises(ItemConstantError, match="t2"):
        confirmatory(answers(draws * [1, 0, 1]), model)
    with pytest.raises(ItemsCollinearError, match="t1, t3"):
        confirmatory(answers(draws[:, [0, 1, 0]]), model)
