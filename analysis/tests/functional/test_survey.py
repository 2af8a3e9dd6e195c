"""The command for surveys, as a user meets it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.cli.commands.survey import ACTIONS
from actscope.cli.main import main

from .conftest import Ask

KEYED = ("A=-A1,A2-A5", "C=C1-C3,-C4,-C5", "E=-E1,-E2,E3-E5", "N=N1-N5", "O=O1,-O2,O3-O4,-O5")


@pytest.fixture(scope="module")
def bfi(data_dir: Path) -> Path:
    path = data_dir / "surveys" / "bfi" / "bfi.csv"
    if not path.is_file():
        pytest.skip("no bfi among the public data")
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty people of four streets, six items for two factors, a few answers missing."""
    draw = np.random.default_rng(7)
    factors = draw.standard_normal((40, 2))
    raw = np.repeat(factors, 3, axis=1) + 0.8 * draw.standard_normal((40, 6))
    answers = np.clip(np.round(3 + raw), 1, 5).astype(int).astype(str)
    answers[3, 1], answers[8, 4] = "NA", ""
    path = tmp_path_factory.mktemp("survey") / "small.csv"
    head = "person,q1,q2,q3,q4,q5,q6,street,age"
    rows = [
        f"p{i},{','.join(row)},{'NESW'[i % 4]},{20 + (i * 7) % 50}" for i, row in enumerate(answers)
    ]
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "two.lav"
    path.write_text("# two\ntrust =~ q1 + q2 +\n  q3\nhelp =~ q4 + q5 + q6\n", encoding="utf-8")
    return path


def test_reliability_of_five_scales(ask: Ask, bfi: Path) -> None:
    scales = [word for scale in KEYED for word in ("--scale", scale)]

    found = ask("survey", "reliability", bfi, *scales, "--min", "1", "--max", "6")

    alphas = {name: round(scale["alpha"], 4) for name, scale in found.items()}
    assert alphas == {"A": 0.7030, "C": 0.7267, "E": 0.7617, "N": 0.8140, "O": 0.6002}
    assert found["A"]["use"] == "pairwise"
    assert (found["A"]["n"], found["A"]["missing"]) == (2800, 91)
    assert found["A"]["reversed"] == ["A1"]


def test_listwise_and_group_factors_on_request(ask: Ask, bfi: Path) -> None:
    found = ask(
        *("survey", "reliability", bfi, "--scale", "all=A2-A5,C1-C3,E3-E5"),
        *("--missing", "listwise", "--factors", "3"),
    )["all"]

    assert found["use"] == "listwise"
    assert 0 < found["hierarchy"]["omega_hierarchical"] < found["hierarchy"]["omega_total"] < 1


def test_factors_of_twenty_five_items(ask: Ask, bfi: Path) -> None:
    found = ask("survey", "factors", bfi, "--items", "A1-O5")

    assert (found["n"], found["factors"]) == (2436, 5)
    assert round(found["kmo"], 4) == 0.8486
    assert round(found["bartlett"]["chi2"], 2) == 18146.07
    assert [round(value, 3) for value in found["eigenvalues"][:3]] == [5.134, 2.752, 2.143]
    assert [round(v, 3) for v in found["ss_loadings"]] == [2.710, 2.473, 2.041, 1.844, 1.522]
    assert len(found["loadings"]["A1"]) == 5


def test_oblique_factors_by_maximum_likelihood(ask: Ask, small: Path) -> None:
    found = ask(
        *("survey", "factors", small, "--items", "q1,q2,q3,q4-q6", "--factors", "2"),
        *("--rotation", "oblimin", "--method", "ml"),
    )

    assert (found["n"], found["missing"]) == (38, 2)
    assert np.abs(np.array(list(found["loadings"].values()))).max(axis=1).min() > 0.5
    assert found["factor_correlations"][0][1] == pytest.approx(found["factor_correlations"][1][0])


def test_a_model_from_a_file(ask: Ask, small: Path, model: Path) -> None:
    found = ask("survey", "cfa", small, "--model", model)

    assert (found["n"], found["missing"], found["df"]) == (38, 2, 8)
    assert found["loadings"]["trust"]["q1"] == 1
    assert set(found["cr"]) == set(found["ave"]) == {"trust", "help"}
    assert found["rmsea_ci"][0] <= found["rmsea"] <= found["rmsea_ci"][1]


def test_agreement_within_streets(ask: Ask, small: Path) -> None:
    found = ask(
        *("survey", "agreement", small, "--items", "q1-q3", "--group", "street"),
        *("--min", "1", "--max", "5"),
    )

    assert [group["group"] for group in found["groups"]] == ["E", "N", "S", "W"]
    assert (found["n"], found["missing"], found["options"]) == (39, 1, 5)


def test_streets_compared(ask: Ask, small: Path) -> None:
    found = ask(
        *("survey", "compare", small, "--outcome", "q5", "--group", "street"),
        *("--correction", "bh"),
    )

    assert (found["n"], found["missing"], found["pairs_tested"]) == (39, 1, 6)
    assert found["anova"]["df"] == 3


def test_groups_stored_as_numbers(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"y": [1.0, 2, 4, 5, 6, 9], "g": [1, 1, 1, 2, 2, None]}), path)

    found = ask("survey", "compare", path, "--outcome", "y", "--group", "g")

    assert [group["group"] for group in found["groups"]] == ["1", "2"]
    assert found["missing"] == 1


def test_a_regression(ask: Ask, small: Path) -> None:
    found = ask(
        *("survey", "regress", small, "--outcome", "q5", "--predictors", "q4,q6-age"),
        *("--categories", "street"),
    )

    terms = [coefficient["term"] for coefficient in found["coefficients"]]
    assert terms == ["(intercept)", "q4", "q6", "street[N]", "street[S]", "street[W]", "age"]
    assert (found["n"], found["missing"], found["errors"]) == (39, 1, "hc3")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("reliability FILE --scale x=q1-q3", "x: alpha 0."),
        ("factors FILE --items q1-q6", "KMO 0."),
        ("cfa FILE --model MODEL", "χ² "),
        ("agreement FILE --items q1 --group street --min 1 --max 5", " of 4 groups agree"),
        ("compare FILE --outcome q1 --group street", "6 pairs tested, corrected by holm"),
        ("regress FILE --outcome q1 --predictors q2", "errors hc3, df 37; R² "),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_tables(
    capsys: pytest.CaptureFixture[str],
    small: Path,
    model: Path,
    arguments: str,
    expected: str,
    language: str,
) -> None:
    words = arguments.replace("FILE", str(small)).replace("MODEL", str(model)).split()

    assert main(["survey", *words, "--language", language]) == 0
    assert expected in capsys.readouterr().out


def test_json_may_be_asked_for_before_the_action(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["survey", "--json", "compare", str(small), *["--outcome", "q1", "--group", "street"]])
        == 0
    )
    assert capsys.readouterr().out.startswith("{")


BAD_TABLES = {
    "empty": "",
    "headless": "q1,q2,q3,g\n",
    "one": "q1,q2,q3,g\n1,2,3,a\n",
    "constant": "q1,q2,q3,g\n" + "".join(f"{i % 5},3,{i % 3},a\n" for i in range(9)),
    "text": "q1,q2,q3,g\n1,2,3,a\n2,often,1,b\n",
    "missing": "q1,q2,q3,g\n" + "".join(f"{i % 5},NA,{i % 3},a\n" for i in range(9)),
    "twice": "q1,q2,q3,g\n" + "".join(f"{i % 5},{i % 5},{i % 3},{i % 2}\n" for i in range(9)),
    "good": "q1,q2,q3,g\n"
    + "".join(f"{i % 5},{i * i % 7},{i % 3},{'ab'[i % 2]}\n" for i in range(20)),
}


@pytest.mark.parametrize(
    ("table", "arguments", "expected"),
    [
        ("empty", "reliability FILE --scale x=q1,q2", "file_empty"),
        ("nowhere", "reliability FILE --scale x=q1,q2", "file_missing"),
        ("headless", "reliability FILE --scale x=q1,q2", "file_without_rows"),
        ("one", "reliability FILE --scale x=q1,q2", "item_constant"),
        ("good", "reliability FILE --scale x=q1", "items_too_few"),
        ("good", "reliability FILE --scale x=q1,q9", "column_missing"),
        ("good", "reliability FILE --scale q1,q2", "scale_unreadable"),
        ("good", "reliability FILE --scale x=q1,q2 --min 1", "answer_out_of_range"),
        ("good", "reliability FILE --scale x=q1,q2 --min 5 --max 1", "range_empty"),
        ("good", "reliability FILE --scale x=q1,q2,q3 --factors 3", "factors_too_many"),
        ("constant", "reliability FILE --scale x=q1,q2", "item_constant"),
        ("text", "reliability FILE --scale x=q1,q2", "figure_unreadable"),
        ("missing", "reliability FILE --scale x=q1,q2", "item_empty"),
        ("empty", "factors FILE --items q1-q3", "file_empty"),
        ("good", "factors FILE --items q1", "items_too_few"),
        ("good", "factors FILE --items q1-q9", "column_missing"),
        ("good", "factors FILE --items q1-q3 --factors 2", "factors_too_many"),
        ("constant", "factors FILE --items q1-q3", "item_constant"),
        ("missing", "factors FILE --items q1-q3", "item_empty"),
        ("twice", "factors FILE --items q1-q3", "items_collinear"),
        ("one", "factors FILE --items q1-q3", "item_constant"),
        ("good", "compare FILE --outcome q1 --group q9", "column_missing"),
        ("good", "compare FILE --outcome g --group g", "figure_unreadable"),
        ("constant", "compare FILE --outcome q1 --group g", "groups_too_few"),
        ("twice", "compare FILE --outcome q2 --group q1", "groups_constant"),
        ("good", "agreement FILE --items q1 --group g --min 1 --max 5", "answer_out_of_range"),
        ("missing", "agreement FILE --items q2 --group g --min 1 --max 5", "groups_empty"),
        ("constant", "regress FILE --outcome q1 --predictors q2", "predictor_constant"),
        ("twice", "regress FILE --outcome q3 --predictors q1,q2", "predictor_collinear"),
        ("good", "regress FILE --outcome q3 --predictors q1-q3", "predictor_repeated"),
        ("good", "regress FILE --outcome q3 --predictors q1 --categories g", "category_unknown"),
        ("one", "regress FILE --outcome q3 --predictors q1", "predictor_constant"),
        ("good", "cfa FILE --model NOWHERE", "model_file_unreadable"),
    ],
)
def test_bad_input_is_named(
    tmp_path: Path, refused: Ask, table: str, arguments: str, expected: str
) -> None:
    path = tmp_path / "answers.csv"
    if table in BAD_TABLES:
        path.write_text(BAD_TABLES[table], encoding="utf-8")

    line = refused("survey", *arguments.replace("FILE", str(path)).split())

    assert line.startswith(f"{expected}: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "model_empty: "),
        ("f =~ q1 + q2 + q3\nf ~ q1", "model_unsupported: Line 2 "),
        ("# f\nf =~ q1 + + q2", "model_unreadable: Line 2 "),
        ("f =~ q1 + q2\nf =~ q9", "model_variable_unknown: Line 2 "),
        ("f =~ q1 + q2", "model_not_identified: "),
        ("f =~ q1 + g + q2", "figure_unreadable: Row 1"),
    ],
)
def test_a_bad_model_is_named(tmp_path: Path, refused: Ask, text: str, expected: str) -> None:
    answers, model = tmp_path / "answers.csv", tmp_path / "model.txt"
    answers.write_text(BAD_TABLES["good"], encoding="utf-8")
    model.write_text(text, encoding="utf-8")

    assert refused("survey", "cfa", answers, "--model", model).startswith(expected)


def test_every_action_says_what_it_does() -> None:
    assert all((action.__doc__ or "").strip() for action in ACTIONS.values())


def test_loadings_of_both_signs_are_pointed_out(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model.txt"
    model.write_text("agree =~ A1 + A2 + A3 + A4 + A5\n", encoding="utf-8")

    assert (
        main(["survey", "cfa", str(data_dir / "surveys/bfi/bfi.csv"), "--model", str(model)]) == 0
    )

    assert "agree: loadings of both signs cancel in CR" in capsys.readouterr().out
