"""The body as fields of a form: rows come and go, marks follow their values."""

from django.http import QueryDict

from tongzhou.library.forms import body as body_form
from tongzhou.library.kinds.guidance import GuidanceBody
from tongzhou.library.kinds.risk_area import RiskAreaBody


def posted(**fields: str | list[str]) -> QueryDict:
    """What a browser sends; ``a__0__b`` stands for the field ``body/a/0/b``."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        key = name if name in (body_form.ADD, body_form.DROP) else "body/" + name.replace("__", "/")
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


ITEMS = {
    "issuer__zh": "委", "issuer__en": "Commission", "items__0__key": "a", "items__1__key": "b",
    "items__0__legal_basis__zh": "", "items__0__legal_basis__en": " ",
    "items__1__legal_basis__zh": "法", "items__1__legal_basis__en": "Law",
}  # fmt: skip


def test_a_row_taken_out_takes_its_marks_along() -> None:
    plain, marks = body_form.given(
        GuidanceBody, posted(**ITEMS, drop=["items/0"]), {"items.0": "k", "items.1.key": "m"}
    )

    assert [item["key"] for item in plain["items"]] == ["b"]
    assert marks == {"items.0.key": "m"}


def test_what_may_be_left_out_and_is_empty_is_left_out() -> None:
    plain, _marks = body_form.given(GuidanceBody, posted(**ITEMS), {})

    assert "legal_basis" not in plain["items"][0]
    assert plain["items"][1]["legal_basis"] == {"zh": "法", "en": "Law"}
    assert "number" not in plain


def test_a_button_adds_an_empty_row_at_the_end() -> None:
    data = posted(**ITEMS, add="items")

    plain, _marks = body_form.given(GuidanceBody, data, {})

    assert body_form.adds(data)
    assert [item.get("key") for item in plain["items"]] == ["a", "b", None]


def test_fields_that_the_kind_does_not_have_are_not_read() -> None:
    plain, _marks = body_form.given(
        RiskAreaBody, posted(unit__zh="县", unit__fr="x", evil="1", rules__x__level="high"), {}
    )

    assert plain == {"unit": {"zh": "县"}, "rules": []}
