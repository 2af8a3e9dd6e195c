"""Which names are one, by which rule."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.reconcile.folding import acronyms, folded, looks_like_acronym, one_slip, unregistered
from actscope.reconcile.reconcile import ThresholdOutOfRangeError, reconcile


def reason(*names: str) -> str | None:
    """Why two names are merged; ``None`` when they are not."""
    found = reconcile(names)
    return found.merges[0].reason if found.merges else None


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("OXFAM", "Oxfam", "folded"),
        ("Médecins du Monde", "Medecins du Monde", "folded"),
        ("ＷＨＯ", "who", "folded"),
        ("Action\u00a0Against Hunger", "Action Against  Hunger", "folded"),
        ("St. John's", "St Johns", "folded"),
        ("Action Aid", "ActionAid", "blanks"),
        ("US Gvt", "US Government", "short_form"),
        ("World Health Organisation", "World Health Organization", "short_form"),
        ("Rio Tinto", "Rio Tinto Ltd.", "legal_form"),
        ("武汉红十字药业有限公司", "武汉红十字药业", "legal_form"),
        ("German Agro Action (aka Welthungerhilfe)", "Welthungerhilfe", "both_named"),
        ("Community Volonteers", "Community Volunteers", "spelling"),
        ("WFP", "World Food Programme", "acronym"),
        ("FAO", "Food and Agriculture Organization", "acronym"),
        ("CAFOD", "Catholic Agency For Overseas Development", "acronym"),
    ],
)
def test_two_spellings_are_one(one: str, two: str, why: str) -> None:
    assert reason(one, two) == why


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Danish Refugee Council", "Finnish Refugee Council"),
        ("Bassa Women Development Association", "Margibi Women Development Association"),
        ("武汉市第一医院", "武汉市第二医院"),
        ("Clinic 12345", "Clinic 12346"),
        ("Slovenia Red Cross", "Slovakia Red Cross"),
        ("Living Water", "Living Water International"),
        ("UK", "United Kingdom"),
        ("!!!", "???"),
        ("NA", "N/B"),
    ],
)
def test_two_organisations_stay_two(one: str, two: str) -> None:
    assert reason(one, two) is None


def test_initials_of_several_are_left_to_a_person() -> None:
    found = reconcile(["MDM", "Médecins du Monde", "Medicos del Mundo"])

    assert found.merges == ()
    assert {(link.one, link.two) for link in found.undecided if link.reason == "ambiguous"} == {
        ("MDM", "Médecins du Monde"),
        ("MDM", "Medicos del Mundo"),
    }


def test_the_most_frequent_spelling_names_the_organisation() -> None:
    found = reconcile(["WHO"] * 2 + ["World Health Organization"] * 3 + ["Who", None])

    assert {row.name: row.canonical for row in found.names} == {
        "WHO": "World Health Organization",
        "Who": "World Health Organization",
        "World Health Organization": "World Health Organization",
    }
    assert [row.reason for row in found.names] == ["acronym", "acronym", None]
    assert (found.n, found.missing, found.spellings, found.organisations) == (6, 1, 3, 1)


def test_what_a_person_decided_is_binding() -> None:
    names = ["MSF", "Medecins sans Frontieres", "MSF-B", "Oxfam", "OXFAM"]
    decided = {
        "MSF": "MSF",
        "MSF-B": "MSF",
        "Oxfam": "Oxfam GB",
        "OXFAM": "Oxfam International",
    }

    found = reconcile(names, decided=decided)

    assert {row.name: row.canonical for row in found.names} == {
        "MSF": "MSF",
        "MSF-B": "MSF",
        "Medecins sans Frontieres": "MSF",
        "Oxfam": "Oxfam GB",
        "OXFAM": "Oxfam International",
    }
    assert [(link.one, link.two) for link in found.undecided if link.reason == "kept_apart"] == [
        ("OXFAM", "Oxfam")
    ]


def test_names_told_apart_are_not_joined_by_a_third() -> None:
    decided = {"Action Aid": "one", "Action-Aid": "two"}

    found = reconcile(["Action Aid", "ActionAid", "Action-Aid"], decided=decided)

    canonical = {row.name: row.canonical for row in found.names}
    assert canonical["Action Aid"] == "one"
    assert canonical["Action-Aid"] == "two"


def test_it_says_in_how_many_snapshots_both_stand() -> None:
    names = ["WHO", "World Health Organization", "WHO", "Oxfam"]

    found = reconcile(names, snapshots=["1", "1", "2", "2"])

    assert found.merges[0].together == 1
    assert {row.name: row.snapshots for row in found.names}["WHO"] == 2


NAMES = st.lists(
    st.sampled_from(
        [
            "WHO",
            "who",
            "World Health Organization",
            "World Health Organisation",
            "MDM",
            "Oxfam",
            "Medecins du Monde",
            "Medicos del Mundo",
            "Save",
            "Save the Children",
            "SC",
            "Oxfam Ltd",
        ]
    ),
    max_size=20,
)


@given(names=NAMES, seed=st.integers(0, 99))
def test_the_order_of_the_rows_changes_nothing(names: list[str], seed: int) -> None:
    turned = random.Random(seed).sample(names, len(names))

    assert reconcile(names) == reconcile(turned)


@given(names=NAMES)
def test_a_table_that_is_applied_unchanged_changes_nothing(names: list[str]) -> None:
    before = reconcile(names)

    after = reconcile(names, decided={row.name: row.canonical for row in before.names})

    called = [(row.name, row.canonical) for row in before.names]
    assert [(row.name, row.canonical) for row in after.names] == called


def test_folding_by_hand() -> None:
    assert folded("  Çroix-Rouge  Guinée’s ") == "croix rouge guinees"
    assert unregistered("co ltd") == "co ltd"
    assert acronyms("Food and Agriculture Organization") == {"faao", "fao"}
    assert looks_like_acronym("B-N ITM")
    assert not looks_like_acronym("SAVE THE CHILDREN")
    assert one_slip("volonteers", "volunteers")
    assert one_slip("grandma", "gradnma")
    assert not one_slip("mali", "male")


def test_it_refuses_a_similarity_that_none_can_have() -> None:
    with pytest.raises(ThresholdOutOfRangeError):
        reconcile(["a"], threshold=1.5)
